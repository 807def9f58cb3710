internal import CambiumCore

/// How a network stands on its samples: which it represents, and its errors.
struct Standing {
  /// For each sample, whether it is represented.
  let covered: [Bool]
  private let errors: ErrorSums
  /// The loss, summed over the samples.
  let loss: Double

  /// That of some samples.
  fileprivate init(covered: [Bool], errors: ErrorSums, loss: Double) {
    (self.covered, self.errors, self.loss) = (covered, errors, loss)
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
      return standing(
        of: scores.rows(0..<reported.sampleCount), reported.targets, reported.weights, by: coverage)
    }
    let (sums, covered) = design.sum(3, with: false, workers: workers) { tile, sums, covered in
      let standing = standing(
        of: tile.product(with: readout), data.targets.rows(tile.rows),
        data.weights.map { Array($0[tile.rows]) }, by: coverage)
      for (place, isCovered) in standing.covered.enumerated() { covered[place] = isCovered }
      for (place, sum) in standing.sums.enumerated() { sums[place] += sum }
    }
    return Standing(covered: covered, sums: sums)
  }

  private func standing(
    of scores: Matrix, _ targets: Matrix, _ weights: [Double]?, by coverage: Coverage
  ) -> Standing {
    Standing(
      covered: coverage.covers(scores: scores, targets: targets),
      errors: errors(of: scores, targets, weights),
      loss: loss.valueAndGradient(scores: scores, targets: targets, weights: weights).value)
  }

  /// Root mean square error in standard deviations of the targets, or error rate; of logarithms that of their numbers.
  func error(scores: Matrix, of samples: Dataset) -> Double {
    errors(of: scores, samples.targets, samples.weights).error(of: samples.task)
  }

  /// The same on the held-out samples; nil without them.
  func heldOutError() -> Double? {
    heldOut.flatMap { heldOut in
      heldOutScores().map { error(scores: $0.clipped(to: outputRanges), of: heldOut) }
    }
  }

  private func errors(of scores: Matrix, _ targets: Matrix, _ weights: [Double]?) -> ErrorSums {
    guard data.logarithms != nil else { return ErrorSums(scores, targets, weights, data.task) }
    // What is unlikely of scores, their powers make impossible.
    return ErrorSums(
      data.numbers(of: scores.clipped(to: outputRanges)), data.numbers(of: targets), weights, data.task)
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
