import COpenBLAS
import CambiumCore

/// What the machine's BLAS reaches: the measure that kernels are held against.
final class Peak {
  private static let n = 1536
  private let workers: WorkerPool
  private let threads: Int
  private let factor = [Float](repeating: 0.5, count: n * n)
  private nonisolated(unsafe) let results: UnsafeMutablePointer<Float>

  /// Single-precision products of two 1536 × 1536 matrices, one on each of `threads` threads.
  init(threads: Int) {
    Kernels.prepareLibrary()
    workers = WorkerPool(threads: threads)
    self.threads = threads
    results = .allocate(capacity: Self.n * Self.n * threads)
    results.initialize(repeating: 0, count: Self.n * Self.n * threads)
  }

  deinit { results.deallocate() }

  /// Operations of one call of ``multiply()``.
  var operations: Double { 2 * Double(Self.n * Self.n * Self.n * threads) }

  func multiply() {
    let n = Int32(Self.n)
    workers.forEach(threads) { thread in
      cblas_sgemm(
        CblasColMajor, CblasNoTrans, CblasNoTrans, n, n, n, 1, factor, n, factor, n, 0,
        results + thread * Self.n * Self.n, n)
    }
  }

  /// Operations a second.
  var rate: Double { operations / Clock.medianSeconds(rounds: 5) { multiply() } }
}
