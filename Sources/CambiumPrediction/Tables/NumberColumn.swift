internal import CKernels

/// The numbers of a column, each kept as narrow as comes back to the same bits; not-a-number where one is missing.
///
/// They are parted into blocks of `blockRows` numbers. A block whose numbers all were written with few digits holds
/// whole numbers over a power of ten, of 2 or 4 bytes; any other holds them as they are, of 8. To read a number is
/// O(1), to read many in order is best done by ``copy(_:to:)``.
public struct NumberColumn: Sendable, RandomAccessCollection {
  /// Numbers in each block but the last.
  package static let blockRows = 4096

  private var blocks: [Block] = []
  /// The numbers of the last block, while it may still grow.
  private var open: [Double] = []

  /// A column without numbers.
  public init() {}

  /// A column of the given numbers.
  public init(_ numbers: some Sequence<Double>) {
    for number in numbers { append(number) }
  }

  /// Appends a number, or not-a-number for a missing one.
  public mutating func append(_ number: Double) {
    open.append(number)
    guard open.count == Self.blockRows else { return }
    blocks.append(Block(open))
    open.removeAll(keepingCapacity: true)
  }

  /// 0.
  public var startIndex: Int { 0 }
  /// How many numbers there are.
  public var endIndex: Int { blocks.count * Self.blockRows + open.count }

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

/// As many numbers as a block has, see ``NumberColumn``.
private enum Block: Sendable {
  /// Whole numbers over a power of ten; the least stands for a missing one.
  case narrow([Int16], divisor: Double)
  case middle([Int32], divisor: Double)
  case wide([Double])

  /// The most digits after the point: 10⁹ whole numbers of 32 bits have no more.
  private static let divisors: [Double] = (0...9).map { power(10, Double($0)) }

  init(_ numbers: [Double]) {
    guard let (divisor, largest) = Self.decimals(of: numbers) else {
      self = .wide(numbers)
      return
    }
    func wholes<Whole: FixedWidthInteger>() -> [Whole] {
      numbers.map { $0.isNaN ? .min : Whole(($0 * divisor).rounded()) }
    }
    self =
      largest <= Double(Int16.max) ? .narrow(wholes(), divisor: divisor) : .middle(wholes(), divisor: divisor)
  }

  /// The least power of ten that makes all numbers whole ones of 32 bits from which division, which is rounded once, has
  /// them back; and the largest of those. Nil where there is none.
  private static func decimals(of numbers: [Double]) -> (divisor: Double, largest: Double)? {
    var digits = 0
    var largest = 0.0
    for number in numbers where !number.isNaN {
      // A zero with a sign would come back without.
      guard number != 0 || number.sign == .plus else { return nil }
      var whole = (number * divisors[digits]).rounded()
      while whole / divisors[digits] != number {
        digits += 1
        guard digits < divisors.count else { return nil }
        whole = (number * divisors[digits]).rounded()
      }
      largest = max(largest, abs(number))
      guard largest * divisors[digits] < Double(Int32.max) else { return nil }
    }
    return (divisors[digits], (largest * divisors[digits]).rounded())
  }

  subscript(place: Int) -> Double {
    switch self {
    case .narrow(let wholes, let divisor): wholes[place] == .min ? .nan : Double(wholes[place]) / divisor
    case .middle(let wholes, let divisor): wholes[place] == .min ? .nan : Double(wholes[place]) / divisor
    case .wide(let numbers): numbers[place]
    }
  }

  func copy(_ places: Range<Int>, to out: UnsafeMutablePointer<Double>) {
    switch self {
    case .narrow(let wholes, let divisor):
      wholes.withUnsafeBufferPointer {
        guard let base = $0.baseAddress else { return }
        cambium_decimals_16(places.count, base + places.lowerBound, divisor, out)
      }
    case .middle(let wholes, let divisor):
      wholes.withUnsafeBufferPointer {
        guard let base = $0.baseAddress else { return }
        cambium_decimals_32(places.count, base + places.lowerBound, divisor, out)
      }
    case .wide(let numbers):
      numbers.withUnsafeBufferPointer {
        guard let base = $0.baseAddress else { return }
        out.update(from: base + places.lowerBound, count: places.count)
      }
    }
  }

  func copy(rowsAt rows: ArraySlice<Int32>, less start: Int32, to out: UnsafeMutablePointer<Double>) {
    func copy<Whole: FixedWidthInteger>(_ wholes: [Whole], over divisor: Double) {
      for (place, row) in rows.enumerated() {
        let whole = wholes[Int(row - start)]
        out[place] = whole == .min ? .nan : Double(whole) / divisor
      }
    }
    switch self {
    case .narrow(let wholes, let divisor): copy(wholes, over: divisor)
    case .middle(let wholes, let divisor): copy(wholes, over: divisor)
    case .wide(let numbers): for (place, row) in rows.enumerated() { out[place] = numbers[Int(row - start)] }
    }
  }

  var byteCount: Int {
    switch self {
    case .narrow(let wholes, _): wholes.count * 2
    case .middle(let wholes, _): wholes.count * 4
    case .wide(let numbers): numbers.count * 8
    }
  }
}
