public import CambiumCore

/// Changes files of JSON at random: mostly a value, so that they stay JSON and are refused for what they say; sometimes a byte.
public struct FileMutation {
  private let generator: RandomGenerator

  /// Mutations that a stream draws.
  public init(_ stream: RandomStream) { generator = stream.generator() }

  /// The file with one change or a few; `other` is a file that parts may come from.
  public func mutated(_ file: [UInt8], mixing other: [UInt8]) -> [UInt8] {
    var file = file
    repeat {
      let values = JSONSpans(of: file).values
      if values.isEmpty || generator.index(below: 8) == 0 {
        changeBytes(of: &file)
      } else {
        change(values[generator.index(below: values.count)], of: &file, values, mixing: other)
      }
    } while generator.index(below: 3) == 0 && file.count < Self.largest
    return file
  }

  /// Mutations let no file grow far beyond.
  private static let largest = 100_000

  /// What any value may become: the ends of number ranges, the words of files, other kinds.
  private static let values = [
    "0", "-0", "1", "-1", "2", "3", "0.5", "1.5", "1e-320", "5e-324", "1e16", "1e100", "-1e100", "1e154",
    "1e155", "1e308", "-1e308",
    "1.7976931348623157e308", "1e400", "255", "256", "65535", "1000000000", "1000000001", "2147483647",
    "2147483648",
    "4294967296", "4611686018427387904", "9223372036854775807", "-9223372036854775808", "9223372036854775808",
    "18446744073709551615", "null", "true", "false", "\"\"", "\"a\"", "\"nan\"", "\"infinity\"", "[]", "{}",
    "[[]]",
    "[0,0]", "[1,0]", "[-1e308,1e308]", "\"grown\"", "\"mlp\"", "\"committee:grown\"",
    "\"committee:committee:grown\"",
    "\"stacked:grown,mlp\"", "\"numeric\"", "\"text\"", "\"numbers\"", "\"classes\"", "\"oneHot\"",
    "{\"regression\":{}}",
    "{\"classification\":{\"classes\":2}}", "{\"classification\":{\"classes\":1000000000}}", "\"second\"",
    "\"softmax\"",
  ]

  private func change(
    _ value: Range<Int>, of file: inout [UInt8], _ values: [Range<Int>], mixing other: [UInt8]
  ) {
    let place = values[generator.index(below: values.count)]
    switch generator.index(below: 10) {
    case 0...2: file.replaceSubrange(value, with: Self.values[generator.index(below: Self.values.count)].utf8)
    case 3:
      let words = Activation.allCases.map { "\"\($0.rawValue)\"" } + StopReason.allWords
      file.replaceSubrange(value, with: words[generator.index(below: words.count)].utf8)
    case 4: file.replaceSubrange(value, with: Array(file[place]))
    case 5:
      let others = JSONSpans(of: other).values
      if others.isEmpty { return }
      file.replaceSubrange(value, with: other[others[generator.index(below: others.count)]])
    case 6: file.removeSubrange(withComma(value, in: file))
    case 7:
      let copies = [1, 2, 30][generator.index(below: 3)]
      let copy = Array(file[value]) + [UInt8(ascii: ",")]
      guard copy.count * copies < Self.largest else { return }
      file.insert(contentsOf: (0..<copies).flatMap { _ in copy }, at: value.lowerBound)
    case 8:
      let digit = value.filter { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(file[$0]) }
      if digit.isEmpty { return }
      file[digit[generator.index(below: digit.count)]] = UInt8(ascii: "0") + UInt8(generator.index(below: 10))
    default:
      let depth = [1, 10, 600][generator.index(below: 3)]
      let bracket = generator.index(below: 2) == 0 ? ("[", "]") : ("{\"a\":", "}")
      let nested =
        Array(String(repeating: bracket.0, count: depth).utf8) + file[value]
        + Array(String(repeating: bracket.1, count: depth).utf8)
      file.replaceSubrange(value, with: nested)
    }
  }

  /// A value with the comma behind it, or before it.
  private func withComma(_ value: Range<Int>, in file: [UInt8]) -> Range<Int> {
    var start = value.lowerBound
    // A member goes with its key.
    if start > 1, file[start - 1] == UInt8(ascii: ":") {
      start = file[..<(start - 2)].lastIndex(of: UInt8(ascii: "\"")) ?? start
    }
    if value.upperBound < file.count, file[value.upperBound] == UInt8(ascii: ",") {
      return start..<value.upperBound + 1
    }
    return (start > 0 && file[start - 1] == UInt8(ascii: ",") ? start - 1 : start)..<value.upperBound
  }

  private func changeBytes(of file: inout [UInt8]) {
    let place = generator.index(below: file.count + 1)
    let byte = UInt8(generator.index(below: 256))
    switch generator.index(below: 5) {
    case 0: file.insert(byte, at: place)
    case 1 where place < file.count: file[place] = byte
    case 2 where place < file.count: file[place] ^= 1 << (byte & 7)
    case 3: file.removeSubrange(place..<min(file.count, place + Int(byte)))
    default: file.removeSubrange(place...)
    }
  }
}

extension StopReason {
  fileprivate static var allWords: [String] {
    [StopReason.fullCoverage, .bestHeldOutSize, .unitBudget, .interrupted].map { "\"\($0.rawValue)\"" }
  }
}

/// Where the values of a text of JSON stand, keys not among them; as many as can be told where it is none.
struct JSONSpans {
  private(set) var values: [Range<Int>] = []

  init(of text: [UInt8]) {
    var open: [Int] = []
    var position = 0
    while position < text.count {
      let start = position
      position += 1
      switch text[start] {
      case UInt8(ascii: "["), UInt8(ascii: "{"): open.append(start)
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        if let start = open.popLast() { values.append(start..<position) }
      case UInt8(ascii: "\""):
        while position < text.count, text[position] != UInt8(ascii: "\"") {
          position += text[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        position = min(text.count, position + 1)
        if position >= text.count || text[position] != UInt8(ascii: ":") { values.append(start..<position) }
      case UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: " "), UInt8(ascii: "\n"): break
      default:
        while position < text.count, !",:]} \n".utf8.contains(text[position]) { position += 1 }
        values.append(start..<position)
      }
    }
  }
}
