extension InputError {
  /// What decoding objected to in a text, with the path of keys to where it stands.
  init(describing error: DecodingError, in text: JSONText, file: String?) {
    var location = InputLocation(file: file)
    switch error {
    case .keyNotFound(let key, let context):
      location.column = Self.path(context.codingPath)
      self.init(.content, at: location, found: "no key \"\(key.stringValue)\"", expected: "one")
    case .valueNotFound(_, let context):
      location.column = Self.path(context.codingPath)
      self.init(.content, at: location, found: "null", expected: "a value")
    case .typeMismatch(let type, let context):
      location.column = Self.path(context.codingPath)
      self.init(.content, at: location, found: "another kind of value", expected: Self.words(for: type))
    case .dataCorrupted(let context):
      location.column = Self.path(context.codingPath)
      let value = JSONValue(at: context.codingPath, in: text)?.finding ?? "nothing"
      let message = context.debugDescription
      if message.hasPrefix("expected ") {  // the project's own decoding, which says what is expected
        self.init(.content, at: location, found: value, expected: String(message.dropFirst(9)))
      } else if message.hasPrefix("Cannot initialize ClosedRange") {
        self.init(.content, at: location, found: value, expected: "the smaller number first")
      } else if message.hasPrefix("Cannot initialize ") {
        self.init(.content, at: location, found: value, expected: "a word that is known there")
      } else {
        self.init(.content, at: location, found: message, expected: "a sound value")
      }
    @unknown default:
      self.init(.content, at: location, found: "something unreadable", expected: "a sound value")
    }
  }

  /// `predictor.units[3].weight`
  private static func path(_ keys: [any CodingKey]) -> String? {
    guard !keys.isEmpty else { return nil }
    var path = ""
    for key in keys {
      if let index = key.intValue {
        path += "[\(index)]"
      } else {
        path += (path.isEmpty ? "" : ".") + key.stringValue
      }
    }
    return path
  }

  private static func words(for type: any Any.Type) -> String {
    switch type {
    case is String.Type: "a text"
    case is Bool.Type: "true or false"
    case is Int.Type, is UInt64.Type: "a whole number"
    case is Double.Type: "a number"
    case is any Collection.Type: "a list or an object"
    default: "a value of type \(type)"
    }
  }
}

extension JSONValue {
  /// The value at a path in a document; nil where there is none.
  fileprivate init?(at path: [any CodingKey], in text: JSONText) {
    guard var value = try? text.decode(JSONValue.self) else { return nil }
    for key in path {
      switch value {
      case .array(let values):
        guard let index = key.intValue, values.indices.contains(index) else { return nil }
        value = values[index]
      case .object(let members):
        guard let member = members[key.stringValue] else { return nil }
        value = member
      default: return nil
      }
    }
    self = value
  }

  /// What an error says was found.
  fileprivate var finding: String {
    switch self {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .number(let value): numberText(value)
    case .string(let value): "\"\(value.prefix(60))\""
    case .array(let values): "[\(values.prefix(4).map(\.finding).joined(separator: ", "))]"
    case .object: "an object"
    }
  }
}
