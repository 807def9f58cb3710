import CambiumCore
import Foundation
import Testing

@testable import Cambium

@Suite struct CandidateObjectiveTests {
  private static let samples = TrainingSamples(rows: 120)

  // MARK: Joint backpropagation

  /// Output weights go three tenths of the way to the best ones each pass, w = (1 − 0.7ᵏ) w*, and the error falls by
  /// (1 − 0.7²ᵏ) of what it falls by with the best ones; in the end it is error reduction, gradient and all.
  @Test func outputWeightsFollowTheBestOnes() {
    let pool = Self.samples.pool()
    let (best, gradient) = Self.samples.objective(in: .float64).evaluate(pool)
    let joint = Self.samples.objective(.jointBackpropagation, in: .float64)
    // The first sweep finds the output weights, and every one moves them.
    for pass in 2...60 {
      let (found, towards) = joint.evaluate(pool)
      for candidate in best.indices {
        #expect(isClose(found[candidate], (1 - pow(0.7, 2 * Double(pass))) * best[candidate], 1e-9))
      }
      if pass == 60 { #expect(isClose(towards, gradient, 1e-6 * (gradient.map(abs).max() ?? 1))) }
    }
  }

  /// With output weights w held, J's gradient is that of Σ_o w_o (2 s_o − w_o V) / E, on the way and not only at the best.
  @Test func theGradientIsThatOfTheErrorWithTheOutputWeightsAsTheyStand() {
    let (pool, samples) = (Self.samples.pool(), Self.samples)
    let residual = Samples.matrix(samples.rows, 1, "residual")
    let columns = samples.design.plainColumns
    let mean = residual.values.reduce(0, +) / Double(samples.rows)
    let target = residual.values.map { $0 - mean }
    let energy = target.reduce(0) { $0 + $1 * $1 }
    func moments(_ pool: CandidatePool, _ candidate: Int) -> (covariance: Double, variance: Double) {
      let g = (0..<samples.rows).map { i in
        pool.connections(of: candidate).naiveResponse(pool.activation(of: candidate), columns.map { $0[i] })
      }
      let centre = g.reduce(0, +) / Double(g.count)
      return (
        zip(g, target).reduce(0) { $0 + ($1.0 - centre) * $1.1 },
        g.reduce(0) { $0 + ($1 - centre) * ($1 - centre) }
      )
    }
    let joint = TrainingObjective(
      .jointBackpropagation, in: .float64, design: samples.design, sourceCount: 5, residual: residual,
      weights: nil, workers: Samples.workers)
    let gradient = joint.evaluate(pool).gradient
    for candidate in 0..<pool.count {
      let start = moments(pool, candidate)
      // The deltas are those of the sweep before, the first.
      let weight = 0.3 * start.covariance / start.variance
      for k in pool.parameterRanges(of: candidate).flatMap({ Array($0) }) where pool.mask[k] != 0 {
        func error(_ step: Double) -> Double {
          var moved = pool
          moved.parameters[k] += step
          let (covariance, variance) = moments(moved, candidate)
          return weight * (2 * covariance - weight * variance) / energy
        }
        let wanted = (error(1e-6) - error(-1e-6)) / 2e-6
        #expect(isClose(gradient[k], wanted, 1e-6 * max(1, abs(wanted))), "\(pool.activation(of: candidate))")
      }
    }
  }

  @Test(arguments: TrainingPrecision.allCases)
  func jointTrainingRaisesErrorReductionAndThreadsChangeNoBit(precision: TrainingPrecision) {
    let samples = TrainingSamples(rows: 600)
    var pruning = PruningSpec()
    pruning.schedule = []
    func trained(_ threads: Int) -> CandidatePool {
      var spec = CandidateTrainingSpec()
      (spec.objective, spec.leaving.schedule) = (.jointBackpropagation, [])
      return CandidateTraining(spec: spec, pruning: pruning, random: RandomStream(seed: 1))
        .train(
          samples.pool(), on: samples.objective(.jointBackpropagation, in: precision, threads: threads))
    }
    #expect(trained(1).parameters == trained(3).parameters)
    let reduction = samples.objective(in: precision)
    let before = reduction.objectives(samples.pool())
    let after = reduction.objectives(trained(1))
    #expect(before.indices.count { after[$0] > 1.5 * before[$0] } > before.count * 2 / 3)
  }

  // MARK: Log-loss reduction

  /// Two classes: what a Newton step on a bias and the candidate's output weight takes off the log-loss, more than one on the
  /// bias alone, is J times the same for all candidates.
  @Test(arguments: [false, true]) func itIsTheGainOfANewtonStep(weighted: Bool) {
    let (pool, samples) = (Self.samples.pool(), Self.samples)
    let weights = weighted ? Samples.weights(samples.rows) : nil
    let chances = Samples.numbers(samples.rows, "chances").map { 0.1 + 0.8 / (1 + exp(-$0)) }
    var residual = Matrix(rows: samples.rows, columns: 1)
    for (i, chance) in chances.enumerated() { residual[i, 0] = (i % 3 == 0 ? 1 : 0) - chance }
    let aim = CandidateObjective.logLossReduction.aim(
      residual: residual, weights: weights, task: .classification(classes: 2))
    let found = TrainingObjective(
      .logLossReduction, in: .float64, design: samples.design, sourceCount: 5, residual: aim.residual,
      weights: aim.weights, workers: Samples.workers
    ).objectives(pool)
    let columns = samples.design.plainColumns
    let gains = (0..<pool.count).map { candidate in
      var (slope, slopeG, h, hg, hgg) = (0.0, 0.0, 0.0, 0.0, 0.0)
      for (i, chance) in chances.enumerated() {
        let g = pool.connections(of: candidate)
          .naiveResponse(pool.activation(of: candidate), columns.map { $0[i] })
        let v = weights?[i] ?? 1
        let curvature = v * chance * (1 - chance)
        (slope, slopeG) = (slope + v * residual[i, 0], slopeG + v * residual[i, 0] * g)
        (h, hg, hgg) = (h + curvature, hg + curvature * g, hgg + curvature * g * g)
      }
      let determinant = h * hgg - hg * hg
      let both = (hgg * slope * slope - 2 * hg * slope * slopeG + h * slopeG * slopeG) / determinant
      return (both - slope * slope / h) / 2
    }
    for candidate in found.indices {
      #expect(isClose(found[candidate] / found[0], gains[candidate] / gains[0], 1e-7))
    }
  }

  @Test func settledSamplesKeepALeastCurvatureAndNumbersTheirResidual() {
    var residual = Matrix(rows: 3, columns: 2)
    residual.values = [0, 1, -0.5, 0, 1, 0.5]
    let classes = CandidateObjective.logLossReduction.aim(
      residual: residual, weights: [1, 2, 3], task: .classification(classes: 2))
    #expect(isClose(classes.weights ?? [], [0.05, 0.1, 1.5], 1e-12))
    #expect(isClose(classes.residual.values, [0, 20, -1, 0, 20, 1], 1e-12))
    for (kind, task) in [
      (CandidateObjective.logLossReduction, CambiumCore.Task.regression),
      (.errorReduction, .classification(classes: 2)),
    ] {
      let same = kind.aim(residual: residual, weights: [1, 2, 3], task: task)
      #expect(same.residual.values == residual.values && same.weights == [1, 2, 3])
    }
  }

  // MARK: Growth

  /// Whatever candidates climb and wherever they start, classes and numbers are learned, another network than by the defaults, and
  /// the same on any number of threads.
  @Test(arguments: CandidateObjective.allCases, CandidateStart.allCases)
  func networksGrowByEachAndThreadsChangeNoBit(objective: CandidateObjective, start: CandidateStart) throws {
    for data in [Samples.regression(200, outputs: 2), Samples.classes(200, 3)] {
      var spec = Samples.quickSpec(units: 6, holdOut: false)
      spec.restarts = 2
      let byDefault = try Grower.network(spec, data).network.bytes
      spec.training.objective = objective
      spec.start = start
      let (network, fit) = try Grower.network(spec, data)
      #expect(try network.bytes == Grower.network(spec, data, threads: 3).network.bytes)
      // Numbers know no log-loss.
      let isByDefault =
        start == .sobol
        && (objective == .errorReduction || objective == .logLossReduction && data.task == .regression)
      #expect(try (network.bytes == byDefault) == isByDefault)
      let rounds = fit.report.rounds
      #expect(try #require(rounds.last).trainError < #require(rounds.first).trainError)
    }
  }
}
