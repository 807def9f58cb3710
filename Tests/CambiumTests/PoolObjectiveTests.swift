import CambiumCore
import Foundation
import Testing

@testable import Cambium

@Suite struct PoolObjectiveTests {
  private static let rows = 60

  private struct Problem {
    var design: DesignMatrix
    var residual: Matrix
    var weights: [Double]?
    var pool: CandidatePool
    var objective = CandidateObjective.errorReduction

    func evaluate(_ pool: CandidatePool? = nil) -> (objectives: [Double], gradient: [Double]) {
      evaluate(pool, in: Double.self)
    }

    func evaluate<Scalar: PoolScalar>(_ pool: CandidatePool?, in _: Scalar.Type) -> (
      objectives: [Double], gradient: [Double]
    ) {
      objective(Scalar.self).evaluate(pool ?? self.pool)
    }

    func objective<Scalar: PoolScalar>(
      _: Scalar.Type, rows: [Int]? = nil, workers: WorkerPool = Samples.workers
    ) -> PoolObjective<Scalar> {
      PoolObjective(
        samples: PoolSamples(
          design: rows.map { design.selectingRows($0) } ?? design, sourceCount: pool.sourceCount,
          residual: rows.map(residual.selectingRows) ?? residual,
          weights: rows.flatMap { rows in weights.map { weights in rows.map { weights[$0] } } } ?? weights),
        objective: objective, workers: workers)
    }

    var ranking: PoolRanking {
      PoolRanking(design: design, residual: residual, weights: weights, workers: Samples.workers)
    }

    /// J of one candidate by its formula.
    func naiveObjective(_ pool: CandidatePool, _ candidate: Int) -> Double {
      let n = residual.rows
      let columns = design.plainColumns
      let connections = pool.connections(of: candidate)
      let g = (0..<n).map { i in
        connections.naiveResponse(pool.activation(of: candidate), columns.map { $0[i] })
      }
      let v = weights ?? [Double](repeating: 1, count: n)
      let total = v.reduce(0, +)
      func centred(_ x: [Double]) -> [Double] {
        let mean = (0..<n).reduce(0) { $0 + v[$1] * x[$1] } / total
        return x.map { $0 - mean }
      }
      func product(_ x: [Double], _ y: [Double]) -> Double {
        (0..<n).reduce(0) { $0 + v[$1] * x[$1] * y[$1] }
      }
      let response = centred(g)
      let residuals = (0..<residual.columns).map { centred(residual.column($0)) }
      let energy = residuals.reduce(0) { $0 + product($1, $1) }
      let pulled = residuals.reduce(0) { $0 + product($1, response) * product($1, response) }
      guard objective == .covariance else { return pulled / (product(response, response) * energy) }
      // Of a residual of mean square 1 under weights of mean 1.
      let scale = (total / energy).squareRoot() / total
      return residuals.reduce(0) { $0 + abs(product($1, response)) } * scale
    }
  }

  private static func problem(
    _ activations: [Activation] = Activation.allCases, outputs: Int, weighted: Bool
  ) -> Problem {
    let design = DesignMatrix(features: Samples.matrix(rows, 3))
    var residual = Samples.matrix(rows, outputs, "residual")
    // Not centred: the objective has to do it.
    for o in 0..<outputs { for i in 0..<rows { residual[i, o] += 0.8 } }
    var pool = CandidatePool(
      activations: activations, restarts: 2, sourceCount: 4, design: design, random: RandomStream(seed: 3))
    for range in pool.prunableRanges(of: 0) { pool.prune(range.lowerBound + 1) }
    return Problem(
      design: design, residual: residual, weights: weighted ? Samples.weights(rows) : nil, pool: pool)
  }

  @Test(arguments: [1, 3], [false, true])
  func objectiveIsItsFormula(outputs: Int, weighted: Bool) {
    let problem = Self.problem(outputs: outputs, weighted: weighted)
    let objectives = problem.evaluate().objectives
    #expect(objectives.count == problem.pool.count)
    for candidate in objectives.indices {
      let wanted = problem.naiveObjective(problem.pool, candidate)
      #expect(isClose(objectives[candidate], wanted, 1e-9), "\(problem.pool.activation(of: candidate))")
      #expect((0...1).contains(objectives[candidate]))
    }
    #expect(isClose(problem.ranking.objectives(problem.pool), objectives, 1e-9))
    #expect(isClose(problem.objective(Double.self).objectives(problem.pool), objectives, 1e-12))
  }

  @Test(arguments: [1, 3], [false, true])
  func covarianceIsItsFormulaAndItsGradientTheFiniteDifference(outputs: Int, weighted: Bool) {
    var problem = Self.problem(outputs: outputs, weighted: weighted)
    problem.objective = .covariance
    let (objectives, gradient) = problem.evaluate()
    for candidate in objectives.indices {
      #expect(isClose(objectives[candidate], problem.naiveObjective(problem.pool, candidate), 1e-9))
    }
    for k in problem.pool.parameters.indices where problem.pool.mask[k] != 0 {
      var (above, below) = (problem.pool, problem.pool)
      above.parameters[k] += 1e-6
      below.parameters[k] -= 1e-6
      let rise = problem.evaluate(above).objectives.reduce(0, +)
      let fall = problem.evaluate(below).objectives.reduce(0, +)
      // Cubes make sums so large that their difference keeps few digits.
      #expect(isClose(gradient[k], (rise - fall) / 2e-6, 1e-6 * max(1, objectives.max() ?? 1)))
    }
  }

  @Test(arguments: [false, true])
  func theGradientsOfBatchesAddUpToThatOfAll(weighted: Bool) {
    let problem = Self.problem(outputs: 2, weighted: weighted)
    let objective = problem.objective(Double.self)
    let whole = objective.evaluate(problem.pool).gradient
    let order = RandomStream(seed: 4).generator().permutation(Self.rows)
    var sum = [Double](repeating: 0, count: whole.count)
    for start in stride(from: 0, to: Self.rows, by: 7) {
      let rows = Array(order[start..<min(start + 7, Self.rows)])
      for (k, value) in objective.gradient(of: problem.pool, overRows: rows).enumerated() { sum[k] += value }
    }
    #expect(isClose(sum, whole, 1e-9))
  }

  @Test(arguments: [1, 3], [false, true])
  func float32LosesNoMoreThanItsDigits(outputs: Int, weighted: Bool) {
    let problem = Self.problem(outputs: outputs, weighted: weighted)
    let exact = problem.evaluate()
    let single = problem.evaluate(nil, in: Float.self)
    #expect(isClose(single.objectives, exact.objectives, 1e-5))
    let largest = exact.gradient.map(abs).max() ?? 0
    for (found, wanted) in zip(single.gradient, exact.gradient) {
      #expect(abs(found - wanted) <= 1e-5 * largest + 1e-4 * abs(wanted))
    }
  }

  @Test(arguments: [1, 31, 32, 33, 511, 512, 513, 1030])
  func anyNumberOfRowsServes(rows: Int) {
    var problem = Self.problem(outputs: 2, weighted: false)
    problem.design = DesignMatrix(features: Samples.matrix(rows, 3))
    problem.residual = Samples.matrix(rows, 2, "residual")
    let wanted = problem.ranking.objectives(problem.pool)
    #expect(isClose(problem.evaluate().objectives, wanted, 1e-9))
    #expect(isClose(problem.evaluate(nil, in: Float.self).objectives, wanted, 1e-3))
  }

  @Test func pickedRowsAreThoseOfASmallerProblem() {
    let problem = Self.problem(outputs: 2, weighted: true)
    let rows = [3, 4, 9, 20, 21, 22, 40, 59, 59]
    var smaller = problem
    smaller.design = problem.design.selectingRows(rows)
    smaller.residual = problem.residual.selectingRows(rows)
    smaller.weights = problem.weights.map { weights in rows.map { weights[$0] } }
    let picked = problem.objective(Double.self, rows: rows).evaluate(problem.pool)
    #expect(picked == smaller.evaluate())
  }

  @Test func askedAgainTheGradientIsExactAndAfterAStepItIsThatOfTheOldOutputWeights() {
    let problem = Self.problem(outputs: 2, weighted: true)
    var moved = problem.pool
    for k in moved.parameters.indices { moved.parameters[k] += 0.01 * moved.mask[k] }
    let objective = problem.objective(Double.self)
    _ = objective.evaluate(problem.pool)
    let stale = objective.evaluate(moved)
    let fresh = objective.evaluate(moved)
    let wanted = problem.evaluate(moved)
    #expect(isClose(stale.objectives, wanted.objectives, 1e-12))
    #expect(isClose(fresh.gradient, wanted.gradient, 1e-12))
    #expect(!isClose(stale.gradient, wanted.gradient, 1e-12))
  }

  @Test(arguments: Activation.allCases, [1, 3])
  func gradientIsTheFiniteDifference(activation: Activation, outputs: Int) {
    for weighted in [false, true] {
      let problem = Self.problem([activation], outputs: outputs, weighted: weighted)
      let (_, gradient) = problem.evaluate()
      let step = 1e-6
      for k in problem.pool.parameters.indices {
        guard problem.pool.mask[k] != 0 else {
          #expect(gradient[k] == 0)
          continue
        }
        var (above, below) = (problem.pool, problem.pool)
        above.parameters[k] += step
        below.parameters[k] -= step
        let rise = problem.evaluate(above).objectives.reduce(0, +)
        let fall = problem.evaluate(below).objectives.reduce(0, +)
        #expect(isClose(gradient[k], (rise - fall) / (2 * step), 1e-7), "parameter \(k)")
      }
    }
  }

  @Test func aWeightOfTwoIsARowTwice() {
    var weighted = Self.problem(outputs: 2, weighted: false)
    weighted.weights = (0..<Self.rows).map { $0 % 3 == 0 ? 2 : 1 }
    var repeated = weighted
    let order = (0..<Self.rows).flatMap { $0 % 3 == 0 ? [$0, $0] : [$0] }
    repeated.design = weighted.design.selectingRows(order)
    repeated.residual = weighted.residual.selectingRows(order)
    repeated.weights = nil
    let (a, b) = (weighted.evaluate(), repeated.evaluate())
    #expect(isClose(a.objectives, b.objectives, 1e-10))
    #expect(isClose(a.gradient, b.gradient, 1e-9))
  }

  @Test(arguments: [1e-100, -3, 1e100])
  func scalingTheResidualChangesNothing(factor: Double) {
    let problem = Self.problem(outputs: 2, weighted: true)
    var scaled = problem
    scaled.residual.values = problem.residual.values.map { $0 * factor }
    let (a, b) = (problem.evaluate(), scaled.evaluate())
    #expect(isClose(a.objectives, b.objectives, 1e-10))
    #expect(isClose(a.gradient, b.gradient, 1e-9))
  }

  @Test func constantOrBoundlessResponsesHaveNoObjectiveAndNoGradient() {
    var problem = Self.problem(outputs: 2, weighted: false)
    // Weights of only the bias; and far too large ones, whose cubes are not finite.
    for k in problem.pool.parameters.indices { problem.pool.parameters[k] = k % 4 == 0 ? 0.7 : 0 }
    for candidate in 0..<problem.pool.count where problem.pool.activation(of: candidate) == .cube {
      for range in problem.pool.parameterRanges(of: candidate) {
        for k in range { problem.pool.parameters[k] = 1e200 }
      }
    }
    let (objectives, gradient) = problem.evaluate()
    #expect(objectives.allSatisfy { $0 == 0 })
    #expect(gradient.allSatisfy { $0 == 0 })
  }

  @Test func aResidualOfZeroIsNoReasonToMove() {
    var problem = Self.problem(outputs: 1, weighted: false)
    problem.residual = Matrix(rows: Self.rows, columns: 1)
    let (objectives, gradient) = problem.evaluate()
    #expect(objectives.allSatisfy { $0 == 0 } && gradient.allSatisfy { $0 == 0 })
  }

  @Test func threadsChangeNoBit() {
    let design = DesignMatrix(features: Samples.matrix(3000, 5))
    let pool = CandidatePool(
      activations: Activation.allCases, restarts: 4, sourceCount: 6, design: design,
      random: RandomStream(seed: 3))
    let problem = Problem(
      design: design, residual: Samples.matrix(3000, 2, "residual"), weights: Samples.weights(3000),
      pool: pool)
    func check<Scalar: PoolScalar>(_: Scalar.Type) {
      let results = [1, 2, 4].map { threads in
        problem.objective(Scalar.self, workers: WorkerPool(threads: threads)).evaluate(pool)
      }
      for result in results {
        #expect(result.objectives == results[0].objectives && result.gradient == results[0].gradient)
      }
    }
    check(Float.self)
    check(Double.self)
  }
}
