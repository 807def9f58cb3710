import COpenBLAS
import CambiumCore

/// What the machine's BLAS reaches: the measure that kernels are held against.
enum Peak {
  /// Operations a second of single-precision products of two 1536 × 1536 matrices, one on each of `threads` threads.
  static func singlePrecision(threads: Int) -> Double {
    let n = 1536
    let workers = WorkerPool(threads: threads)
    Kernels.prepareLibrary()
    let a = [Float](repeating: 0.5, count: n * n)
    let b = a
    let c = UnsafeMutablePointer<Float>.allocate(capacity: n * n * threads)
    c.initialize(repeating: 0, count: n * n * threads)
    defer { c.deallocate() }
    nonisolated(unsafe) let results = c
    let seconds = Clock.medianSeconds(rounds: 5) {
      workers.forEach(threads) { thread in
        cblas_sgemm(
          CblasColMajor, CblasNoTrans, CblasNoTrans, Int32(n), Int32(n), Int32(n), 1, a, Int32(n), b,
          Int32(n),
          0, results + thread * n * n, Int32(n))
      }
    }
    return 2 * Double(n * n * n * threads) / seconds
  }
}
