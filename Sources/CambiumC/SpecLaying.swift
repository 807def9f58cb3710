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
    self = try JSONArguments.decode(GrowthSpec.self, from: JSONArguments.text(complete), named: "spec")
    try validate()
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
