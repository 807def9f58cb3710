import Testing

@testable import CambiumBaselines
import CambiumCore

@Suite struct CalibrationTests {
  private static let tasks: [Task] = [.classification(classes: 2), .classification(classes: 4)]

  /// Scores that know the classes, but not always.
  private static func scores(for data: Dataset, size: Double) -> Matrix {
    let generator = RandomStream(seed: 11).child("scores").generator()
    var scores = data.targets
    for k in scores.values.indices {
      scores.values[k] = size * (scores.values[k] - 0.5 + generator.gaussian())
    }
    return scores
  }

  private static func meanLoss(_ scores: Matrix, _ data: Dataset, scale: Double) -> Double {
    let scaled = Matrix(rows: scores.rows, columns: scores.columns, values: scores.values.map { $0 * scale })
    let value = Loss(task: data.task).valueAndGradient(
      scores: scaled, targets: data.targets, weights: data.weights
    ).value
    return value / (data.weights?.reduce(0, +) ?? Double(data.sampleCount))
  }

  /// The naive twin: row after row, by the definition.
  private static func brier(_ scores: Matrix, _ data: Dataset, scale: Double) -> Double {
    var sum = 0.0
    for i in 0..<data.sampleCount {
      let row = (0..<scores.columns).map { exponential(scale * scores[i, $0]) }
      let total = row.count == 1 ? 1 + row[0] : row.reduce(0, +)
      var square = 0.0
      for o in row.indices {
        let difference = row[o] / total - data.targets[i, o]
        square += difference * difference
      }
      sum += (data.weights?[i] ?? 1) * square
    }
    return sum / (data.weights?.reduce(0, +) ?? Double(data.sampleCount))
  }

  @Test(arguments: tasks)
  func overconfidentScoresAreJudgedAtTheirBestScale(task: Task) {
    let data = Samples.make(task, rows: 200, weighted: true)
    let scores = Self.scores(for: data, size: 10)
    let judgement = Calibration(scores: scores, data: data)
    #expect(judgement.scale < 0.9)
    let least = Self.meanLoss(scores, data, scale: judgement.scale)
    for factor in [0.8, 0.99, 1.01, 1.25] {
      #expect(least <= Self.meanLoss(scores, data, scale: judgement.scale * factor))
    }
    #expect(abs(judgement.error - Self.brier(scores, data, scale: judgement.scale)) < 1e-14)
  }

  @Test(arguments: tasks)
  func theSizeOfOverconfidenceDoesNotMatter(task: Task) {
    let data = Samples.make(task, rows: 200)
    let once = Calibration(scores: Self.scores(for: data, size: 10), data: data)
    let twice = Calibration(scores: Self.scores(for: data, size: 20), data: data)
    #expect(abs(once.error - twice.error) < 1e-6)
    #expect(abs(once.scale / twice.scale - 2) < 0.01)
  }

  @Test func confidenceIsNeverRaised() {
    let data = Samples.make(.classification(classes: 4), rows: 50)
    let certain = Matrix(
      rows: 50, columns: 4, values: data.targets.values.map { $0 * 0.1 })
    let judgement = Calibration(scores: certain, data: data)
    #expect(judgement.scale == 1)
    #expect(abs(judgement.error - Self.brier(certain, data, scale: 1)) < 1e-14)
  }

  @Test func numbersHaveNoConfidence() {
    let data = Samples.make(.regression, rows: 50, targets: 2)
    let scores = Self.scores(for: data, size: 3)
    let judgement = Calibration(scores: scores, data: data)
    #expect(judgement.scale == 1 && judgement.error == Self.meanLoss(scores, data, scale: 1))
  }
}
