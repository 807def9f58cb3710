/// Processes that compute the same growth side by side, each the sums over its part of the rows.
///
/// All of them run the same program on the same data, and take the same steps: what one of them knows alone, the others are
/// told before anything depends on it. They meet in the calls below, in the same order on each of them; a call whose others
/// do not come waits. Numbers arrive to the bit.
public protocol Team: AnyObject, Sendable {
  /// Which of the processes this is, 0 ..< `count`.
  var rank: Int { get }
  /// How many there are, at least 1.
  var count: Int { get }
  /// Hands bytes to another process, which receives as many.
  func send(_ bytes: UnsafeRawBufferPointer, to rank: Int)
  /// Fills a buffer with what another process sends.
  func receive(_ bytes: UnsafeMutableRawBufferPointer, from rank: Int)
  /// Hands the bytes of one process to all others.
  func broadcast(_ bytes: UnsafeMutableRawBufferPointer, from rank: Int)
}

extension Team {
  /// The part of 0 ..< `count` that a process takes: parts follow on one another and differ by at most one.
  public func part(of count: Int, for rank: Int) -> Range<Int> {
    rank * count / self.count..<(rank + 1) * count / self.count
  }

  /// The part of 0 ..< `count` that this process takes.
  public func part(of count: Int) -> Range<Int> { part(of: count, for: rank) }

  /// The bytes of one process, however many, on all.
  public func broadcast(_ bytes: [UInt8], from rank: Int) -> [UInt8] {
    var count = bytes.count
    withUnsafeMutableBytes(of: &count) { broadcast($0, from: rank) }
    var received = self.rank == rank ? bytes : [UInt8](repeating: 0, count: count)
    received.withUnsafeMutableBytes { broadcast($0, from: rank) }
    return received
  }

  /// The bytes of each process, in the order of their ranks.
  public func gathered(_ bytes: [UInt8]) -> [[UInt8]] { (0..<count).map { broadcast(bytes, from: $0) } }

  /// Puts together an array of which each process has written some places: `ranges` says which.
  public func complete<Element: BitwiseCopyable>(_ values: inout [Element], ranges: (Int) -> Range<Int>) {
    values.withUnsafeMutableBufferPointer { values in
      for rank in 0..<count {
        broadcast(UnsafeMutableRawBufferPointer(rebasing: values[ranges(rank)]), from: rank)
      }
    }
  }

  /// The least of the processes' numbers, place by place.
  public func minimum(_ numbers: [Double]) -> [Double] {
    var all = [Double](repeating: 0, count: count * numbers.count)
    all.replaceSubrange(rank * numbers.count..<(rank + 1) * numbers.count, with: numbers)
    complete(&all) { $0 * numbers.count..<($0 + 1) * numbers.count }
    return numbers.indices.map { place in
      (0..<count).reduce(.infinity) { min($0, all[$1 * numbers.count + place]) }
    }
  }

  /// Whether it is so on any process: what clocks and signals say may come to them at different times.
  public func isSoOnAny(_ isSo: Bool) -> Bool { minimum([isSo ? 0 : 1]) == [0] }
}

extension UnsafeMutableRawBufferPointer {
  fileprivate init<Element>(rebasing slice: Slice<UnsafeMutableBufferPointer<Element>>) {
    self.init(UnsafeMutableBufferPointer(rebasing: slice))
  }
}
