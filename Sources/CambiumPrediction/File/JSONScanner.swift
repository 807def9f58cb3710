/// Reads a text as JSON (RFC 8259) in one pass: where each value starts and how many there are in it, or where the text
/// stops being JSON.
///
/// A stack of brackets of limited depth, so that no nesting overflows anything. O(bytes), 8 bytes of memory a value.
struct JSONScanner {
  /// The deepest nesting that is read.
  static let deepest = 512

  private let bytes: [UInt8]
  private var position = 0
  /// The containers that are still open: the closing bracket to come, and the index of the value.
  private var open: [(closing: UInt8, index: Int)] = []
  /// What was read, in the order of the text; keys are values too.
  private(set) var values: [JSONText.Value] = []

  /// Reads all of `bytes`, which are fewer than 2³² − 1.
  init(_ bytes: [UInt8]) throws(JSONText.Trouble) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }  // a mark of UTF-8 that some editors leave
    if let expected = expectation() { throw trouble(expected: expected) }
  }

  /// Reads on; what was expected at `position`, or nil at a good end.
  private mutating func expectation() -> String? {
    repeat {
      skipSpace()
      if let expected = value() { return expected }
      while true {
        skipSpace()
        guard let (closing, index) = open.last else {
          return position == bytes.count ? nil : "nothing more"
        }
        if take(closing) {
          values[index].next = UInt32(values.count)
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
    note()
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
      open.append((closing, values.count - 1))
      if closing == UInt8(ascii: "}"), let expected = key() { return expected }
      skipSpace()
      return value()
    default: return expected
    }
  }

  private mutating func key() -> String? {
    skipSpace()
    guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { return "a key in quotes" }
    note()
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
      guard position + 1 < bytes.count, JSONText.escapes[bytes[position + 1]] != nil else {
        return "an escape of JSON"
      }
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
    _ = take(UInt8(ascii: "-"))
    let isSound =
      (take(UInt8(ascii: "0")) || digits())
      && (!take(UInt8(ascii: ".")) || digits())
      && (!(take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")))
        || ((take(UInt8(ascii: "+")) || take(UInt8(ascii: "-")) || true) && digits()))
    let number = bytes[start..<position].withUnsafeBufferPointer { parsedNumber($0) }
    guard isSound, let number, number.isFinite else {
      position = start
      return "a finite number"
    }
    return nil
  }

  /// At least one digit.
  private mutating func digits() -> Bool {
    let start = position
    while position < bytes.count, bytes[position] &- UInt8(ascii: "0") < 10 { position += 1 }
    return position > start
  }

  /// Remembers that a value starts here; one without parts unless its end says otherwise.
  private mutating func note() {
    values.append(JSONText.Value(start: UInt32(position), next: UInt32(values.count + 1)))
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while position < bytes.count, isSpace(bytes[position]) { position += 1 }
  }

  private func isSpace(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x09, 0x0A, 0x0D: true
    default: false
    }
  }

  private func trouble(expected: String) -> JSONText.Trouble {
    let before = bytes[..<position]
    let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    return JSONText.Trouble(
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
