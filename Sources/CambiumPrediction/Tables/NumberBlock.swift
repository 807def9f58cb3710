internal import CKernels

/// Some numbers of a column, all kept alike; see ``NumberColumn``.
package struct NumberBlock: Sendable {
  /// How a number is kept.
  package enum Form: UInt8, Sendable {
    /// Whole numbers over a power of ten; the least stands for a missing one.
    case wholes16, wholes32
    /// Floating point; not-a-number for a missing one.
    case single, double

    /// Bytes of a number.
    package var width: Int {
      switch self {
      case .wholes16: 2
      case .wholes32, .single: 4
      case .double: 8
      }
    }
  }

  private enum Place: Sendable {
    case memory([UInt8])
    case file(TileFile, offset: Int)
  }

  /// How its numbers are kept.
  package let form: Form
  /// Whole numbers are to be divided by 10 to this power.
  package let digits: UInt8
  private let place: Place

  /// The most digits after the point: 10⁹ whole numbers of 32 bits have no more.
  package static let mostDigits: UInt8 = 9
  private static let divisors: [Double] = (0...9).map { power(10, Double($0)) }

  /// A block in a file whose bytes begin at `offset`.
  package init(_ form: Form, digits: UInt8, in file: TileFile, at offset: Int) {
    (self.form, self.digits, place) = (form, digits, .file(file, offset: offset))
  }

  /// Numbers as narrow as they come back to the same bits.
  init(_ numbers: [Double]) {
    func bytes<Number>(_ values: [Number]) -> Place { .memory(values.withUnsafeBytes(Array.init)) }
    guard let (digits, largest) = Self.decimals(of: numbers) else {
      digits = 0
      let isSingle = numbers.allSatisfy { $0.isNaN || Double(Float($0)).bitPattern == $0.bitPattern }
      form = isSingle ? .single : .double
      place = isSingle ? bytes(numbers.map { Float($0) }) : bytes(numbers)
      return
    }
    let divisor = Self.divisors[Int(digits)]
    func wholes<Whole: FixedWidthInteger>() -> [Whole] {
      numbers.map { $0.isNaN ? .min : Whole(($0 * divisor).rounded()) }
    }
    self.digits = digits
    form = largest <= Double(Int16.max) ? .wholes16 : .wholes32
    place = form == .wholes16 ? bytes(wholes() as [Int16]) : bytes(wholes() as [Int32])
  }

  /// The least power of ten that makes all numbers whole ones of 32 bits from which division, which is rounded once, has
  /// them back; and the largest of those. Nil where there is none.
  private static func decimals(of numbers: [Double]) -> (digits: UInt8, largest: Double)? {
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
    return (UInt8(digits), (largest * divisors[digits]).rounded())
  }

  /// Its bytes where they are in memory; nil where they are in a file.
  package var bytes: [UInt8]? {
    if case .memory(let bytes) = place { bytes } else { nil }
  }

  /// Where its bytes begin in a file; nil where they are in memory.
  package var offset: Int? {
    if case .file(_, let offset) = place { offset } else { nil }
  }

  /// Bytes of memory that its numbers take.
  var byteCount: Int { bytes?.count ?? 0 }

  /// Number `index`.
  subscript(index: Int) -> Double {
    var number = 0.0
    copy(index..<index + 1, to: &number)
    return number
  }

  /// Writes some of the numbers, in order.
  func copy(_ indices: Range<Int>, to out: UnsafeMutablePointer<Double>) {
    withBytes(of: indices) { bytes in
      let count = indices.count
      let divisor = Self.divisors[Int(digits)]
      switch form {
      case .wholes16:
        cambium_decimals_16(count, bytes.assumingMemoryBound(to: Int16.self), divisor, out)
      case .wholes32:
        cambium_decimals_32(count, bytes.assumingMemoryBound(to: Int32.self), divisor, out)
      case .single:
        let singles = bytes.assumingMemoryBound(to: Float.self)
        for i in 0..<count { out[i] = Double(singles[i]) }
      case .double: out.update(from: bytes.assumingMemoryBound(to: Double.self), count: count)
      }
    }
  }

  /// Writes the numbers of the given rows, in the given order; `start` is the row of the block's first number.
  func copy(rowsAt rows: ArraySlice<Int32>, less start: Int32, to out: UnsafeMutablePointer<Double>) {
    guard let first = rows.min(), let last = rows.max() else { return }
    withBytes(of: Int(first - start)..<Int(last - start) + 1) { bytes in
      func wholes<Whole: FixedWidthInteger>(_ wholes: UnsafePointer<Whole>) {
        let divisor = Self.divisors[Int(digits)]
        for (place, row) in rows.enumerated() {
          let whole = wholes[Int(row - first)]
          out[place] = whole == .min ? .nan : Double(whole) / divisor
        }
      }
      switch form {
      case .wholes16: wholes(bytes.assumingMemoryBound(to: Int16.self))
      case .wholes32: wholes(bytes.assumingMemoryBound(to: Int32.self))
      case .single:
        let singles = bytes.assumingMemoryBound(to: Float.self)
        for (place, row) in rows.enumerated() { out[place] = Double(singles[Int(row - first)]) }
      case .double:
        let doubles = bytes.assumingMemoryBound(to: Double.self)
        for (place, row) in rows.enumerated() { out[place] = doubles[Int(row - first)] }
      }
    }
  }

  /// Lends the bytes of some of the numbers.
  private func withBytes(of indices: Range<Int>, _ body: (UnsafeRawPointer) -> Void) {
    let (start, count) = (indices.lowerBound * form.width, indices.count * form.width)
    switch place {
    case .memory(let bytes): bytes.withUnsafeBytes { $0.baseAddress.map { body($0 + start) } }
    case .file(let file, let offset):
      withUnsafeTemporaryAllocation(byteCount: count, alignment: 8) { buffer in
        guard let base = buffer.baseAddress else { return }
        // Where nothing can be read any more the file remembers why, and its numbers are 0.
        if !file.read(UnsafeMutableRawBufferPointer(start: base, count: count), at: offset + start) {
          base.initializeMemory(as: UInt8.self, repeating: 0, count: count)
        }
        body(UnsafeRawPointer(base))
      }
    }
  }
}

/// Takes blocks of numbers out of memory.
package protocol NumberBlockWriter: AnyObject, Sendable {
  /// The same numbers where they are kept from now on.
  func storing(_ block: NumberBlock) -> NumberBlock
}
