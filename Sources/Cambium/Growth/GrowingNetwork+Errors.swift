internal import CambiumCore

/// How a network stands on its samples: which it represents, and its errors.
struct Standing {
  /// For each sample, whether it is represented.
  let covered: [Bool]
  private let errors: ErrorSums
  /// The loss, summed over the samples.
  let loss: Double

  /// That of some samples.
  init(scores: Matrix, _ targets: Matrix, _ weights: [Double]?, _ task: Task, by coverage: Coverage) {
    covered = coverage.covers(scores: scores, targets: targets)
    errors = ErrorSums(scores, targets, weights, task)
    loss = Loss(task: task).valueAndGradient(scores: scores, targets: targets, weights: weights).value
  }

  fileprivate init(covered: [Bool], sums: [Double]) {
    self.covered = covered
    errors = ErrorSums(sum: sums[0], total: sums[1])
    loss = sums[2]
  }

  /// What is summed over the samples.
  fileprivate var sums: [Double] { [errors.sum, errors.total, loss] }

  /// The error on the samples; see ``GrowingNetwork/error(scores:of:)``.
  func error(of task: Task) -> Double { errors.error(of: task) }
}

extension GrowingNetwork {
  /// How it stands on the samples as they are: one pass over the samples where it is streamed.
  func standing(by coverage: Coverage) -> Standing {
    guard isStreamed else {
      return Standing(
        scores: scores.rows(0..<reported.sampleCount), reported.targets, reported.weights, data.task,
        by: coverage)
    }
    let (sums, covered) = design.sum(3, with: false, workers: workers) { tile, sums, covered in
      let standing = Standing(
        scores: tile.product(with: readout), data.targets.rows(tile.rows),
        data.weights.map { Array($0[tile.rows]) }, data.task, by: coverage)
      for (place, isCovered) in standing.covered.enumerated() { covered[place] = isCovered }
      for (place, sum) in standing.sums.enumerated() { sums[place] += sum }
    }
    return Standing(covered: covered, sums: sums)
  }

  /// Root mean square error in standard deviations of the targets, or error rate.
  func error(scores: Matrix, of samples: Dataset) -> Double {
    ErrorSums(scores, samples.targets, samples.weights, samples.task).error(of: samples.task)
  }
}

/// What errors are made of, added up row by row.
private struct ErrorSums {
  /// Regression: squared errors; classes: what the rows count that are put into their class.
  private(set) var sum = 0.0
  private(set) var total = 0.0

  init(sum: Double, total: Double) { (self.sum, self.total) = (sum, total) }

  init(_ scores: Matrix, _ targets: Matrix, _ weights: [Double]?, _ task: Task) {
    guard task == .regression else {
      let covered = Coverage(task: task, tolerance: 0).covers(scores: scores, targets: targets)
      for (i, isCovered) in covered.enumerated() {
        total += weights?[i] ?? 1
        if isCovered { sum += weights?[i] ?? 1 }
      }
      return
    }
    for i in 0..<scores.rows {
      let weight = weights?[i] ?? 1
      total += weight * Double(scores.columns)
      for o in 0..<scores.columns {
        sum += weight * (scores[i, o] - targets[i, o]) * (scores[i, o] - targets[i, o])
      }
    }
  }

  func error(of task: Task) -> Double {
    task == .regression ? (sum / max(total, 1e-300)).squareRoot() : 1 - sum / max(total, 1e-300)
  }
}
