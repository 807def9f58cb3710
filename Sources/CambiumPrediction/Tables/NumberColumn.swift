/// The numbers of a column, each kept as narrow as comes back to the same bits; not-a-number where one is missing.
///
/// They are parted into blocks of `blockRows` numbers. A block whose numbers all were written with few digits holds
/// whole numbers over a power of ten, of 2 or 4 bytes; numbers that lose nothing as 32-bit floating point take 4; all
/// others are as they are, of 8. A block lies in memory or in a ``TileFile``. To read a number is O(1), to read many in
/// order is best done by ``copy(_:to:)``.
public struct NumberColumn: Sendable, RandomAccessCollection {
  /// Numbers in each block but the last.
  package static let blockRows = 4096

  package private(set) var blocks: [NumberBlock] = []
  /// The numbers of the last block, while it may still grow.
  private var open: [Double] = []
  /// Where blocks go that are full; nil where they stay in memory.
  private var writer: (any NumberBlockWriter)?

  /// A column without numbers.
  public init() {}

  /// A column whose blocks go to a file as soon as they are full.
  package init(writingTo writer: (any NumberBlockWriter)?) { self.writer = writer }

  /// A column of blocks, all of them full but the last.
  package init(blocks: [NumberBlock], count: Int) {
    self.blocks = blocks
    self.count = count
  }

  /// A column of the given numbers.
  public init(_ numbers: some Sequence<Double>) {
    for number in numbers { append(number) }
  }

  /// Appends a number, or not-a-number for a missing one.
  public mutating func append(_ number: Double) {
    open.append(number)
    count += 1
    if open.count == Self.blockRows { seal() }
  }

  private mutating func seal() {
    let block = NumberBlock(open)
    blocks.append(writer.map { $0.storing(block) } ?? block)
    open.removeAll(keepingCapacity: true)
  }

  /// The same with its last numbers in a block of their own, to which nothing can be appended.
  package func sealed() -> NumberColumn {
    var column = self
    if !column.open.isEmpty { column.seal() }
    column.writer = nil
    return column
  }

  /// 0.
  public var startIndex: Int { 0 }
  /// Behind the last.
  public var endIndex: Int { count }
  /// How many numbers there are.
  public private(set) var count = 0

  /// Number `row`.
  public subscript(row: Int) -> Double {
    let block = row / Self.blockRows
    let place = row % Self.blockRows
    return block == blocks.count ? open[place] : blocks[block][place]
  }

  /// Writes the numbers of some rows, in order.
  public func copy(_ rows: Range<Int>, to numbers: UnsafeMutablePointer<Double>) {
    var next = rows.lowerBound
    while next < rows.upperBound {
      let block = next / Self.blockRows
      let start = block * Self.blockRows
      let end = Swift.min(rows.upperBound, start + Self.blockRows)
      let out = numbers + (next - rows.lowerBound)
      if block == blocks.count {
        for place in next - start..<end - start { (out + (place - next + start)).pointee = open[place] }
      } else {
        blocks[block].copy(next - start..<end - start, to: out)
      }
      next = end
    }
  }

  /// Writes the numbers of the given rows, in the given order: fast where they rise.
  func copy(rowsAt rows: ArraySlice<Int32>, to numbers: UnsafeMutablePointer<Double>) {
    var next = rows.startIndex
    while next < rows.endIndex {
      let block = Int(rows[next]) / Self.blockRows
      let start = Int32(block * Self.blockRows)
      var end = next + 1
      while end < rows.endIndex, rows[end] >= start, rows[end] - start < Self.blockRows { end += 1 }
      let out = numbers + (next - rows.startIndex)
      if block == blocks.count {
        for (place, row) in rows[next..<end].enumerated() { out[place] = open[Int(row - start)] }
      } else {
        blocks[block].copy(rowsAt: rows[next..<end], less: start, to: out)
      }
      next = end
    }
  }

  /// The numbers of the given rows, in the given order: fast where they rise.
  package func numbers(ofRows rows: [Int]) -> [Double] {
    [Double](unsafeUninitializedCapacity: rows.count) { buffer, written in
      if let base = buffer.baseAddress { copy(rowsAt: rows.map(Int32.init)[...], to: base) }
      written = rows.count
    }
  }

  /// Lends the numbers block by block, in order.
  package func forEachBlock(_ body: (UnsafeBufferPointer<Double>) -> Void) {
    _ = allBlocksSatisfy {
      body($0)
      return true
    }
  }

  /// Whether `isSo` holds for the numbers of every block; it hears of none after one for which it does not.
  package func allBlocksSatisfy(_ isSo: (UnsafeBufferPointer<Double>) -> Bool) -> Bool {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: Self.blockRows) { buffer in
      guard let base = buffer.baseAddress else { return true }
      return stride(from: 0, to: count, by: Self.blockRows).allSatisfy { start in
        let end = Swift.min(count, start + Self.blockRows)
        copy(start..<end, to: base)
        return isSo(UnsafeBufferPointer(start: base, count: end - start))
      }
    }
  }

  /// Whether numbers are read from a file.
  var isInFile: Bool { blocks.first?.offset != nil }

  /// All numbers.
  public var array: [Double] {
    [Double](unsafeUninitializedCapacity: count) { buffer, written in
      if let base = buffer.baseAddress { copy(0..<count, to: base) }
      written = count
    }
  }

  /// The bytes that the numbers take.
  public var byteCount: Int { blocks.reduce(open.count * 8) { $0 + $1.byteCount } }
}

extension NumberColumn: ExpressibleByArrayLiteral {
  /// A column of the given numbers.
  public init(arrayLiteral numbers: Double...) { self.init(numbers) }
}
