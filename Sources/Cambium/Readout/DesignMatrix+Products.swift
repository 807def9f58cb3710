internal import CKernels
internal import CambiumCore

extension DesignMatrix {
  /// ΦᵀVΦ, its upper triangle (p × p, column-major). O(N p²).
  func gram(weights: [Double]?, workers: WorkerPool) -> [Double] {
    let p = columnCount
    return sum(p * p, workers: workers) { tile, sums in
      guard let weights else {
        return Kernels.addGram(n: p, k: tile.count, a: tile.base, lda: tile.count, to: sums)
      }
      tile.withRootWeighted(columns: p, by: weights) { rows in
        Kernels.addGram(n: p, k: tile.count, a: rows, lda: tile.count, to: sums)
      }
    }
  }

  /// ΦᵀVY (p × m, column-major). O(N p m).
  func moments(with targets: Matrix, weights: [Double]?, workers: WorkerPool) -> [Double] {
    let p = columnCount
    let m = targets.columns
    let weighted = targets.multiplyingRows(by: weights)
    return sum(p * m, workers: workers) { tile, sums in
      tile.withRows(of: weighted) { y in
        Kernels.productOfTransposed(
          m: p, n: m, k: tile.count, a: tile.base, lda: tile.count, b: y, ldb: rowCount, c: sums, ldc: p,
          adding: true)
      }
    }
  }

  /// ΦB for the first rows(B) columns of Φ: N × m. O(N p m).
  func product(with readout: Matrix, workers: WorkerPool) -> Matrix {
    var result = Matrix(rows: rowCount, columns: readout.columns)
    let n = rowCount
    result.values.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      forEachTile(workers: workers) { tile in
        Kernels.product(
          m: tile.count, n: readout.columns, k: readout.rows, a: tile.base, lda: tile.count,
          b: readout.values,
          ldb: readout.rows, c: base + tile.rows.lowerBound, ldc: n)
      }
    }
    return result
  }
}

extension DesignMatrix.Tile {
  /// ΦB of these rows for the first rows(B) columns of Φ: count × m.
  func product(with readout: Matrix) -> Matrix {
    var product = Matrix(rows: count, columns: readout.columns)
    if readout.columns == 1 {
      product.values.withUnsafeMutableBufferPointer { product in
        guard let product = product.baseAddress else { return }
        WeightedColumns.add(atMost: readout.rows, rows: count, to: product) { columns in
          for j in 0..<readout.rows { columns.append(readout[j, 0], column(j)) }
        }
      }
    } else {
      Kernels.product(
        m: count, n: readout.columns, k: readout.rows, a: base, lda: count, b: readout.values,
        ldb: readout.rows, c: &product.values, ldc: count)
    }
    return product
  }

  /// Lends these rows of an N × k matrix, whose columns are N values apart.
  func withRows<Result>(of matrix: Matrix, _ body: (UnsafePointer<Double>) -> Result) -> Result {
    matrix.values.withUnsafeBufferPointer { values in
      guard let base = values.baseAddress else { preconditionFailure("a matrix without columns") }
      return body(base + rows.lowerBound)
    }
  }

  /// Lends the weights of these rows; nil where every sample counts once.
  func withWeights<Result>(_ weights: [Double]?, _ body: (UnsafePointer<Double>?) -> Result) -> Result {
    guard let weights else { return body(nil) }
    return weights.withUnsafeBufferPointer { v in body(v.baseAddress.map { $0 + rows.lowerBound }) }
  }

  /// Lends a column of these rows multiplied by their weights; itself where every sample counts once.
  func withWeighted(
    _ column: UnsafePointer<Double>, by weights: [Double]?, _ body: (UnsafePointer<Double>) -> Void
  ) {
    withWeights(weights) { weights in
      guard let weights else { return body(column) }
      withUnsafeTemporaryAllocation(of: Double.self, capacity: count) { buffer in
        guard let weighted = buffer.baseAddress else { return }
        cambium_multiply(count, column, weights, weighted)
        body(weighted)
      }
    }
  }

  /// Lends the first columns with every row multiplied by the root of its weight.
  func withRootWeighted(columns: Int, by weights: [Double], _ body: (UnsafePointer<Double>) -> Void) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: count * (columns + 1)) { buffer in
      guard let scratch = buffer.baseAddress else { return }
      let roots = scratch + count * columns
      for i in 0..<count { roots[i] = weights[rows.lowerBound + i].squareRoot() }
      for j in 0..<columns { cambium_multiply(count, column(j), roots, scratch + j * count) }
      body(scratch)
    }
  }
}

extension Loss {
  /// The loss of a tile's scores (count × m); they become the gradient v · (output − target).
  func valueAndGradient(
    of scores: UnsafeMutablePointer<Double>, over tile: DesignMatrix.Tile, targets: Matrix, weights: [Double]?
  ) -> Double {
    tile.withRows(of: targets) { y in
      tile.withWeights(weights) { v in
        valueAndGradient(
          rows: tile.count, outputs: targets.columns, scores: scores, targets: y, targetStride: targets.rows,
          weights: v)
      }
    }
  }
}

extension Matrix {
  /// The matrix with rows of zeros appended.
  func extended(toRows count: Int) -> Matrix {
    guard count != rows else { return self }
    var extended = Matrix(rows: count, columns: columns)
    for j in 0..<columns { for i in 0..<min(rows, count) { extended[i, j] = self[i, j] } }
    return extended
  }

  /// The matrix with row n multiplied by `weights[n]`; itself without weights.
  func multiplyingRows(by weights: [Double]?) -> Matrix {
    guard let weights else { return self }
    var product = self
    for j in 0..<columns { for i in 0..<rows { product[i, j] *= weights[i] } }
    return product
  }
}
