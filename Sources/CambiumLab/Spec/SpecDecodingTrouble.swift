internal import CambiumCore

/// Words what is wrong where a spec's tree does not decode.
struct SpecDecodingTrouble<Value: Spec> {
  /// The document, whose tree did not decode.
  let document: SpecDocument
  /// The spec's defaults, whose types tell which choices are legal.
  let defaults: Value

  /// The error of a user's making that a decoding error stands for.
  func inputError(of error: DecodingError) -> InputError {
    switch error {
    case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
      let path = keyPath(context.codingPath)
      return told(path, choices(at: path) ?? expectation(of: type))
    case .keyNotFound(let key, let context):
      let path = keyPath(context.codingPath)
      return document.error(
        at: path, found: "no key \"\(key.stringValue)\"", expected: "a value for \"\(key.stringValue)\"")
    case .dataCorrupted(let context):
      let path = context.codingPath.isEmpty ? unfitNumber() : keyPath(context.codingPath)
      return told(path, choices(at: path) ?? meaning(of: context.debugDescription, at: path))
    @unknown default:
      return document.error(at: [], found: "a value that does not fit", expected: "a legal spec")
    }
  }

  private func told(_ path: [String], _ expected: String) -> InputError {
    document.error(at: path, found: document.tree[path]?.finding ?? "nothing", expected: expected)
  }

  private func keyPath(_ path: [any CodingKey]) -> [String] {
    path.map { key in key.intValue.map(String.init) ?? key.stringValue }
  }

  private func expectation(of type: any Any.Type) -> String {
    switch type {
    case is any BinaryInteger.Type: "a whole number"
    case is any BinaryFloatingPoint.Type: SpecKind.number.expectation
    case is Bool.Type: SpecKind.truth.expectation
    case is String.Type: SpecKind.text.expectation
    case is any Sequence.Type:
      String(describing: type).hasPrefix("Dict") ? SpecKind.mapping.expectation : "a list"
    default: SpecKind.mapping.expectation
    }
  }

  /// The path of the first number that its place cannot hold (a fraction for a whole number). The decoder does
  /// not tell the path of such a number, so each is tried alone among numbers that fit anywhere.
  private func unfitNumber() -> [String] {
    let paths = document.tree.numberPaths()
    let harmless = paths.reduce(document.tree) { $0.laying(.integer(1), at: $1) ?? $0 }
    return paths.first { path in
      guard let number = document.tree[path], let trial = harmless.laying(number, at: path) else {
        return false
      }
      do {
        _ = try trial.decode(Value.self)
        return false
      } catch {
        return true
      }
    } ?? []
  }

  /// What a message of the decoder means to someone who wrote a file.
  private func meaning(of message: String, at path: [String]) -> String {
    if case .number? = document.tree[path] { return "a whole number" }
    if case .integer? = document.tree[path] { return "a number in the range of its kind" }
    // The project's own decoding says in its messages what is expected.
    return message.hasPrefix("expected ") ? String(message.dropFirst(9)) : "a legal value"
  }

  /// The legal choices at a path, where the defaults hold an enum there.
  private func choices(at path: [String]) -> String? {
    var value: Any = defaults
    for key in path {
      let mirror = Mirror(reflecting: value)
      let child =
        mirror.displayStyle == .collection
        ? mirror.children.first : mirror.children.first { $0.label == key }
      guard let child else { return nil }
      value = child.value
    }
    guard let names = SpecChoices.names(of: type(of: value)) else { return nil }
    guard case .text(let word)? = document.tree[path] else {
      return "one of " + names.joined(separator: ", ")
    }
    return NearMiss.expectation("a choice", for: word, among: names)
  }
}

extension SpecTree {
  /// The paths of all numbers, in the order of the keys.
  fileprivate func numberPaths(at path: [String] = []) -> [[String]] {
    switch self {
    case .integer, .number: [path]
    case .list(let elements):
      elements.enumerated().flatMap { $0.element.numberPaths(at: path + ["\($0.offset)"]) }
    case .mapping(let entries):
      entries.sorted { $0.key < $1.key }.flatMap { $0.value.numberPaths(at: path + [$0.key]) }
    default: []
    }
  }
}
