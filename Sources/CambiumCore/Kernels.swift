internal import CKernels
internal import COpenBLAS

/// Small dense products on one thread, by OpenBLAS; with few columns by kernels of our own, since packing takes it longer than
/// the product does. All matrices are column-major.
public enum Kernels {
  /// The most columns of a product whose kernels are our own: with six OpenBLAS takes twice as long, with twenty of long
  /// products no longer (AVX2; tiles of 96 and 512 rows).
  private static let narrow = 8
  /// The same of a Gram matrix.
  private static let narrowGram = 16

  private static let prepared: Void = {
    cambium_choose_blas_kernels()
    openblas_set_num_threads(1)
  }()

  /// Has OpenBLAS use the processor's best kernels, and keeps it from starting threads of its own, which would make
  /// results depend on their number: tiles are shared out above it.
  package static func prepareLibrary() { prepared }

  /// Ends OpenBLAS' own threads, which no product here uses. For programs alone: in a process that others share,
  /// they may be somebody's.
  public static func endLibraryThreads() {
    prepareLibrary()  // first: setting their number would start them again
    cambium_end_blas_threads()
  }

  /// C (m × n) = A (m × k) · B (k × n), with leading dimensions; adds to C where `adding`.
  @inline(__always)
  public static func product(
    m: Int, n: Int, k: Int, a: UnsafePointer<Double>, lda: Int, b: UnsafePointer<Double>, ldb: Int,
    c: UnsafeMutablePointer<Double>, ldc: Int, adding: Bool = false
  ) {
    guard n > narrow else {
      return cambium_narrow_product(m, n, k, a, lda, b, ldb, c, ldc, adding ? 1 : 0)
    }
    gemm(CblasNoTrans, CblasNoTrans, m, n, k, a, lda, b, ldb, c, ldc, adding)
  }

  /// C (m × n) = Aᵀ · B for A (k × m) and B (k × n); adds to C where `adding`.
  @inline(__always)
  public static func productOfTransposed(
    m: Int, n: Int, k: Int, a: UnsafePointer<Double>, lda: Int, b: UnsafePointer<Double>, ldb: Int,
    c: UnsafeMutablePointer<Double>, ldc: Int, adding: Bool = false
  ) {
    guard n > narrow else {
      return cambium_narrow_product_of_transposed(m, n, k, a, lda, b, ldb, c, ldc, adding ? 1 : 0)
    }
    gemm(CblasTrans, CblasNoTrans, m, n, k, a, lda, b, ldb, c, ldc, adding)
  }

  /// C (m × n) = A · Bᵀ for A (m × k) and B (n × k); adds to C where `adding`.
  @inline(__always)
  public static func productWithTransposed(
    m: Int, n: Int, k: Int, a: UnsafePointer<Double>, lda: Int, b: UnsafePointer<Double>, ldb: Int,
    c: UnsafeMutablePointer<Double>, ldc: Int, adding: Bool = false
  ) {
    gemm(CblasNoTrans, CblasTrans, m, n, k, a, lda, b, ldb, c, ldc, adding)
  }

  private static func gemm(
    _ first: CBLAS_TRANSPOSE, _ second: CBLAS_TRANSPOSE, _ m: Int, _ n: Int, _ k: Int,
    _ a: UnsafePointer<Double>, _ lda: Int,
    _ b: UnsafePointer<Double>, _ ldb: Int, _ c: UnsafeMutablePointer<Double>, _ ldc: Int, _ adding: Bool
  ) {
    guard m > 0, n > 0 else { return }
    prepareLibrary()
    cblas_dgemm(
      CblasColMajor, first, second, Int32(m), Int32(n), Int32(k), 1, a,
      Int32(max(lda, 1)), b, Int32(max(ldb, 1)), adding ? 1 : 0, c, Int32(max(ldc, 1)))
  }

  /// The upper triangle of C (n × n) += Aᵀ · A for A (k × n).
  public static func addGram(
    n: Int, k: Int, a: UnsafePointer<Double>, lda: Int, to c: UnsafeMutablePointer<Double>
  ) {
    guard n > narrowGram else { return cambium_narrow_gram(n, k, a, lda, c) }
    prepareLibrary()
    cblas_dsyrk(
      CblasColMajor, CblasUpper, CblasTrans, Int32(n), Int32(k), 1, a, Int32(max(lda, 1)), 1, c, Int32(n))
  }

  /// The same of float32, summed up in it before it is added to C.
  package static func addGram(
    n: Int, k: Int, a: UnsafePointer<Float>, lda: Int, to c: UnsafeMutablePointer<Double>
  ) {
    guard n > 0 else { return }
    prepareLibrary()
    withUnsafeTemporaryAllocation(of: Float.self, capacity: n * n) { buffer in
      guard let own = buffer.baseAddress else { return }
      cblas_ssyrk(
        CblasColMajor, CblasUpper, CblasTrans, Int32(n), Int32(k), 1, a, Int32(max(lda, 1)), 0, own, Int32(n))
      for j in 0..<n { for i in 0...j { c[i + j * n] += Double(own[i + j * n]) } }
    }
  }
}
