import CambiumCore
import Testing

@testable import Cambium

@Suite struct OrthogonalObjectiveTests {
  private static let rows = 60

  private struct Problem {
    let design = DesignMatrix(features: Samples.matrix(rows, 5))
    let residual: Matrix
    let weights: [Double]?
    var pool: CandidatePool

    init(_ activations: [Activation] = Activation.allCases, outputs: Int, weighted: Bool) {
      residual = Samples.matrix(rows, outputs, "residual")
      weights = weighted ? Samples.weights(rows) : nil
      // The pool reads four of six columns, as in a flat network.
      pool = CandidatePool(
        activations: activations, restarts: 1, sourceCount: 4, design: design, random: RandomStream(seed: 3))
      pool.prune(pool.prunableRanges(of: 0)[0].lowerBound + 1)
    }

    func objective(_ precision: TrainingPrecision = .float64, threads: Int = 1) -> TrainingObjective {
      TrainingObjective(
        .orthogonalErrorReduction, in: precision, design: design, sourceCount: 4, residual: residual,
        weights: weights, workers: WorkerPool(threads: threads))
    }

    /// The share of what a refit of Φ leaves of the residual that a refit of [Φ, g] takes away.
    func naiveObjective(_ pool: CandidatePool, _ candidate: Int) -> Double {
      let columns = design.plainColumns
      let connections = pool.connections(of: candidate)
      let g = (0..<rows).map { i in
        connections.naiveResponse(pool.activation(of: candidate), columns.map { $0[i] })
      }
      let v = weights ?? [Double](repeating: 1, count: rows)
      func product(_ x: [Double], _ y: [Double]) -> Double {
        (0..<rows).reduce(0) { $0 + v[$1] * x[$1] * y[$1] }
      }
      // Gram and Schmidt, twice for the digits.
      var basis: [[Double]] = []
      func orthogonal(_ x: [Double]) -> [Double] {
        var x = x
        for _ in 0..<2 {
          for b in basis {
            let share = product(b, x)
            for i in 0..<rows { x[i] -= share * b[i] }
          }
        }
        return x
      }
      for column in columns {
        let left = orthogonal(column)
        let norm = product(left, left).squareRoot()
        basis.append(left.map { $0 / norm })
      }
      let response = orthogonal(g)
      let residuals = (0..<residual.columns).map { orthogonal(residual.column($0)) }
      let energy = residuals.reduce(0) { $0 + product($1, $1) }
      let pulled = residuals.reduce(0) { $0 + product($1, response) * product($1, response) }
      return pulled / (product(response, response) * energy)
    }
  }

  @Test(arguments: [1, 3], [false, true])
  func objectiveIsTheShareThatARefitTakesAway(outputs: Int, weighted: Bool) {
    let problem = Problem(outputs: outputs, weighted: weighted)
    let objectives = problem.objective().objectives(problem.pool)
    let single = problem.objective(.float32).objectives(problem.pool)
    for candidate in objectives.indices {
      let wanted = problem.naiveObjective(problem.pool, candidate)
      #expect(isClose(objectives[candidate], wanted, 1e-7), "\(problem.pool.activation(of: candidate))")
      #expect(isClose(single[candidate], wanted, 1e-3))
    }
  }

  @Test(arguments: Activation.allCases, [1, 3])
  func gradientIsTheFiniteDifference(activation: Activation, outputs: Int) {
    for weighted in [false, true] {
      let problem = Problem([activation], outputs: outputs, weighted: weighted)
      let objective = problem.objective()
      _ = objective.evaluate(problem.pool)
      let gradient = objective.evaluate(problem.pool).gradient
      for k in problem.pool.parameters.indices {
        guard problem.pool.mask[k] != 0 else {
          #expect(gradient[k] == 0)
          continue
        }
        var (above, below) = (problem.pool, problem.pool)
        above.parameters[k] += 1e-6
        below.parameters[k] -= 1e-6
        let rise = objective.objectives(above).reduce(0, +)
        let fall = objective.objectives(below).reduce(0, +)
        #expect(isClose(gradient[k], (rise - fall) / 2e-6, 1e-6), "parameter \(k)")
      }
    }
  }

  @Test(arguments: TrainingPrecision.allCases)
  func trainingNeverWorsensItAndThreadsChangeNoBit(precision: TrainingPrecision) {
    let problem = Problem(outputs: 2, weighted: true)
    var pruning = PruningSpec()
    pruning.schedule = []
    let trained = [1, 3].map { threads in
      CandidateTraining(spec: CandidateTrainingSpec(), pruning: pruning)
        .train(problem.pool, on: problem.objective(precision, threads: threads))
    }
    #expect(trained[0].parameters == trained[1].parameters)
    let before = problem.objective().objectives(problem.pool)
    let after = problem.objective().objectives(trained[0])
    for candidate in before.indices { #expect(after[candidate] >= before[candidate] - 1e-4) }
    #expect(after.reduce(0, +) > before.reduce(0, +))
  }

  @Test func whatIsAColumnOfPhiTakesNothingAway() {
    var problem = Problem([.relu], outputs: 1, weighted: false)
    // max(0, φ + 100) is a column of Φ and a constant.
    for k in problem.pool.parameters.indices { problem.pool.parameters[k] = [100, 0, 1, 0][k % 4] }
    #expect(problem.objective().evaluate(problem.pool).objectives == [0])
    #expect(problem.objective().evaluate(problem.pool).gradient.allSatisfy { $0 == 0 })
  }
}
