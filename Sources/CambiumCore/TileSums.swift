/// Sums over tiles that come out the same on any number of threads.
///
/// The tiles are parted into shards whose number follows from the tiles alone; each shard adds its tiles up in order,
/// and the shards' sums are added in order.
public struct TileSums {
  /// The most shards, and the most numbers in all their sums.
  public static let largestShardCount = 32
  static let largestPartialCount = 8_000_000

  private let tileCount: Int
  private let size: Int
  private let shardCount: Int

  /// Sums of `size` numbers over `tileCount` tiles, in at most `largestShardCount` shards.
  public init(tileCount: Int, size: Int, largestShardCount: Int = TileSums.largestShardCount) {
    self.tileCount = tileCount
    self.size = size
    let affordable = max(2, Self.largestPartialCount / max(size, 1))
    shardCount = min(tileCount, largestShardCount, affordable)
  }

  /// The sum of what `body` adds for each tile to the numbers that it is lent; on one thread where `workers` is nil.
  public func run(
    on workers: WorkerPool?, _ body: (Int, UnsafeMutablePointer<Double>) -> Void
  ) -> [Double] {
    guard shardCount > 0 else { return [Double](repeating: 0, count: size) }
    var partial = [Double](repeating: 0, count: size * shardCount)
    partial.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      nonisolated(unsafe) let sums = base
      func add(_ shard: Int) {
        for tile in shard * tileCount / shardCount..<(shard + 1) * tileCount / shardCount {
          body(tile, sums + shard * size)
        }
      }
      if let workers {
        workers.forEach(shardCount, add)
      } else {
        for shard in 0..<shardCount { add(shard) }
      }
      for shard in 1..<shardCount {
        for k in 0..<size { base[k] += base[shard * size + k] }
      }
    }
    return Array(partial[0..<size])
  }
}
