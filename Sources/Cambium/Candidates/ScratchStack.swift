internal import Synchronization

/// Memory that sweeps over tiles borrow and give back, so that as many blocks are made as threads borrow at once, and
/// a block stays in its core's cache.
final class ScratchStack<Scalar: PoolScalar>: Sendable {
  private struct Block: @unchecked Sendable {
    let base: UnsafeMutablePointer<Scalar>
    let count: Int
  }

  private let free = Mutex<[Block]>([])

  /// Lends `count` values, of which nothing is known.
  func lend(_ count: Int, _ body: (UnsafeMutablePointer<Scalar>) -> Void) {
    var block = free.withLock { $0.popLast() }
    if let small = block, small.count < count {
      small.base.deallocate()
      block = nil
    }
    let lent = block ?? Self.block(count)
    body(lent.base)
    free.withLock { $0.append(lent) }
  }

  private static func block(_ count: Int) -> Block {
    let bytes = max(count, 1) * MemoryLayout<Scalar>.stride
    let base = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
      .bindMemory(to: Scalar.self, capacity: max(count, 1))
    base.initialize(repeating: 0, count: max(count, 1))
    return Block(base: base, count: count)
  }

  deinit { free.withLock { $0.forEach { $0.base.deallocate() } } }
}
