internal import CKernels

/// Threads that share the tiles of a reduction.
///
/// How many there are changes no result: work is cut into fixed pieces, and partial results are put together
/// in the pieces' order. Other processes may share the sums (``Team``).
public final class WorkerPool: Sendable {
  /// The number of threads, the caller's among them.
  public let threads: Int
  /// The processes that share sums over rows; nil where this one is alone.
  private let team: (any Team)?
  private nonisolated(unsafe) let pool: OpaquePointer

  /// Starts a pool. `threads` is at least 1; where the system refuses that many, one serves. Processes of a team have as many
  /// threads each.
  public init(threads: Int, team: (any Team)? = nil) {
    precondition(threads >= 1, "a pool has at least one thread")
    self.team = team.flatMap { $0.count > 1 ? $0 : nil }
    if let pool = cambium_pool_create(threads) {
      self.pool = pool
      self.threads = threads
    } else if let pool = cambium_pool_create(1) {
      self.pool = pool
      self.threads = 1
    } else {
      preconditionFailure("no memory for a pool of threads")
    }
  }

  deinit { cambium_pool_destroy(pool) }

  /// The team, where the caller may meet it: not inside work that the threads share, which comes in no fixed order.
  package var presentTeam: (any Team)? { cambium_pool_is_inside_job() == 0 ? team : nil }

  /// Whether the caller's is the only thread that works for it: of one, or inside work that threads share.
  package var isOneThread: Bool { threads == 1 || cambium_pool_is_inside_job() != 0 }

  /// Whether it is so here or on any other process of the team, all of which ask.
  package func isSoOnAny(_ isSo: Bool) -> Bool { presentTeam?.isSoOnAny(isSo) ?? isSo }

  /// Calls `body` once for each index in 0 ..< `count`, on any of the threads, and returns when all are done.
  public func forEach(_ count: Int, _ body: (Int) -> Void) {
    if threads == 1 || count < 2 {
      for index in 0..<count { body(index) }
      return
    }
    withoutActuallyEscaping(body) { body in
      var job = Job(body: body)
      withUnsafeMutablePointer(to: &job) { context in
        cambium_pool_run(
          pool, count, { context, index in context?.assumingMemoryBound(to: Job.self).pointee.body(index) },
          context)
      }
    }
  }

  /// One result for each index in 0 ..< `count`, in the order of the indices.
  public func map<Value>(_ count: Int, _ transform: (Int) -> Value) -> [Value] {
    [Value?](unsafeUninitializedCapacity: count) { buffer, initialized in
      buffer.initialize(repeating: nil)
      forEach(count) { [buffer] in buffer[$0] = transform($0) }
      initialized = count
    }.compactMap { $0 }
  }

  /// The same, the processes of a team each computing a part: `transform` meets no other process.
  package func shared<Value: BitwiseCopyable>(_ count: Int, _ initial: Value, _ transform: (Int) -> Value)
    -> [Value]
  {
    guard let team = presentTeam else { return map(count, transform) }
    var values = [Value](repeating: initial, count: count)
    let own = team.part(of: count)
    values.replaceSubrange(own, with: map(own.count) { transform(own.lowerBound + $0) })
    team.complete(&values) { team.part(of: count, for: $0) }
    return values
  }

  private struct Job {
    let body: (Int) -> Void
  }
}
