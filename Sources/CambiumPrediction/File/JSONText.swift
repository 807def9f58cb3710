/// A JSON text in memory with the places of its values, to decode from.
///
/// Foundation's decoder is not used, so that a program that predicts links without it, and so that what is off is told with
/// its line and column.
package final class JSONText {
  /// Where a value starts, and the index of the first value behind it and its parts.
  struct Value {
    let start: UInt32
    var next: UInt32
  }

  /// Where and how a text is not JSON.
  struct Trouble: Error, Equatable {
    let line: Int
    /// Counted in bytes from 1.
    let column: Int
    let found: String
    let expected: String
  }

  /// What a letter after a backslash stands for, beside `u`.
  static let escapes: [UInt8: UInt8] = [
    UInt8(ascii: "\""): UInt8(ascii: "\""), UInt8(ascii: "\\"): UInt8(ascii: "\\"),
    UInt8(ascii: "/"): UInt8(ascii: "/"), UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0C,
    UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09,
  ]

  private let bytes: [UInt8]
  private let values: [Value]
  /// Whether the texts `infinity`, `-infinity` and `nan` are read as numbers where one is due.
  let readsNamedNumbers: Bool

  init(_ bytes: [UInt8], readsNamedNumbers: Bool = false) throws(Trouble) {
    guard bytes.count < UInt32.max else {
      throw Trouble(line: 1, column: 1, found: "more than 4 GiB", expected: "a smaller text")
    }
    self.bytes = bytes
    values = try JSONScanner(bytes).values
    self.readsNamedNumbers = readsNamedNumbers
  }

  /// What JSON a text of `bytes` holds, as a value of this type; `file` is its name in messages.
  ///
  /// - Throws: `InputError` with the line and column, or the path of keys, that is at fault.
  package static func decode<Decoded: Decodable>(
    _ type: Decoded.Type, from bytes: [UInt8], file: String?, readsNamedNumbers: Bool = false
  ) throws -> Decoded {
    try decoding(bytes, file: file, readsNamedNumbers: readsNamedNumbers) { try $0.decode(type) }
  }

  /// Lends the text of `bytes` to `body`, and words what goes wrong.
  static func decoding<Decoded>(
    _ bytes: [UInt8], file: String?, readsNamedNumbers: Bool = false, _ body: (JSONText) throws -> Decoded
  ) throws -> Decoded {
    let text: JSONText
    do {
      text = try JSONText(bytes, readsNamedNumbers: readsNamedNumbers)
    } catch {
      throw InputError(
        .content, at: InputLocation(file: file, line: error.line, column: "\(error.column)"),
        found: error.found, expected: error.expected)
    }
    do {
      return try body(text)
    } catch let error as InputError {
      throw file.map { error.inFile($0) } ?? error
    } catch let error as DecodingError {
      throw InputError(describing: error, in: text, file: file)
    }
  }

  /// All of the text as a value of this type.
  func decode<Decoded: Decodable>(_ type: Decoded.Type) throws -> Decoded {
    try Decoded(from: JSONDecoding(self, at: 0))
  }
}

// MARK: - What stands where

extension JSONText {
  /// The kinds of values.
  enum Kind {
    case null, truth(Bool), number, string, array, object
  }

  func kind(at index: Int) -> Kind {
    switch bytes[Int(values[index].start)] {
    case UInt8(ascii: "n"): .null
    case UInt8(ascii: "t"): .truth(true)
    case UInt8(ascii: "f"): .truth(false)
    case UInt8(ascii: "\""): .string
    case UInt8(ascii: "["): .array
    case UInt8(ascii: "{"): .object
    default: .number
    }
  }

  /// The indices of the parts of an array; of an object those of its keys, each of whose values comes next.
  func parts(at index: Int, isObject: Bool = false) -> [Int] {
    var parts: [Int] = []
    let end = Int(values[index].next)
    var part = index + 1
    while part < end {
      parts.append(part)
      part = Int(values[isObject ? part + 1 : part].next)
    }
    return parts
  }

  /// The bytes of the number at an index.
  func withNumber<Result>(at index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    let start = Int(values[index].start)
    let end = bytes[start...].firstIndex { !Self.isOfNumber($0) } ?? bytes.count
    return bytes[start..<end].withUnsafeBufferPointer(body)
  }

  private static func isOfNumber(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."),
      UInt8(ascii: "e"), UInt8(ascii: "E"):
      true
    default: false
    }
  }

  /// The text at an index, its escapes resolved.
  func string(at index: Int) -> String {
    let start = Int(values[index].start) + 1
    guard
      let end = bytes[start...].firstIndex(where: { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") })
    else { return "" }
    guard bytes[end] == UInt8(ascii: "\\") else { return String(decoding: bytes[start..<end], as: UTF8.self) }
    return stringWithEscapes(from: start)
  }

  private func stringWithEscapes(from start: Int) -> String {
    var text: [UInt8] = []
    var halves: [UInt16] = []
    var position = start
    while bytes[position] != UInt8(ascii: "\"") {
      if bytes[position] == UInt8(ascii: "\\"), bytes[position + 1] == UInt8(ascii: "u") {
        let digits = String(decoding: bytes[position + 2..<position + 6], as: UTF8.self)
        halves.append(UInt16(digits, radix: 16) ?? 0)
        position += 6
        continue
      }
      text += String(decoding: halves, as: UTF16.self).utf8
      halves = []
      if bytes[position] == UInt8(ascii: "\\") {
        text.append(Self.escapes[bytes[position + 1]] ?? 0)
        position += 2
      } else {
        text.append(bytes[position])
        position += 1
      }
    }
    text += String(decoding: halves, as: UTF16.self).utf8
    return String(decoding: text, as: UTF8.self)
  }
}
