internal import CKernels
internal import COpenBLAS

/// The Cholesky factor of a symmetric positive definite matrix (LAPACK).
public struct Cholesky: Sendable {
  /// The order of the matrix.
  public let order: Int
  private var factor: [Double]
  /// The most right sides that are solved one by one, as LAPACK is no faster with few.
  private static let narrow = 4

  /// Factors the matrix whose upper triangle stands in `matrix` (order × order, column-major); nil where it is
  /// not positive definite or not finite. O(order³ / 3).
  public init?(_ matrix: consuming [Double], order: Int) {
    precondition(matrix.count == order * order, "a square matrix")
    Kernels.prepareLibrary()
    self.order = order
    factor = matrix
    // LAPACK complains of a leading dimension of 0.
    guard order > 0 else { return }
    var n = Int32(order)
    var info: Int32 = 0
    dpotrf_("U", &n, &factor, &n, &info)
    guard info == 0, (0..<order).allSatisfy({ factor[$0 * (order + 1)].isFinite }) else { return nil }
  }

  /// X of A · X = B, for B with `columns` columns. O(order² · columns).
  public func solve(_ b: [Double], columns: Int = 1) -> [Double] {
    var x = b
    guard columns > Self.narrow else {
      x.withUnsafeMutableBufferPointer { x in
        guard let base = x.baseAddress else { return }
        for column in 0..<columns { cambium_solve_factored(order, factor, base + column * order) }
      }
      return x
    }
    var n = Int32(order)
    var count = Int32(columns)
    var info: Int32 = 0
    guard order > 0 else { return x }
    dpotrs_("U", &n, &count, factor, &n, &x, &n, &info)
    return x
  }

  /// The diagonal of A⁻¹. O(order³); takes no memory where nobody else has the factor.
  public consuming func inverseDiagonal() -> [Double] {
    let order = order
    var own = self
    var inverse: [Double] = []
    swap(&inverse, &own.factor)
    var n = Int32(order)
    var info: Int32 = 0
    dpotri_("U", &n, &inverse, &n, &info)
    return (0..<order).map { inverse[$0 * (order + 1)] }
  }
}

/// Eigenvalues and eigenvectors of a symmetric matrix (LAPACK).
public struct SymmetricEigen: Sendable {
  /// The eigenvalues, rising.
  public let values: [Double]
  /// An eigenvector of length 1 in each column, in the order of the values. Its sign is LAPACK's choice.
  public let vectors: Matrix

  /// Decomposes the matrix whose upper triangle stands in `matrix` (order × order, column-major); nil where it is not
  /// finite, or LAPACK gives up. O(order³).
  public init?(_ matrix: [Double], order: Int) {
    precondition(matrix.count == order * order, "a square matrix")
    guard matrix.allSatisfy(\.isFinite) else { return nil }
    Kernels.prepareLibrary()
    var vectors = matrix
    var values = [Double](repeating: 0, count: order)
    if order > 0 {
      var n = Int32(order)
      var length = Int32(34 * order)
      var work = [Double](repeating: 0, count: 34 * order)
      var info: Int32 = 0
      dsyev_("V", "U", &n, &vectors, &n, &values, &work, &length, &info)
      guard info == 0 else { return nil }
    }
    self.values = values
    self.vectors = Matrix(rows: order, columns: order, values: vectors)
  }
}
