internal import CKernels

/// Sums over tiles that come out the same on any number of threads, and of processes of a team.
///
/// The tiles are parted into shards whose number follows from the tiles alone; each shard adds its tiles up in order,
/// and the shards' sums are added in order. Of a team each process takes some shards that follow on one another, and hands
/// what it has added up on to the next: as many numbers as the sum has, whatever the number of rows. Only where there are more
/// processes than shards there are more shards, and the sum is the same but for its rounding.
public struct TileSums {
  /// The most shards, and the most numbers in all their sums.
  public static let largestShardCount = 32
  static let largestPartialCount = 8_000_000
  /// So many tiles, two million rows, have eight times as many shards, so that large clusters have work for each thread.
  private static let manyTiles = 4096

  private let tileCount: Int
  private let size: Int
  private let shardCount: Int

  /// Sums of `size` numbers over `tileCount` tiles, in at most `largestShardCount` shards.
  public init(tileCount: Int, size: Int, largestShardCount: Int = TileSums.largestShardCount) {
    self.tileCount = tileCount
    self.size = size
    let affordable = max(2, Self.largestPartialCount / max(size, 1))
    let most = tileCount < Self.manyTiles ? largestShardCount : 8 * largestShardCount
    shardCount = min(tileCount, most, affordable)
  }

  /// The sum of what `body` adds for each tile to the numbers that it is lent; on one thread where `workers` is nil, and
  /// then by each process of a team for itself.
  public func run(
    on workers: WorkerPool?, _ body: (Int, UnsafeMutablePointer<Double>) -> Void
  ) -> [Double] {
    guard shardCount > 0 else { return [Double](repeating: 0, count: size) }
    guard let team = workers?.presentTeam else {
      return sum(of: 0..<shardCount, among: shardCount, on: workers, body)
    }
    let shards = min(tileCount, max(shardCount, team.count))
    var sum = sum(of: team.part(of: shards), among: shards, on: workers, body, after: team)
    let last = (0..<team.count).last { !team.part(of: shards, for: $0).isEmpty } ?? 0
    sum.withUnsafeMutableBytes { team.broadcast($0, from: last) }
    return sum
  }

  /// Which tiles each process of a team takes.
  package func tiles(of team: any Team, for rank: Int) -> Range<Int> {
    let shards = min(tileCount, max(shardCount, team.count))
    let own = team.part(of: shards, for: rank)
    return own.lowerBound * tileCount / max(shards, 1)..<own.upperBound * tileCount / max(shards, 1)
  }

  /// The sum of some shards; of a team's process added to what those before it have, and handed on to the next.
  private func sum(
    of own: Range<Int>, among shards: Int, on workers: WorkerPool?,
    _ body: (Int, UnsafeMutablePointer<Double>) -> Void, after team: (any Team)? = nil
  ) -> [Double] {
    guard !own.isEmpty else { return [Double](repeating: 0, count: size) }
    let partial = UnsafeMutablePointer<Double>.allocate(capacity: size * own.count)
    defer { partial.deallocate() }
    nonisolated(unsafe) let sums = partial
    func add(_ place: Int) {
      let shard = own.lowerBound + place
      (sums + place * size).initialize(repeating: 0, count: size)
      for tile in shard * tileCount / shards..<(shard + 1) * tileCount / shards {
        body(tile, sums + place * size)
      }
    }
    if let workers {
      workers.forEach(own.count, add)
    } else {
      for place in 0..<own.count { add(place) }
    }
    let isFirst = own.lowerBound == 0
    var total =
      isFirst ? Array(UnsafeBufferPointer(start: partial, count: size)) : [Double](repeating: 0, count: size)
    if !isFirst, let team {
      let before = (0..<team.rank).last { !team.part(of: shards, for: $0).isEmpty } ?? 0
      total.withUnsafeMutableBytes { team.receive($0, from: before) }
    }
    total.withUnsafeMutableBufferPointer { total in
      for place in (isFirst ? 1 : 0)..<own.count {
        cambium_add_scaled(size, 1, partial + place * size, total.baseAddress)
      }
    }
    if own.upperBound < shards, let team {
      let next = (team.rank + 1..<team.count).first { !team.part(of: shards, for: $0).isEmpty } ?? 0
      total.withUnsafeBytes { team.send($0, to: next) }
    }
    return total
  }
}
