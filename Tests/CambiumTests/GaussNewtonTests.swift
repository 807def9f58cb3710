import CambiumCore
import Foundation
import Testing

@testable import Cambium

/// Through a cascade of all activations, radial units reading units.
@Suite struct GaussNewtonTests {
  private struct Problem {
    let data: Dataset
    let newton: GaussNewton
    let theta: [Double]

    init(_ data: Dataset) {
      self.data = data
      let units = Cascade.units()
      let space = WeightSpace(units: units, inputCount: 2, outputCount: data.outputCount)
      newton = GaussNewton(
        data: data, design: DesignMatrix(features: data.features), space: space, workers: Samples.workers)
      theta = space.vector(readout: Cascade.readout(units, outputs: data.outputCount))
    }

    /// The scores of a row at θ.
    func scores(_ theta: [Double], _ row: Int) -> [Double] {
      let units = newton.space.units(from: theta)
      return naiveScores(
        naiveSources(units, data.features.row(row), clipping: false), newton.space.readout(from: theta))
    }
  }

  private static func data(_ kind: Int, _ count: Int, weighted: Bool) -> Dataset {
    kind == 0
      ? Samples.regression(count, outputs: 2, weighted: weighted)
      : Samples.classes(count, kind, weighted: weighted)
  }

  @Test(arguments: [0, 2, 3], [false, true])
  func gradientIsTheFiniteDifferenceOfTheLoss(kind: Int, weighted: Bool) {
    let problem = Problem(Self.data(kind, 25, weighted: weighted))
    let (loss, gradient, _) = problem.newton.expand(problem.theta)
    #expect(isClose(loss, problem.newton.loss(problem.theta)))
    for k in problem.theta.indices {
      var (above, below) = (problem.theta, problem.theta)
      above[k] += 1e-6
      below[k] -= 1e-6
      let slope = (problem.newton.loss(above) - problem.newton.loss(below)) / 2e-6
      #expect(isClose(gradient[k], slope, 2e-6), "weight \(k)")
    }
  }

  @Test(arguments: [0, 2, 3], [false, true])
  func lossIsThatOfTheNaiveNetwork(kind: Int, weighted: Bool) {
    let problem = Problem(Self.data(kind, 600, weighted: weighted))
    var scores = Matrix(rows: 600, columns: problem.data.outputCount)
    for i in 0..<600 {
      for (o, score) in problem.scores(problem.theta, i).enumerated() { scores[i, o] = score }
    }
    let wanted = Loss(task: problem.data.task)
      .valueAndGradient(scores: scores, targets: problem.data.targets, weights: problem.data.weights).value
    #expect(isClose(problem.newton.loss(problem.theta), wanted, 1e-10))
  }

  /// Σ_n v_n Σ_o c_no J_noᵀ J_no, with c = 1 for regression and y (1 − y) for classes.
  @Test(arguments: [0, 2, 3], [false, true])
  func matrixIsThatOfFiniteDifferences(kind: Int, weighted: Bool) {
    let data = Self.data(kind, 12, weighted: weighted)
    let problem = Problem(data)
    let w = problem.theta.count
    var wanted = [Double](repeating: 0, count: w * w)
    for i in 0..<data.sampleCount {
      let jacobian = (0..<w).map { k in
        var (above, below) = (problem.theta, problem.theta)
        above[k] += 1e-5
        below[k] -= 1e-5
        return zip(problem.scores(above, i), problem.scores(below, i)).map { ($0 - $1) / 2e-5 }
      }
      let y = data.task.naiveOutputs(problem.scores(problem.theta, i))
      for o in 0..<data.outputCount {
        let curvature = (data.weights?[i] ?? 1) * (data.task == .regression ? 1 : y[o] * (1 - y[o]))
        for k in 0..<w { for j in 0...k { wanted[j + k * w] += curvature * jacobian[j][o] * jacobian[k][o] } }
      }
    }
    let matrix = problem.newton.expand(problem.theta).matrix
    for k in 0..<w {
      for j in 0...k { #expect(isClose(matrix[j + k * w], wanted[j + k * w], 1e-6), "\(j), \(k)") }
    }
  }

  @Test func threadsChangeNoBit() {
    let problem = Problem(Self.data(3, 1500, weighted: true))
    let results = [1, 2, 4].map { threads in
      GaussNewton(
        data: problem.data, design: problem.newton.design, space: problem.newton.space,
        workers: WorkerPool(threads: threads)
      ).expand(problem.theta)
    }
    for result in results {
      #expect(result.loss == results[0].loss && result.gradient == results[0].gradient)
      #expect(result.matrix == results[0].matrix)
    }
  }

  @Test func vectorsGoThereAndBack() {
    let problem = Problem(Self.data(0, 5, weighted: false))
    let space = problem.newton.space
    #expect(space.units(from: problem.theta) == Cascade.units())
    #expect(space.readout(from: problem.theta) == Cascade.readout(Cascade.units(), outputs: 2))
    #expect(space.count == problem.theta.count)
    #expect(space.count == WeightSpace.count(units: Cascade.units(), inputCount: 2, outputCount: 2))
    // Biases of the ridge units, of both factors of products, and of the two outputs.
    let ridgeCount = Cascade.units().count { $0.activation.form == .ridge }
    let productCount = Cascade.units().count { $0.activation.form == .product }
    #expect(space.groups.count { $0 == .bias } == ridgeCount + 2 * productCount + 2)
  }

  /// Single precision changes the matrix in the sixth digit of what its rows could add up to, and nothing else.
  @Test(arguments: [0, 3])
  func singlePrecisionLosesNoMoreThanItsDigits(kind: Int) {
    let problem = Problem(Self.data(kind, 700, weighted: true))
    var single = problem.newton
    single.isSinglePrecision = true
    let (loss, gradient, matrix) = problem.newton.expand(problem.theta)
    let other = single.expand(problem.theta)
    #expect(other.loss == loss && other.gradient == gradient && other.matrix != matrix)
    let w = problem.theta.count
    for j in 0..<w {
      for i in 0...j {
        let largest = (matrix[i * (w + 1)] * matrix[j * (w + 1)]).squareRoot()
        #expect(abs(other.matrix[i + j * w] - matrix[i + j * w]) <= 1e-6 * largest)
      }
    }
  }
}
