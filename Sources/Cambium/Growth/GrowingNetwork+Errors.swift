internal import CambiumCore

extension GrowingNetwork {
  /// For each sample, whether it is represented.
  func covered(by coverage: Coverage) -> [Bool] {
    guard !design.keepsUnits else { return coverage.covers(scores: scores, targets: data.targets) }
    var covered = [Bool](repeating: false, count: data.sampleCount)
    forEachTileOfScores { rows, scores in
      let isCovered = coverage.covers(scores: scores, targets: data.targets.selectingRows(Array(rows)))
      for (row, isCovered) in zip(rows, isCovered) { covered[row] = isCovered }
    }
    return covered
  }

  /// The error on the samples; see ``error(scores:of:)``.
  var trainError: Double {
    guard !design.keepsUnits else { return error(scores: scores, of: data) }
    var sums = ErrorSums()
    forEachTileOfScores { rows, scores in
      sums.add(scores, data.targets.selectingRows(Array(rows)), data.weights.map { Array($0[rows]) }, data.task)
    }
    return sums.error(of: data.task)
  }

  /// Root mean square error in standard deviations of the targets, or error rate.
  func error(scores: Matrix, of samples: Dataset) -> Double {
    var sums = ErrorSums()
    sums.add(scores, samples.targets, samples.weights, samples.task)
    return sums.error(of: samples.task)
  }

  /// Hands ΦB to `body`, tile after tile in order.
  private func forEachTileOfScores(_ body: (Range<Int>, Matrix) -> Void) {
    let m = data.outputCount
    design.forEachTileInOrder(width: m, workers: workers) { tile, scores in
      Kernels.product(
        m: tile.count, n: m, k: readout.rows, a: tile.base, lda: tile.count, b: readout.values,
        ldb: readout.rows, c: scores, ldc: tile.count)
    } take: { rows, scores in
      let values = Array(UnsafeBufferPointer(start: scores, count: rows.count * m))
      body(rows, Matrix(rows: rows.count, columns: m, values: values))
    }
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
