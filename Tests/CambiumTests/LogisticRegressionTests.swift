import CambiumCore
import Foundation
import Testing

@testable import Cambium

@Suite struct LogisticRegressionTests {
  private static let features = Samples.matrix(90, 3, "design")
  private static let design = DesignMatrix(features: features)

  private static func data(_ classes: Int, weighted: Bool) -> Dataset {
    Samples.classes(90, classes, weighted: weighted)
  }

  private static func regression(_ data: Dataset, penalties: [Double]) -> LogisticRegression {
    LogisticRegression(
      design: design, equations: NormalEquations(design: design, data: data, workers: Samples.workers),
      targets: data.targets, weights: data.weights, penalties: penalties, loss: Loss(task: data.task),
      workers: Samples.workers)
  }

  /// The minimum by Newton's method with the exact Hessian.
  private static func newton(_ data: Dataset, penalties: [Double]) -> Matrix {
    let m = data.outputCount
    let p = penalties.count
    var b = Matrix(rows: p, columns: m)
    for _ in 0..<30 {
      var gradient = [Double](repeating: 0, count: p * m)
      // Softmax leaves a common shift of the biases free: a hair of curvature holds it.
      var hessian = (0..<p * m).map { r in (0..<p * m).map { $0 == r ? 1e-9 : 0 } }
      for o in 0..<m {
        for j in 0..<p {
          gradient[j + o * p] += penalties[j] * b[j, o]
          hessian[j + o * p][j + o * p] += penalties[j]
        }
      }
      for i in 0..<data.sampleCount {
        let phi = [1] + features.row(i)
        let y = data.task.naiveOutputs(naiveScores(phi, b))
        let v = data.weights?[i] ?? 1
        for o in 0..<m {
          for j in 0..<p {
            gradient[j + o * p] += v * (y[o] - data.targets[i, o]) * phi[j]
            for q in 0..<m {
              let curvature = v * y[o] * ((o == q ? 1 : 0) - y[q])
              for k in 0..<p { hessian[j + o * p][k + q * p] += curvature * phi[j] * phi[k] }
            }
          }
        }
      }
      let step = eliminated(hessian, gradient.map { [$0] })
      for k in 0..<p * m { b.values[k] -= step[k][0] }
    }
    return b
  }

  @Test(arguments: [2, 3, 4], [false, true])
  func gradientIsTheFiniteDifference(classes: Int, weighted: Bool) {
    let data = Self.data(classes, weighted: weighted)
    let regression = Self.regression(data, penalties: [0, 0.5, 1, 2])
    let point = Samples.matrix(4, data.outputCount, "point")
    let gradient = regression.evaluate(point).gradient
    for k in point.values.indices {
      var (above, below) = (point, point)
      above.values[k] += 1e-5
      below.values[k] -= 1e-5
      let slope = (regression.evaluate(above).value - regression.evaluate(below).value) / 2e-5
      #expect(isClose(gradient[k], slope, 1e-7))
    }
  }

  /// The gradient, as a share of what one sample could pull, is below 1e-3; the value is the minimum to a millionth. Of 2 to 4
  /// classes the Hessian itself is used, of 30 its blocks.
  @Test(arguments: [2, 3, 4, 30], [false, true])
  func theSolutionIsThatOfNewtonsMethod(classes: Int, weighted: Bool) {
    let data = Self.data(classes, weighted: weighted)
    // Undamped, Newton's method itself finds no end with many classes and a small ridge.
    for ridge in classes < 10 ? [0.01, 1, 30] : [1, 30] {
      let penalties = [0, ridge, ridge, ridge]
      let regression = Self.regression(data, penalties: penalties)
      let found = regression.fit(from: Matrix(rows: 4, columns: data.outputCount), steps: 60)
      let (value, gradient) = regression.evaluate(found)
      let least = regression.evaluate(Self.newton(data, penalties: penalties)).value
      #expect(gradient.allSatisfy { abs($0) < 1e-3 * data.totalWeight }, "ridge \(ridge)")
      #expect(value <= least * (1 + 1e-6) && value >= least * (1 - 1e-9), "ridge \(ridge)")
    }
  }

  /// A brief descent, by the bound where there are many weights, comes to the same minimum if it is let.
  @Test(arguments: [2, 30])
  func aBriefDescentEndsAtTheSameMinimum(classes: Int) {
    let data = Self.data(classes, weighted: true)
    let regression = Self.regression(data, penalties: [0, 1, 1, 1])
    let start = Matrix(rows: 4, columns: data.outputCount)
    let (value, gradient) = regression.evaluate(start)
    var descent = LogisticDescent(regression, from: start, value: value, gradient: gradient, isBrief: true)
    descent.run(regression, steps: 200, leastGain: 1e-10)
    let least = regression.evaluate(Self.newton(data, penalties: [0, 1, 1, 1])).value
    #expect(regression.evaluate(descent.point).value <= least * (1 + 1e-6))
  }

  @Test(arguments: [2, 3])
  func stepsNeverRaiseTheValue(classes: Int) {
    let data = Self.data(classes, weighted: true)
    let regression = Self.regression(data, penalties: [0, 0.1, 0.1, 0.1])
    let start = Samples.matrix(4, data.outputCount, "start")
    var last = regression.evaluate(start).value
    for steps in 0..<15 {
      let value = regression.evaluate(regression.fit(from: start, steps: steps)).value
      #expect(value <= last * (1 + 1e-12))
      last = value
    }
  }

  /// A descent that rests and goes on comes to the same point, to the bit, as one that does not.
  @Test(arguments: [2, 3, 40])
  func aDescentGoesOnWhereItRested(classes: Int) {
    let data = Self.data(classes, weighted: true)
    let regression = Self.regression(data, penalties: [0, 0.1, 0.1, 0.1])
    let start = Samples.matrix(4, data.outputCount, "start")
    var resting = LogisticDescent(regression, from: start)
    for steps in [2, 1, 4, 3] { resting.run(regression, steps: steps, leastGain: 1e-8) }
    #expect(resting.point == regression.fit(from: start, steps: 10))
    #expect(resting.point != start)
  }

  /// From a known gradient a descent goes as from one that it found; from another it does not.
  @Test func aDescentTakesAKnownGradient() {
    let data = Self.data(3, weighted: false)
    let regression = Self.regression(data, penalties: [0, 0.1, 0.1, 0.1])
    let start = Samples.matrix(4, 3, "start")
    let (value, gradient) = regression.evaluate(start)
    func end(_ gradient: [Double]) -> Matrix {
      var descent = LogisticDescent(regression, from: start, value: value, gradient: gradient)
      descent.run(regression, steps: 1, leastGain: 1e-8)
      return descent.point
    }
    #expect(end(gradient) == regression.fit(from: start, steps: 1))
    #expect(end(gradient.map { $0 + 0.1 }) != end(gradient))
  }

  /// Nothing comes of a start without a finite value.
  @Test func aDescentWithoutAValueStays() {
    let data = Self.data(2, weighted: false)
    let regression = Self.regression(data, penalties: [0, 0.1, 0.1, 0.1])
    let start = Matrix(rows: 4, columns: 1, values: [1e308, 1e308, 1e308, 1e308])
    #expect(regression.fit(from: start, steps: 5) == start)
  }

  @Test func penaltiesLeaveTheBiasFree() {
    let heavy = [0.0, 1e9, 1e9, 1e9]
    let binary = Self.data(2, weighted: false)
    let odds = Self.regression(binary, penalties: heavy).fit(from: Matrix(rows: 4, columns: 1), steps: 60)
    let share = binary.targets.values.reduce(0, +) / 90
    #expect(isClose(odds[0, 0], log(share / (1 - share)), 1e-3))
    #expect(odds.values.dropFirst().allSatisfy { abs($0) < 1e-6 })

    let regression = Samples.regression(90)
    let readout = NormalEquations(design: Self.design, data: regression, workers: Samples.workers)
      .leastSquares(penalties: heavy).readout
    #expect(isClose(readout[0, 0], regression.targets.values.reduce(0, +) / 90, 1e-6))
  }

  @Test(arguments: [2, 3])
  func separableClassesAndSingularDesignsStayFinite(classes: Int) {
    let features = Matrix(rows: 90, columns: 2, values: (0..<180).map { Double($0 % 90) / 30 })
    let data = Samples.dataset(features, classes: (0..<90).map { $0 * classes / 90 }, of: classes)
    let design = DesignMatrix(features: features)
    let readout = ReadoutFitter(data: data, workers: Samples.workers)
      .fit(
        design: design, equations: NormalEquations(design: design, data: data, workers: Samples.workers),
        penalties: [0, 0, 0], start: Matrix(rows: 0, columns: data.outputCount))
    #expect(readout.values.areFinite)
    let scores = design.product(with: readout, workers: Samples.workers)
    let share = Coverage(task: data.task, tolerance: 0).share(
      scores: scores, targets: data.targets, weights: nil)
    #expect(share > 0.9)
  }
}
