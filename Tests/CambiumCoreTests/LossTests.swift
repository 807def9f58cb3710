import Testing

import CambiumCore

@Suite struct LossTests {
  private static func matrix(_ rows: Int, _ columns: Int, _ label: String) -> Matrix {
    let generator = RandomStream(seed: 7).child(label).generator()
    return Matrix(
      rows: rows, columns: columns,
      values: (0..<rows * columns).map { _ in generator.gaussian(standardDeviation: 2) })
  }

  private static func targets(for loss: Loss, rows: Int, columns: Int) -> Matrix {
    var targets = matrix(rows, columns, "targets")
    guard loss != .squared else { return targets }
    for i in 0..<rows {
      for j in 0..<columns {
        targets[i, j] = loss == .softmax ? (i % columns == j ? 1 : 0) : Double((i + j) % 2)
      }
    }
    return targets
  }

  @Test(arguments: Loss.allCases, [1, 3])
  func gradientEqualsFiniteDifference(loss: Loss, columns: Int) {
    let scores = Self.matrix(6, columns, "scores")
    let targets = Self.targets(for: loss, rows: 6, columns: columns)
    let weights = [1.0, 2, 0.5, 1, 3, 1]
    let gradient = loss.valueAndGradient(scores: scores, targets: targets, weights: weights).gradient
    let step = 1e-5
    for k in scores.values.indices {
      var (above, below) = (scores, scores)
      above.values[k] += step
      below.values[k] -= step
      let difference =
        loss.valueAndGradient(scores: above, targets: targets, weights: weights).value
        - loss.valueAndGradient(scores: below, targets: targets, weights: weights).value
      #expect(abs(difference / (2 * step) - gradient.values[k]) < 1e-8, "\(loss) \(k)")
    }
  }

  @Test(arguments: Loss.allCases, [1, 3])
  func lossesOfRowsAddUpToTheLoss(loss: Loss, columns: Int) {
    let scores = Self.matrix(7, columns, "scores")
    let targets = Self.targets(for: loss, rows: 7, columns: columns)
    let rows = loss.losses(ofOutputs: loss.outputs(ofScores: scores), targets: targets)
    let sum = loss.valueAndGradient(scores: scores, targets: targets).value
    #expect(rows.count == 7 && isClose(rows.reduce(0, +), sum, 1e-12))
  }

  @Test func whatIsThoughtImpossibleCostsAFiniteLoss() {
    let losses = Loss.logistic.losses(
      ofOutputs: Matrix(rows: 2, columns: 1, values: [0, 1]),
      targets: Matrix(rows: 2, columns: 1, values: [1, 1]))
    #expect(losses[0] > 600 && losses[0].isFinite && losses[1] == 0)
  }

  @Test(arguments: Loss.allCases)
  func gradientIsOutputMinusTarget(loss: Loss) {
    let scores = Self.matrix(5, 4, "scores")
    let targets = Self.targets(for: loss, rows: 5, columns: 4)
    let gradient = loss.valueAndGradient(scores: scores, targets: targets).gradient
    let outputs = loss.outputs(ofScores: scores)
    for k in scores.values.indices { #expect(gradient.values[k] == outputs.values[k] - targets.values[k]) }
  }

  @Test func valuesEqualTheirDefinitions() {
    let scores = Matrix(rows: 2, columns: 2, values: [0.3, -1.2, 2.0, 0.7])
    let oneHot = Matrix(rows: 2, columns: 2, values: [1, 0, 0, 1])
    func softmaxLoss(_ chosen: Double, _ other: Double) -> Double {
      logarithm(1 + exponential(other - chosen))
    }
    let squared = 0.5 * (0.7 * 0.7 + 1.2 * 1.2 + 2 * 2 + 0.3 * 0.3)
    let logistic =
      logarithm(1 + exponential(-0.3)) + logarithm(1 + exponential(-1.2)) + logarithm(1 + exponential(2))
      + logarithm(1 + exponential(-0.7))
    let softmax = softmaxLoss(0.3, 2) + softmaxLoss(0.7, -1.2)
    for (loss, expected) in [(Loss.squared, squared), (.logistic, logistic), (.softmax, softmax)] {
      #expect(abs(loss.valueAndGradient(scores: scores, targets: oneHot).value - expected) < 1e-14, "\(loss)")
    }
  }

  @Test func aSampleOfWeightTwoCountsAsTwo() {
    let scores = Self.matrix(3, 3, "scores")
    for loss in Loss.allCases {
      let targets = Self.targets(for: loss, rows: 3, columns: 3)
      let weighted = loss.valueAndGradient(scores: scores, targets: targets, weights: [1, 2, 1]).value
      let rows = [0, 1, 1, 2]
      let repeated = loss.valueAndGradient(
        scores: scores.selectingRows(rows), targets: targets.selectingRows(rows)
      ).value
      #expect(abs(weighted - repeated) < 1e-12 * repeated)
    }
  }

  @Test func hugeScoresStayFinite() {
    let scores = Matrix(rows: 2, columns: 2, values: [1e6, -1e6, -1e6, 1e6])
    let targets = Matrix(rows: 2, columns: 2, values: [0, 1, 1, 0])
    for loss in [Loss.logistic, .softmax] {
      let (value, gradient) = loss.valueAndGradient(scores: scores, targets: targets)
      #expect(value.isFinite && value > 1e6)
      #expect(gradient.values.allSatisfy { abs($0) <= 1 })
    }
  }

  @Test func softmaxOutputsSumToOne() {
    let outputs = Loss.softmax.outputs(ofScores: Self.matrix(50, 4, "scores"))
    for i in 0..<50 { #expect(abs((0..<4).map { outputs[i, $0] }.reduce(0, +) - 1) < 1e-14) }
  }

  @Test func tasksHaveTheirLosses() {
    #expect(Loss(task: .regression) == .squared)
    #expect(Loss(task: .classification(classes: 2)) == .logistic)
    #expect(Loss(task: .classification(classes: 3)) == .softmax)
  }
}
