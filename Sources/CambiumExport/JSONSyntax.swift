/// Finds where a text stops being JSON (RFC 8259). The decoder of Foundation tells only that it does.
///
/// A stack of brackets of limited depth, so that no nesting overflows anything. O(bytes).
struct JSONSyntax {
  /// Where and how a text is not JSON.
  struct Trouble: Equatable {
    let line: Int
    /// Counted in bytes from 1.
    let column: Int
    let found: String
    let expected: String
  }

  /// The deepest nesting that the decoder reads.
  static let deepest = 512

  private let bytes: [UInt8]
  private var position = 0
  /// The closing brackets that are still to come.
  private var open: [UInt8] = []

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The first trouble in a text; nil where it is sound.
  static func firstTrouble(in bytes: [UInt8]) -> Trouble? {
    var scanner = JSONSyntax(bytes)
    return scanner.expectation().map { scanner.trouble(expected: $0) }
  }

  /// Reads on; what was expected at `position`, or nil at a good end.
  private mutating func expectation() -> String? {
    repeat {
      skipSpace()
      if let expected = value() { return expected }
      while true {
        skipSpace()
        guard let closing = open.last else { return position == bytes.count ? nil : "nothing more" }
        if take(closing) {
          open.removeLast()
        } else if take(UInt8(ascii: ",")) {
          if closing == UInt8(ascii: "}"), let expected = key() { return expected }
          break
        } else {
          return "\",\" or \"\(Character(Unicode.Scalar(closing)))\""
        }
      }
    } while true
  }

  /// A whole scalar, an empty container, or all up to a container's first value.
  private mutating func value() -> String? {
    let expected = "a value"
    guard position < bytes.count else { return expected }
    switch bytes[position] {
    case UInt8(ascii: "\""): return string()
    case UInt8(ascii: "t"): return word("true")
    case UInt8(ascii: "f"): return word("false")
    case UInt8(ascii: "n"): return word("null")
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return number()
    case UInt8(ascii: "["), UInt8(ascii: "{"):
      guard open.count < Self.deepest else { return "at most \(Self.deepest) brackets within each other" }
      let closing = bytes[position] + 2
      position += 1
      skipSpace()
      if take(closing) { return nil }
      open.append(closing)
      if closing == UInt8(ascii: "}"), let expected = key() { return expected }
      skipSpace()
      return value()
    default: return expected
    }
  }

  private mutating func key() -> String? {
    skipSpace()
    guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { return "a key in quotes" }
    if let expected = string() { return expected }
    skipSpace()
    return take(UInt8(ascii: ":")) ? nil : "\":\""
  }

  private mutating func string() -> String? {
    position += 1
    let start = position
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        if let offset = bytes[start..<position].firstOffsetThatIsNotUTF8 {
          position = start + offset
          return "text in UTF-8"
        }
        position += 1
        return nil
      case UInt8(ascii: "\\"):
        if let expected = escape() { return expected }
      case 0..<0x20: return "\"\\\"\" at the end of a text"
      default: position += 1
      }
    }
    position = bytes.count
    return "\"\\\"\" at the end of a text"
  }

  private mutating func escape() -> String? {
    guard position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "u") else {
      position += 2
      return nil
    }
    guard let unit = codeUnit(at: position) else { return "four hexadecimal digits after \"\\u\"" }
    if UTF16.isLeadSurrogate(unit), codeUnit(at: position + 6).map(UTF16.isTrailSurrogate) ?? false {
      position += 12
      return nil
    }
    guard !UTF16.isSurrogate(unit) else { return "both halves of a surrogate pair" }
    position += 6
    return nil
  }

  /// The code unit of an escape `\uXXXX`.
  private func codeUnit(at position: Int) -> UInt16? {
    guard position + 6 <= bytes.count, bytes[position...].starts(with: "\\u".utf8) else { return nil }
    return UInt16(String(decoding: bytes[position + 2..<position + 6], as: UTF8.self), radix: 16)
  }

  private mutating func word(_ word: String) -> String? {
    guard bytes[position...].starts(with: word.utf8) else { return "a value" }
    position += word.utf8.count
    return nil
  }

  private mutating func number() -> String? {
    let start = position
    let letters = Set("+-.eE0123456789".utf8)
    while position < bytes.count, letters.contains(bytes[position]) { position += 1 }
    guard let number = Double(String(decoding: bytes[start..<position], as: UTF8.self)), number.isFinite
    else {
      position = start
      return "a finite number"
    }
    return nil
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) { position += 1 }
  }

  private func trouble(expected: String) -> Trouble {
    let before = bytes[..<position]
    let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    return Trouble(
      line: before.count { $0 == UInt8(ascii: "\n") } + 1, column: position - lineStart + 1, found: found,
      expected: expected)
  }

  private var found: String {
    guard position < bytes.count else { return "the end of the file" }
    let readable = bytes[position...].prefix(12).prefix { $0 >= 0x20 }
    guard !readable.isEmpty else { return "a control character" }
    return "\"" + String(decoding: readable, as: UTF8.self) + "\""
  }
}

extension ArraySlice<UInt8> {
  /// Where the first bytes stand, counted from the start, that are no UTF-8; nil where all are.
  fileprivate var firstOffsetThatIsNotUTF8: Int? {
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = makeIterator()
    var offset = 0
    while true {
      switch parser.parseScalar(from: &iterator) {
      case .valid(let scalar): offset += scalar.count
      case .error: return offset
      case .emptyInput: return nil
      }
    }
  }
}
