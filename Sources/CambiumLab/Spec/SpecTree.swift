internal import FoundationEssentials

/// What a spec file holds, freed of its notation: a tree of mappings, lists and single values.
///
/// Every spec becomes such a tree by its encoding, which lists each legal key with its default.
public indirect enum SpecTree: Sendable, Hashable {
  /// No value at all: an empty place after a key.
  case nothing
  /// True or false.
  case boolean(Bool)
  /// A whole number.
  case integer(Int)
  /// Any other number.
  case number(Double)
  /// Text.
  case text(String)
  /// Values in order.
  case list([SpecTree])
  /// Values by key.
  case mapping([String: SpecTree])

  /// The tree of a value that can be encoded: a spec, part of a spec.
  ///
  /// - Throws: The value's own encoding error, an infinite number among them.
  public init(encoding value: some Encodable) throws {
    self = try JSONDecoder().decode(SpecTree.self, from: Self.encoder().encode(value))
  }

  /// The value of `type` that the tree describes.
  ///
  /// - Throws: `DecodingError`, whose coding path leads to the value that does not fit.
  public func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    try JSONDecoder().decode(type, from: Self.encoder().encode(self))
  }

  /// The tree as JSON with sorted keys: equal trees have equal text, and doubles keep every bit.
  public var canonicalText: String {
    guard let data = try? Self.encoder().encode(self) else { return "" }
    return String(decoding: data, as: UTF8.self)
  }

  /// The tree as JSON for people, indented, its keys sorted.
  public var indentedJSON: String {
    let encoder = Self.encoder()
    encoder.outputFormatting.insert(.prettyPrinted)
    guard let data = try? encoder.encode(self) else { return "" }
    return String(decoding: data, as: UTF8.self)
  }

  /// The value at a path of keys and list indices; nil where there is none.
  public subscript(path: some Collection<String>) -> SpecTree? {
    guard let key = path.first else { return self }
    switch self {
    case .mapping(let entries): return entries[key]?[path.dropFirst()]
    case .list(let elements):
      guard let index = Int(key), elements.indices.contains(index) else { return nil }
      return elements[index][path.dropFirst()]
    default: return nil
    }
  }

  /// The tree with another value at a path: mappings are laid over one another key by key, all else replaces
  /// what stood there. Nil where the path ends inside a single value or beyond a list's end.
  func laying(_ value: SpecTree, at path: some Collection<String>) -> SpecTree? {
    guard let key = path.first else { return laying(value) }
    switch self {
    case .mapping(var entries):
      guard let child = (entries[key] ?? .mapping([:])).laying(value, at: path.dropFirst()) else {
        return nil
      }
      entries[key] = child
      return .mapping(entries)
    case .list(var elements):
      guard let index = Int(key), elements.indices.contains(index),
        let child = elements[index].laying(value, at: path.dropFirst())
      else { return nil }
      elements[index] = child
      return .list(elements)
    case .nothing: return SpecTree.mapping([:]).laying(value, at: path)
    default: return nil
    }
  }

  /// The tree with another laid over it; an empty place leaves a mapping as it is.
  func laying(_ value: SpecTree) -> SpecTree {
    guard case .mapping(let below) = self else { return value }
    switch value {
    case .mapping(let above):
      return .mapping(below.merging(above) { $0.laying($1) })
    case .nothing: return self
    default: return value
    }
  }

  private static func encoder() -> JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }
}

extension SpecTree: Codable {
  /// Reads any value whatever.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .nothing
    } else if let value = try? container.decode(Bool.self) {
      self = .boolean(value)
    } else if let value = try? container.decode(Int.self) {
      self = .integer(value)
    } else if let value = try? container.decode(String.self) {
      self = .text(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode([SpecTree].self) {
      self = .list(value)
    } else {
      self = .mapping(try container.decode([String: SpecTree].self))
    }
  }

  /// Writes the plain value, without the names of the cases.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .nothing: try container.encodeNil()
    case .boolean(let value): try container.encode(value)
    case .integer(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .text(let value): try container.encode(value)
    case .list(let value): try container.encode(value)
    case .mapping(let value): try container.encode(value)
    }
  }
}
