internal import CambiumCore

/// How a network stands on its samples: which it represents, and its errors.
struct Standing {
  /// For each sample, whether it is represented.
  private(set) var covered: [Bool] = []
  private var errors = ErrorSums()
  /// The loss, summed over the samples.
  private(set) var loss = 0.0

  mutating func add(
    _ scores: Matrix, _ targets: Matrix, _ weights: [Double]?, _ task: Task, by coverage: Coverage
  ) {
    covered += coverage.covers(scores: scores, targets: targets)
    errors.add(scores, targets, weights, task)
    loss += Loss(task: task).valueAndGradient(scores: scores, targets: targets, weights: weights).value
  }

  /// The error on the samples; see ``GrowingNetwork/error(scores:of:)``.
  func error(of task: Task) -> Double { errors.error(of: task) }
}

extension GrowingNetwork {
  /// How it stands: one pass over the samples where scores are not kept.
  func standing(by coverage: Coverage) -> Standing {
    var standing = Standing()
    guard !design.keepsUnits else {
      standing.add(scores, data.targets, data.weights, data.task, by: coverage)
      return standing
    }
    let m = data.outputCount
    design.forEachTileInOrder(width: m, workers: workers) { tile, scores in
      Kernels.product(
        m: tile.count, n: m, k: readout.rows, a: tile.base, lda: tile.count, b: readout.values,
        ldb: readout.rows, c: scores, ldc: tile.count)
    } take: { rows, values in
      let scores = Matrix(
        rows: rows.count, columns: m, values: Array(UnsafeBufferPointer(start: values, count: rows.count * m))
      )
      standing.add(
        scores, data.targets.selectingRows(Array(rows)), data.weights.map { Array($0[rows]) }, data.task,
        by: coverage)
    }
    return standing
  }

  /// Root mean square error in standard deviations of the targets, or error rate.
  func error(scores: Matrix, of samples: Dataset) -> Double {
    var sums = ErrorSums()
    sums.add(scores, samples.targets, samples.weights, samples.task)
    return sums.error(of: samples.task)
  }
}

/// What errors are made of, added up row by row.
private struct ErrorSums {
  /// Regression: squared errors; classes: what the rows count that are put into their class.
  private var sum = 0.0
  private var total = 0.0

  mutating func add(_ scores: Matrix, _ targets: Matrix, _ weights: [Double]?, _ task: Task) {
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
