import CambiumCore
import Foundation
import Testing

@testable import Cambium

@Suite struct TrainingOptimizerTests {
  private static let rows = 600
  private static let design = DesignMatrix(features: Samples.matrix(rows, 4))

  private static func pool(
    _ activations: [Activation] = Activation.allCases, restarts: Int = 2
  ) -> CandidatePool {
    CandidatePool(
      activations: activations, restarts: restarts, sourceCount: 5, design: design,
      random: RandomStream(seed: 5))
  }

  private static func objective(
    _ precision: TrainingPrecision = .float64, outputs: Int = 2, weighted: Bool = true, threads: Int = 1
  ) -> TrainingObjective {
    TrainingObjective(
      in: precision, design: design, sourceCount: 5, residual: Samples.matrix(rows, outputs, "residual"),
      weights: weighted ? Samples.weights(rows) : nil, workers: WorkerPool(threads: threads))
  }

  private static func training(
    _ optimizer: TrainingOptimizer, epochs: Int = 20, cuts: [Double] = [], leaving: [Double] = []
  ) -> CandidateTraining {
    var spec = CandidateTrainingSpec()
    spec.optimizer = optimizer
    spec.epochs = epochs
    spec.leaving.schedule = leaving
    spec.leaving.least = 6
    var pruning = PruningSpec()
    pruning.schedule = cuts
    return CandidateTraining(spec: spec, pruning: pruning)
  }

  @Test(arguments: TrainingOptimizer.allCases, [1, 3])
  func noCandidateEndsWorseThanItStartedAndMostEndBetter(optimizer: TrainingOptimizer, outputs: Int) {
    for weighted in [false, true] {
      let objective = Self.objective(outputs: outputs, weighted: weighted)
      let before = objective.objectives(Self.pool())
      let after = objective.objectives(Self.training(optimizer).train(Self.pool(), on: objective))
      // Sums are taken of responses less their last known mean, so that the same J comes out with other last digits.
      for candidate in before.indices { #expect(after[candidate] >= before[candidate] * (1 - 1e-12)) }
      #expect(before.indices.count { after[$0] > 1.2 * before[$0] } > before.count / 2)
    }
  }

  @Test(arguments: [1, 50, 599, 600], [CandidateObjective.errorReduction, .covariance])
  func gradientDescentByBatchesOfAnySizeNeverEndsWorse(batch: Int, kind: CandidateObjective) {
    var spec = CandidateTrainingSpec()
    spec.optimizer = .gradientDescent
    spec.objective = kind
    (spec.epochs, spec.batch, spec.learningRate.initial) = (8, batch, batch < 50 ? 0.01 : 0.2)
    spec.leaving.schedule = []
    var pruning = PruningSpec()
    pruning.schedule = []
    let pool = Self.pool([.tanh, .gaussian, .radial])
    func objective() -> TrainingObjective {
      TrainingObjective(
        kind, in: .float64, design: Self.design, sourceCount: 5,
        residual: Samples.matrix(Self.rows, 2, "residual"), weights: Samples.weights(Self.rows),
        workers: Samples.workers)
    }
    let training = CandidateTraining(spec: spec, pruning: pruning)
    let trained = training.train(pool, on: objective())
    let (before, after) = (objective().objectives(pool), objective().objectives(trained))
    for candidate in before.indices { #expect(after[candidate] >= before[candidate]) }
    #expect(after.reduce(0, +) > 1.05 * before.reduce(0, +))
    #expect(training.train(pool, on: objective()).parameters == trained.parameters)
  }

  @Test(arguments: TrainingOptimizer.allCases)
  func whatIsCutStaysCut(optimizer: TrainingOptimizer) {
    let trained = Self.training(optimizer, cuts: [0.3, 0.6]).train(Self.pool(), on: Self.objective())
    #expect((0..<trained.count).reduce(0) { $0 + trained.prunedCount(of: $1) } > 10)
    for k in trained.parameters.indices where trained.mask[k] == 0 { #expect(trained.parameters[k] == 0) }
    #expect(trained.parameters.areFinite)
  }

  @Test(arguments: TrainingOptimizer.allCases, TrainingPrecision.allCases)
  func threadsChangeNoBit(optimizer: TrainingOptimizer, precision: TrainingPrecision) {
    let results = [1, 3].map { threads in
      Self.training(optimizer, cuts: [0.5], leaving: [0.2]).train(
        Self.pool(), on: Self.objective(precision, threads: threads))
    }
    #expect(results[0].parameters == results[1].parameters && results[0].mask == results[1].mask)
  }

  /// A residual that a unit of two sources makes up, but for noise.
  private static func learnable() -> TrainingObjective {
    let (features, noise) = (Samples.matrix(rows, 4), Samples.matrix(rows, 1, "residual"))
    let values = (0..<rows).map { tanh(features[$0, 0] - 0.7 * features[$0, 1]) + 0.2 * noise[$0, 0] }
    return TrainingObjective(
      in: .float64, design: design, sourceCount: 5, residual: Matrix(rows: rows, columns: 1, values: values),
      weights: nil, workers: Samples.workers)
  }

  /// In float32, whose products are ours, no column depends on those beside it.
  @Test(arguments: TrainingOptimizer.allCases)
  func aCandidateTrainsAloneAsAmongOthers(optimizer: TrainingOptimizer) {
    let training = Self.training(optimizer, cuts: [0.5])
    let all = training.train(Self.pool(), on: Self.objective(.float32))
    for candidate in [0, 5, all.count - 1] {
      let alone = training.train(
        Self.pool().selecting([candidate], sources: Array(0..<5)), on: Self.objective(.float32))
      #expect(alone.connections(of: 0) == all.connections(of: candidate))
    }
  }

  @Test(arguments: TrainingOptimizer.allCases)
  func whoStaysTrainsAsIfNoneHadLeft(optimizer: TrainingOptimizer) {
    let all = Self.training(optimizer).train(Self.pool(), on: Self.objective(.float32))
    let halved = Self.training(optimizer, leaving: [0.3]).train(Self.pool(), on: Self.objective(.float32))
    let same = (0..<all.count).count { all.connections(of: $0) == halved.connections(of: $0) }
    #expect(same >= all.count / 2 && same < all.count)
  }

  @Test(arguments: [TrainingOptimizer.lbfgs, .levenbergMarquardt], [Activation.tanh, .radial])
  func longTrainingEndsWhereTheGradientIsNone(optimizer: TrainingOptimizer, activation: Activation) {
    let start = Self.pool([activation], restarts: 4)
    let trained = Self.training(optimizer, epochs: 300).train(start, on: Self.learnable())
    let before = Self.learnable().evaluate(start).gradient.map(abs).max() ?? 0
    let after = Self.learnable().evaluate(trained)
    // A radial unit may go on narrowing on a single sample: half of the candidates are to have arrived.
    let largest = (0..<4).map { candidate in
      trained.livingIndices(of: candidate).map { abs(after.gradient[$0]) }.max() ?? 0
    }
    #expect(largest.count { $0 < 1e-4 * before } >= 2, "\(largest)")
  }

  @Test(arguments: Activation.allCases, [1, 3])
  func theExpansionIsThatOfTheProjectedResidual(activation: Activation, outputs: Int) {
    for weighted in [false, true] {
      var pool = Self.pool([activation])
      pool.prune(pool.prunableRanges(of: 1)[0].lowerBound + 1)
      let objective = Self.objective(outputs: outputs, weighted: weighted)
      let living = (0..<pool.count).map(pool.livingIndices)
      let expansions = objective.expand(pool, living: living)
      let (objectives, gradient) = objective.evaluateExactly(pool)
      for candidate in 0..<pool.count {
        let expansion = expansions[candidate]
        #expect(isClose(expansion.objective, objectives[candidate], 1e-9))
        #expect(isClose(expansion.gradient, living[candidate].map { gradient[$0] }, 1e-8))
        let wanted = Self.naiveMatrix(pool, candidate, living[candidate], weighted, expansion.objective)
        let count = living[candidate].count
        let scale = wanted.map(abs).max() ?? 0
        for k in 0..<count {
          for j in 0...k {
            let place = j + k * count
            #expect(abs(expansion.matrix[place] - wanted[place]) <= 1e-6 * scale, "\(j), \(k)")
          }
        }
      }
    }
  }

  /// (J/V) D̂ᵀD̂: the derivatives by central differences of the naive response, made orthogonal to 1 and to ĝ.
  private static func naiveMatrix(
    _ pool: CandidatePool, _ candidate: Int, _ living: [Int], _ weighted: Bool, _ objective: Double
  ) -> [Double] {
    let columns = design.plainColumns
    let v = weighted ? Samples.weights(rows) : [Double](repeating: 1, count: rows)
    let total = v.reduce(0, +)
    func response(_ pool: CandidatePool) -> [Double] {
      let connections = pool.connections(of: candidate)
      return (0..<rows).map { i in
        connections.naiveResponse(pool.activation(of: candidate), columns.map { $0[i] })
      }
    }
    func product(_ x: [Double], _ y: [Double]) -> Double {
      (0..<rows).reduce(0) { $0 + v[$1] * x[$1] * y[$1] }
    }
    func centred(_ x: [Double]) -> [Double] {
      let mean = product(x, [Double](repeating: 1, count: rows)) / total
      return x.map { $0 - mean }
    }
    let g = centred(response(pool))
    let derivatives = living.map { index in
      var (above, below) = (pool, pool)
      above.parameters[index] += 1e-5
      below.parameters[index] -= 1e-5
      let d = centred(zip(response(above), response(below)).map { ($0 - $1) / 2e-5 })
      let share = product(d, g) / product(g, g)
      return zip(d, g).map { $0 - share * $1 }
    }
    // The weights are taken as of mean 1.
    let factor = objective / product(g, g)
    return derivatives.flatMap { k in derivatives.map { j in factor * product(j, k) } }
  }
}
