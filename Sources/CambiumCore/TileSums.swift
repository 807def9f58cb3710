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
  /// Sums of more numbers are found by as many shards at a time as there are threads.
  private static let largeSize = 100_000
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
  ///
  /// - Parameter used: The places of the sum that `body` adds to and the caller reads, where they are not all: others are
  ///   not told to other processes.
  public func run(
    on workers: WorkerPool?, used: [Range<Int>]? = nil,
    _ body: (Int, UnsafeMutablePointer<Double>) -> Void
  ) -> [Double] {
    guard shardCount > 0 else { return [Double](repeating: 0, count: size) }
    guard let team = workers?.presentTeam else {
      return sum(of: 0..<shardCount, among: shardCount, on: workers, body)
    }
    let shards = min(tileCount, max(shardCount, team.count))
    let link = Link(team: team, used: used ?? [0..<size])
    var sum = sum(of: team.part(of: shards), among: shards, on: workers, body, through: link)
    let last = (0..<team.count).last { !team.part(of: shards, for: $0).isEmpty } ?? 0
    link.broadcast(&sum, from: last)
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
    _ body: (Int, UnsafeMutablePointer<Double>) -> Void, through link: Link? = nil
  ) -> [Double] {
    guard !own.isEmpty else { return [Double](repeating: 0, count: size) }
    func fill(_ shard: Int, _ sums: UnsafeMutablePointer<Double>) {
      sums.initialize(repeating: 0, count: size)
      for tile in shard * tileCount / shards..<(shard + 1) * tileCount / shards { body(tile, sums) }
    }
    let total =
      own.lowerBound == 0 && workers?.isOneThread ?? true
      ? sumOneByOne(own, fill) : sumAtOnce(own, on: workers, fill, after: link, among: shards)
    if own.upperBound < shards, let link {
      let team = link.team
      let next = (team.rank + 1..<team.count).first { !team.part(of: shards, for: $0).isEmpty } ?? 0
      link.send(total, to: next)
    }
    return total
  }

  /// The sum of the first shards, each of which is added before the next is found: two of them take memory at a time.
  private func sumOneByOne(_ own: Range<Int>, _ fill: (Int, UnsafeMutablePointer<Double>) -> Void)
    -> [Double]
  {
    [Double](unsafeUninitializedCapacity: size) { buffer, written in
      if let total = buffer.baseAddress {
        fill(own.lowerBound, total)
        let next = UnsafeMutablePointer<Double>.allocate(capacity: own.count > 1 ? size : 0)
        defer { next.deallocate() }
        for shard in own.dropFirst() {
          fill(shard, next)
          cambium_add_scaled(size, 1, next, total)
        }
      }
      written = size
    }
  }

  /// The sum of shards that threads find at once, of large sums as many at a time as there are threads, added to what the
  /// processes before have.
  private func sumAtOnce(
    _ own: Range<Int>, on workers: WorkerPool?, _ fill: (Int, UnsafeMutablePointer<Double>) -> Void,
    after link: Link?, among shards: Int
  ) -> [Double] {
    let isFirst = own.lowerBound == 0
    let isLarge = isFirst && size > Self.largeSize
    let most = isLarge ? min(workers?.threads ?? 1, own.count) : own.count
    let partial = UnsafeMutablePointer<Double>.allocate(capacity: size * most)
    defer { partial.deallocate() }
    nonisolated(unsafe) let sums = partial
    var total: [Double] = []
    for start in stride(from: own.lowerBound, to: own.upperBound, by: most) {
      let count = min(most, own.upperBound - start)
      func find(_ place: Int) { fill(start + place, sums + place * size) }
      if let workers { workers.forEach(count, find) } else { (0..<count).forEach(find) }
      var added = 0
      if total.isEmpty, isFirst {
        total = Array(UnsafeBufferPointer(start: partial, count: size))
        added = 1
      } else if let link, !isFirst {
        let before = (0..<link.team.rank).last { !link.team.part(of: shards, for: $0).isEmpty } ?? 0
        total = [Double](repeating: 0, count: size)
        link.receive(&total, from: before)
      }
      total.withUnsafeMutableBufferPointer { total in
        for place in added..<count {
          cambium_add_scaled(size, 1, partial + place * size, total.baseAddress)
        }
      }
    }
    return total
  }
}

/// How the processes of a team hand a sum on: the places that are used alone, one behind another.
private struct Link {
  let team: any Team
  let used: [Range<Int>]

  private var count: Int { used.reduce(0) { $0 + $1.count } }

  func send(_ sum: [Double], to rank: Int) {
    packed(sum).withUnsafeBytes { team.send($0, to: rank) }
  }

  func receive(_ sum: inout [Double], from rank: Int) {
    unpack(into: &sum) { team.receive($0, from: rank) }
  }

  func broadcast(_ sum: inout [Double], from rank: Int) {
    if team.rank == rank {
      var values = packed(sum)
      values.withUnsafeMutableBytes { team.broadcast($0, from: rank) }
    } else {
      unpack(into: &sum) { team.broadcast($0, from: rank) }
    }
  }

  private func packed(_ sum: [Double]) -> [Double] {
    used.count == 1 ? Array(sum[used[0]]) : used.flatMap { sum[$0] }
  }

  private func unpack(into sum: inout [Double], _ fill: (UnsafeMutableRawBufferPointer) -> Void) {
    var values = [Double](repeating: 0, count: count)
    values.withUnsafeMutableBytes(fill)
    sum.withUnsafeMutableBufferPointer { sum in
      values.withUnsafeBufferPointer { values in
        guard let sum = sum.baseAddress, var next = values.baseAddress else { return }
        for range in used {
          (sum + range.lowerBound).update(from: next, count: range.count)
          next += range.count
        }
      }
    }
  }
}
