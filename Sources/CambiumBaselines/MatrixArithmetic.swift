internal import CKernels
internal import CambiumCore

// Whole matrices through the project's kernels, for networks whose layers are read in both directions.
extension Matrix {
  /// A · B. O(rows · columns · columns of B).
  func times(_ other: Matrix) -> Matrix {
    precondition(columns == other.rows, "\(rows) × \(columns) times \(other.rows) × \(other.columns)")
    return Matrix.filled(rows, other.columns, by: self, other) { a, b, c in
      Kernels.product(
        m: rows, n: other.columns, k: columns, a: a, lda: rows, b: b, ldb: other.rows, c: c, ldc: rows)
    }
  }

  /// Aᵀ · B. O(rows · columns · columns of B).
  func transposedTimes(_ other: Matrix) -> Matrix {
    precondition(rows == other.rows, "(\(rows) × \(columns))ᵀ times \(other.rows) × \(other.columns)")
    return Matrix.filled(columns, other.columns, by: self, other) { a, b, c in
      Kernels.productOfTransposed(
        m: columns, n: other.columns, k: rows, a: a, lda: rows, b: b, ldb: rows, c: c, ldc: columns)
    }
  }

  /// A · Bᵀ. O(rows · columns · rows of B).
  func timesTransposed(_ other: Matrix) -> Matrix {
    precondition(columns == other.columns, "\(rows) × \(columns) times (\(other.rows) × \(other.columns))ᵀ")
    return Matrix.filled(rows, other.rows, by: self, other) { a, b, c in
      Kernels.productWithTransposed(
        m: rows, n: other.rows, k: columns, a: a, lda: rows, b: b, ldb: other.rows, c: c, ldc: rows)
    }
  }

  private static func filled(
    _ rows: Int, _ columns: Int, by a: Matrix, _ b: Matrix,
    _ body: (UnsafePointer<Double>, UnsafePointer<Double>, UnsafeMutablePointer<Double>) -> Void
  ) -> Matrix {
    var result = Matrix(rows: rows, columns: columns)
    guard !a.values.isEmpty, !b.values.isEmpty else { return result }
    a.values.withUnsafeBufferPointer { a in
      b.values.withUnsafeBufferPointer { b in
        result.values.withUnsafeMutableBufferPointer { c in
          guard let a = a.baseAddress, let b = b.baseAddress, let c = c.baseAddress else { return }
          body(a, b, c)
        }
      }
    }
    return result
  }

  /// f of every entry.
  func mapped(by activation: Activation) -> Matrix {
    var result = self
    result.values.withUnsafeMutableBufferPointer { values in
      guard let values = values.baseAddress else { return }
      cambium_values(activation.function, rows * columns, values, values)
    }
    return result
  }

  /// f and f′ of every entry.
  func mappedWithSlopes(by activation: Activation) -> (values: Matrix, slopes: Matrix) {
    var (result, slopes) = (self, self)
    result.values.withUnsafeMutableBufferPointer { values in
      slopes.values.withUnsafeMutableBufferPointer { slopes in
        guard let values = values.baseAddress, let slopes = slopes.baseAddress else { return }
        cambium_values_and_slopes(activation.function, rows * columns, values, values, slopes)
      }
    }
    return (result, slopes)
  }

  /// A column of ones, and then these columns.
  func withOnes() -> Matrix {
    Matrix(
      rows: rows, columns: 1 + columns, values: [Double](repeating: 1, count: rows) + values)
  }

  /// The columns from the given one on.
  func columns(from first: Int) -> Matrix {
    Matrix(rows: rows, columns: columns - first, values: Array(values[first * rows..<columns * rows]))
  }

  /// Columns that were rows.
  func transposed() -> Matrix {
    var result = Matrix(rows: columns, columns: rows)
    for j in 0..<columns { for i in 0..<rows { result[j, i] = self[i, j] } }
    return result
  }

  /// Every row times a number of its own; where there are none, as it is.
  func scalingRows(by weights: [Double]?) -> Matrix {
    guard let weights else { return self }
    var result = self
    for j in 0..<columns { for i in 0..<rows { result.values[i + j * rows] *= weights[i] } }
    return result
  }
}
