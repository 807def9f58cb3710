import CambiumCore
import Testing

@testable import Cambium

@Suite struct ReadoutTests {
  private static let design = DesignMatrix(features: Samples.matrix(70, 4, "design"))

  private static func fitter(_ data: Dataset) -> ReadoutFitter {
    ReadoutFitter(data: data, workers: Samples.workers)
  }

  private static func equations(_ design: DesignMatrix, _ data: Dataset) -> NormalEquations {
    NormalEquations(design: design, data: data, workers: Samples.workers)
  }

  /// Σ v loss + ½ Σ penalty B², by the definition.
  private static func cost(_ readout: Matrix, _ design: DesignMatrix, _ data: Dataset, _ penalties: [Double])
    -> Double
  {
    let scores = design.product(with: readout, workers: Samples.workers)
    var value = Loss(task: data.task)
      .valueAndGradient(scores: scores, targets: data.targets, weights: data.weights).value
    for o in 0..<readout.columns {
      for j in 0..<readout.rows { value += 0.5 * penalties[j] * readout[j, o] * readout[j, o] }
    }
    return value
  }

  @Test(arguments: [1, 3], [false, true])
  func leastSquaresSolveTheNormalEquations(outputs: Int, weighted: Bool) {
    let data = Samples.regression(70, outputs: outputs, weighted: weighted)
    for ridge in [0, 0.3, 50] {
      let penalties = [0] + [Double](repeating: ridge, count: 4)
      let found = Self.equations(Self.design, data).leastSquares(penalties: penalties).readout
      let wanted = naiveLeastSquares(Self.design.plainColumns, data.targets, data.weights, penalties)
      #expect(isClose(found.values, wanted.values, 1e-9), "ridge \(ridge)")
    }
  }

  @Test(arguments: [1, 3], [false, true])
  func equationsOfOneColumnMoreAreThoseOfTheWholeDesign(outputs: Int, weighted: Bool) {
    let data = Samples.regression(70, outputs: outputs, weighted: weighted)
    var design = Self.design
    var equations = Self.equations(design, data)
    for index in 0..<3 {
      let column = Samples.numbers(70, "column \(index)")
      equations = equations.appending(column, to: design, data: data, workers: Samples.workers)
      design.append(column)
    }
    let whole = Self.equations(design, data)
    let p = design.columnCount
    #expect(equations.order == p)
    for k in 0..<p {
      for j in 0...k { #expect(isClose(equations.gram[j + k * p], whole.gram[j + k * p], 1e-12)) }
    }
    #expect(isClose(equations.moments.values, whole.moments.values, 1e-12))
    // The leading columns' readout needs no equations of its own.
    let fewer = equations.leastSquares(penalties: [0, 1, 1, 1, 1]).readout
    let own = Self.equations(Self.design, data).leastSquares(penalties: [0, 1, 1, 1, 1]).readout
    #expect(isClose(fewer.values, own.values, 1e-12))
  }

  @Test func singularDesignsDoNotFail() {
    let data = Samples.regression(70)
    var design = Self.design
    let without = Self.equations(design, data).leastSquares(penalties: [0, 0, 0, 0, 0]).readout
    let least = Self.cost(without, design, data, [0, 0, 0, 0, 0])
    for column in [design.column(1), [Double](repeating: 3, count: 70), [Double](repeating: 0, count: 70)] {
      design.append(column)
      let penalties = [Double](repeating: 0, count: design.columnCount)
      let (readout, factor) = Self.equations(design, data).leastSquares(penalties: penalties)
      #expect(factor != nil && readout.values.areFinite)
      #expect(Self.cost(readout, design, data, penalties) <= least * (1 + 1e-6))
    }
  }

  @Test func fewerRowsThanColumnsAreFittedExactly() {
    let data = Samples.regression(4)
    let design = DesignMatrix(features: Samples.matrix(4, 9, "wide"))
    let penalties = [0] + [Double](repeating: 1e-9, count: 9)
    let readout = Self.equations(design, data).leastSquares(penalties: penalties).readout
    #expect(Self.cost(readout, design, data, [Double](repeating: 0, count: 10)) < 1e-9)
  }

  @Test(arguments: [0, 1e-3, 5])
  func anotherColumnNeverRaisesTheTrainingLoss(ridge: Double) {
    let data = Samples.regression(70, outputs: 2, noise: 0.3, weighted: true)
    var design = Self.design
    var penalties = [0, ridge, ridge, ridge, ridge]
    var last = Double.infinity
    for index in 0..<12 {
      let readout = Self.fitter(data).fit(
        design: design, equations: Self.equations(design, data), penalties: penalties,
        start: Matrix(rows: 0, columns: 2))
      let cost = Self.cost(readout, design, data, penalties)
      #expect(cost <= last * (1 + 1e-12), "column \(index)")
      last = cost
      design.append(Samples.numbers(70, "column \(index)"))
      penalties.append(ridge)
    }
  }

  @Test func hugeColumnsGiveAFiniteReadout() {
    let data = Samples.regression(70)
    var design = Self.design
    design.append(Samples.numbers(70, "huge").map { $0 * 1e170 })
    let (readout, _) = Self.equations(design, data).leastSquares(penalties: [0, 1, 1, 1, 1, 1])
    #expect(readout.values.areFinite)
  }

  @Test(arguments: [1, 7, 511, 513, 1025])
  func productsAreThoseOfTheirDefinition(rows: Int) {
    let design = DesignMatrix(features: Samples.matrix(rows, 3))
    let columns = design.plainColumns
    let weights = Samples.weights(rows)
    let readout = Samples.matrix(3, 2, "readout")
    let scores = design.product(with: readout, workers: Samples.workers)
    for i in [0, rows / 2, rows - 1] {
      #expect(isClose(scores.row(i), naiveScores((0..<3).map { columns[$0][i] }, readout)))
    }
    let targets = Samples.matrix(rows, 2, "targets")
    for v in [nil, weights] {
      let gram = design.gram(weights: v, workers: Samples.workers)
      let moments = design.moments(with: targets, weights: v, workers: Samples.workers)
      func sum(_ x: [Double], _ y: [Double]) -> Double {
        x.indices.reduce(0) { $0 + (v?[$1] ?? 1) * x[$1] * y[$1] }
      }
      for k in 0..<4 {
        for j in 0...k { #expect(isClose(gram[j + 4 * k], sum(columns[j], columns[k]))) }
        for o in 0..<2 { #expect(isClose(moments[k + 4 * o], sum(columns[k], targets.column(o)))) }
      }
    }
  }
}
