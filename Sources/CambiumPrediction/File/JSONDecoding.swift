/// Decodes the value at a place of a JSON text.
final class JSONDecoding: Decoder {
  private let text: JSONText
  private let index: Int
  /// What the value is a part of, and its key there; nil of the whole.
  private let parent: (decoding: JSONDecoding, key: any CodingKey)?

  init(_ text: JSONText, at index: Int) {
    self.text = text
    self.index = index
    parent = nil
  }

  private init(_ index: Int, in parent: JSONDecoding, key: any CodingKey) {
    text = parent.text
    self.index = index
    self.parent = (parent, key)
  }

  var userInfo: [CodingUserInfoKey: Any] { [:] }

  var codingPath: [any CodingKey] {
    var path: [any CodingKey] = []
    var place = parent
    while let (decoding, key) = place {
      path.append(key)
      place = decoding.parent
    }
    return path.reversed()
  }

  func singleValueContainer() -> any SingleValueDecodingContainer { self }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard case .array = text.kind(at: index) else { throw mismatch([Any].self) }
    return Elements(array: self, indices: text.parts(at: index))
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard case .object = text.kind(at: index) else { throw mismatch([String: Any].self) }
    // Of a key that stands there twice the first counts.
    let members = Dictionary(
      text.parts(at: index, isObject: true).map { (text.string(at: $0), $0 + 1) },
      uniquingKeysWith: { first, _ in first })
    return KeyedDecodingContainer(Members(object: self, indices: members))
  }

  private func mismatch(_ type: any Any.Type) -> DecodingError {
    let context = DecodingError.Context(codingPath: codingPath, debugDescription: "another kind of value")
    if case .null = text.kind(at: index) { return .valueNotFound(type, context) }
    return .typeMismatch(type, context)
  }
}

// MARK: - Whole documents

extension JSONDecoding {
  /// The value as it stands there.
  var json: JSONValue {
    switch text.kind(at: index) {
    case .null: .null
    case .truth(let value): .bool(value)
    case .number:
      text.withNumber(at: index) { digits in
        Int(String(decoding: digits, as: UTF8.self)).map { .integer($0) }
          ?? .number(parsedNumber(digits) ?? .nan)
      }
    case .string: .string(text.string(at: index))
    case .array: .array(text.parts(at: index).map { JSONDecoding(text, at: $0).json })
    case .object:
      .object(
        Dictionary(
          text.parts(at: index, isObject: true).map {
            (text.string(at: $0), JSONDecoding(text, at: $0 + 1).json)
          }, uniquingKeysWith: { first, _ in first }))
    }
  }
}

// MARK: - Scalars

extension JSONDecoding: SingleValueDecodingContainer {
  func decodeNil() -> Bool {
    if case .null = text.kind(at: index) { true } else { false }
  }

  func decode(_ type: Bool.Type) throws -> Bool {
    guard case .truth(let value) = text.kind(at: index) else { throw mismatch(type) }
    return value
  }

  func decode(_ type: String.Type) throws -> String {
    guard case .string = text.kind(at: index) else { throw mismatch(type) }
    return text.string(at: index)
  }

  func decode(_ type: Double.Type) throws -> Double {
    switch text.kind(at: index) {
    case .number: return text.withNumber(at: index) { parsedNumber($0) } ?? .nan
    case .string where text.readsNamedNumbers:
      switch text.string(at: index) {
      case "infinity": return .infinity
      case "-infinity": return -.infinity
      case "nan": return .nan
      default: throw mismatch(type)
      }
    default: throw mismatch(type)
    }
  }

  func decode(_ type: Float.Type) throws -> Float { Float(try decode(Double.self)) }

  func decode<Number: FixedWidthInteger & Decodable>(_ type: Number.Type) throws -> Number {
    guard case .number = text.kind(at: index) else { throw mismatch(type) }
    let number = text.withNumber(at: index) { digits in
      Number(String(decoding: digits, as: UTF8.self)) ?? parsedNumber(digits).flatMap { Number(exactly: $0) }
    }
    guard let number else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: codingPath, debugDescription: "expected a whole number"))
    }
    return number
  }

  func decode<Decoded: Decodable>(_ type: Decoded.Type) throws -> Decoded { try Decoded(from: self) }
}

// MARK: - Containers

/// A place in a list.
private struct Place: CodingKey {
  let index: Int

  init(_ index: Int) { self.index = index }
  init?(intValue: Int) { index = intValue }
  init?(stringValue: String) { return nil }

  var intValue: Int? { index }
  var stringValue: String { "\(index)" }
}

extension JSONDecoding {
  /// The elements of an array, in order.
  private struct Elements: UnkeyedDecodingContainer {
    let array: JSONDecoding
    let indices: [Int]
    var currentIndex = 0

    var codingPath: [any CodingKey] { array.codingPath }
    var count: Int? { indices.count }
    var isAtEnd: Bool { currentIndex >= indices.count }

    /// The next element, to decode from.
    private func next() throws -> JSONDecoding {
      let key = Place(currentIndex)
      guard !isAtEnd else {
        throw DecodingError.valueNotFound(
          Any.self, .init(codingPath: codingPath + [key], debugDescription: "the end of the list"))
      }
      return JSONDecoding(indices[currentIndex], in: array, key: key)
    }

    mutating func decodeNil() throws -> Bool {
      let isNull = try next().decodeNil()
      if isNull { currentIndex += 1 }
      return isNull
    }

    mutating func decode<Decoded: Decodable>(_ type: Decoded.Type) throws -> Decoded {
      let value = try Decoded(from: next())
      currentIndex += 1
      return value
    }

    mutating func nestedContainer<NestedKey: CodingKey>(keyedBy type: NestedKey.Type) throws
      -> KeyedDecodingContainer<NestedKey>
    {
      let container = try next().container(keyedBy: type)
      currentIndex += 1
      return container
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
      let container = try next().unkeyedContainer()
      currentIndex += 1
      return container
    }

    mutating func superDecoder() throws -> any Decoder {
      let decoder = try next()
      currentIndex += 1
      return decoder
    }
  }

  /// The members of an object.
  private struct Members<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let object: JSONDecoding
    let indices: [String: Int]

    var codingPath: [any CodingKey] { object.codingPath }
    var allKeys: [Key] { indices.keys.compactMap { Key(stringValue: $0) } }

    func contains(_ key: Key) -> Bool { indices[key.stringValue] != nil }

    /// The value of a key, to decode from.
    private func member(_ key: any CodingKey) throws -> JSONDecoding {
      guard let index = indices[key.stringValue] else {
        throw DecodingError.keyNotFound(key, .init(codingPath: codingPath, debugDescription: "no such key"))
      }
      return JSONDecoding(index, in: object, key: key)
    }

    func decodeNil(forKey key: Key) throws -> Bool { try member(key).decodeNil() }

    func decode<Decoded: Decodable>(_ type: Decoded.Type, forKey key: Key) throws -> Decoded {
      try Decoded(from: member(key))
    }

    func nestedContainer<NestedKey: CodingKey>(
      keyedBy type: NestedKey.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<NestedKey> {
      try member(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
      try member(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { object }
    func superDecoder(forKey key: Key) throws -> any Decoder { try member(key) }
  }
}
