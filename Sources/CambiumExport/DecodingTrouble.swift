public import CambiumCore

extension InputError {
  /// What a JSON decoder objected to in `bytes`, with the key path, or the line and column, where it stands.
  public init(describing error: DecodingError, in bytes: [UInt8], file: String?) {
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
    case .dataCorrupted(let context) where context.codingPath.isEmpty:
      guard let trouble = JSONSyntax.firstTrouble(in: bytes) else {
        // The JSON is sound, so the decoder stumbled over what a value stands for.
        self.init(
          .content, at: location, found: "a number or a text that cannot be read",
          expected: "whole numbers where they are due, and texts in UTF-8")
        return
      }
      location.line = trouble.line
      location.column = "\(trouble.column)"
      self.init(.content, at: location, found: trouble.found, expected: trouble.expected)
    case .dataCorrupted(let context):
      location.column = Self.path(context.codingPath)
      self.init(.content, at: location, found: context.debugDescription, expected: "a sound value")
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
