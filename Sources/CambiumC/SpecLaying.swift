internal import Cambium
internal import CambiumCore
internal import CambiumExport

extension GrowthSpec {
  /// The spec whose written keys are these and whose others are the defaults.
  ///
  /// - Throws: `InputError` with the path of a key that is unknown, or whose value is of another kind or out of range.
  init(laying written: JSONValue) throws {
    let defaults = try JSONValue(encoding: GrowthSpec())
    let complete = try defaults.laying(written, at: [])
    do {
      self = try Self.decoded(complete)
    } catch let error as InputError {
      // Of a number that is no whole one the decoder tells no place: it is the one that does not do by itself either.
      guard error.location.column == nil else { throw error }
      for leaf in written.numbers() {
        guard (try? Self.decoded(defaults.laying(leaf.alone, at: []))) == nil else { continue }
        throw InputError(
          .content, at: .init(file: "spec", column: leaf.path), found: leaf.words, expected: "a whole number")
      }
      throw error
    }
    try validate()
  }

  private static func decoded(_ value: JSONValue) throws -> GrowthSpec {
    try JSONArguments.decode(GrowthSpec.self, from: JSONArguments.text(value), named: "spec")
  }
}

/// A number among others that were written.
private struct NumberLeaf {
  /// Its keys, joined by points.
  let path: String
  /// The number.
  let words: String
  /// All that was written, but for the other numbers.
  let alone: JSONValue
}

extension JSONValue {
  /// The numbers of an object and the objects in it, in the order of their keys.
  fileprivate func numbers() -> [NumberLeaf] {
    switch self {
    case .integer(let number): [NumberLeaf(path: "", words: "\(number)", alone: self)]
    case .number(let number): [NumberLeaf(path: "", words: numberText(number), alone: self)]
    case .object(let members):
      members.sorted { $0.key < $1.key }.flatMap { key, value in
        value.numbers().map { leaf in
          NumberLeaf(
            path: leaf.path.isEmpty ? key : "\(key).\(leaf.path)", words: leaf.words,
            alone: .object([key: leaf.alone]))
        }
      }
    default: []
    }
  }
}

extension JSONValue {
  /// These values, and over them those that were written. Objects are laid key by key, all else takes the place of what
  /// was there. Only keys that are there can be written.
  fileprivate func laying(_ written: JSONValue, at path: [String]) throws -> JSONValue {
    guard case .object(var members) = self else { return written }
    guard case .object(let others) = written else {
      throw InputError(
        .content, at: .init(file: "spec", column: path.isEmpty ? nil : path.joined(separator: ".")),
        found: "a single value", expected: "an object with some of the keys \(members.keys.sorted())")
    }
    for (key, value) in others.sorted(by: { $0.key < $1.key }) {
      guard let member = members[key] else {
        throw InputError(
          .content, at: .init(file: "spec", column: (path + [key]).joined(separator: ".")),
          found: "unknown key \"\(key)\"",
          expected: NearMiss.expectation("a key", for: key, among: members.keys.sorted()))
      }
      members[key] = try member.laying(value, at: path + [key])
    }
    return .object(members)
  }
}
