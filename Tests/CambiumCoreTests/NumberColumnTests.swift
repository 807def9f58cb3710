import Testing

@testable import CambiumCore

/// Numbers come back to the same bits, however narrow they are kept.
@Suite struct NumberColumnTests {
  /// Three blocks and a part of one.
  private static let count = 3 * NumberColumn.blockRows + 17

  private static func decimals(_ range: ClosedRange<Int>, over divisor: Double) -> [Double] {
    let generator = RandomStream(seed: 1).child("decimals").generator()
    return (0..<count).map { _ in
      Double(range.lowerBound + generator.index(below: range.upperBound - range.lowerBound + 1)) / divisor
    }
  }

  /// What is kept, and bytes for each number of a whole block.
  static let kinds: [(name: String, numbers: [Double], bytes: Int)] = [
    ("whole", decimals(-32_767...32_767, over: 1), 2), ("four digits", decimals(0...9999, over: 1e4), 2),
    ("nine digits", decimals(-999_999_999...999_999_999, over: 1e9), 4),
    ("large", decimals(-1_500_000_000...1_500_000_000, over: 1), 4),
    ("any", KernelSamples.numbers(count, "any"), 8),
    ("larger than 32 bits", decimals(0...4_000_000_000, over: 1), 8),
    ("all missing", [Double](repeating: .nan, count: count), 2),
    ("gaps", decimals(-500...500, over: 10).enumerated().map { $0.offset % 7 == 0 ? .nan : $0.element }, 2),
    ("a zero with a sign in each block", (0..<count).map { $0 % 4096 == 9 ? -0.0 : Double($0 % 50) }, 4),
    ("of single precision", KernelSamples.numbers(count, "any").map { Double(Float($0)) }, 4),
    (
      "infinite",
      decimals(0...9, over: 1).enumerated().map { $0.offset % 4096 == 5 ? .infinity : $0.element }, 4
    ),
  ]

  @Test(arguments: kinds.indices)
  func numbersComeBack(kind: Int) {
    let (name, numbers, bytes) = Self.kinds[kind]
    let column = NumberColumn(numbers)
    #expect(column.count == numbers.count)
    #expect(column.byteCount == 3 * NumberColumn.blockRows * bytes + 17 * 8, "\(name)")
    let bits = numbers.map { $0.isNaN ? UInt64.max : $0.bitPattern }
    #expect(column.map { $0.isNaN ? UInt64.max : $0.bitPattern } == bits, "\(name), one by one")
    #expect(column.array.map { $0.isNaN ? UInt64.max : $0.bitPattern } == bits, "\(name), all at once")
    for rows in [0..<1, 4095..<4097, 17..<9000, 12_288..<12_305, 5..<5] {
      var part = [Double](repeating: 0, count: rows.count)
      part.withUnsafeMutableBufferPointer { if let base = $0.baseAddress { column.copy(rows, to: base) } }
      #expect(
        part.map { $0.isNaN ? UInt64.max : $0.bitPattern } == Array(bits[rows]), "\(name), rows \(rows)")
    }
  }

  @Test func ofAFileOfDecimalsEveryNumberIsTheNearest() throws {
    let texts = (0..<5000).map { "\($0 % 100).\(format(7919 * $0 % 10_000))" }
    let table = try Table.parse("x,y\n" + texts.map { "\($0),1\n" }.joined())
    #expect(try table.numbers("x") == texts.map { Double($0) ?? .nan })
  }

  private func format(_ number: Int) -> String {
    String(repeating: "0", count: 4 - "\(number)".count) + "\(number)"
  }
}
