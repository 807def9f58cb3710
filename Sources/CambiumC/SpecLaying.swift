internal import Cambium
internal import CambiumCore
internal import CambiumExport

/// A spec, as callers write the keys of it that they care for.
enum SpecLaying {
  /// The spec whose written keys are these and whose others are the defaults; not yet validated.
  ///
  /// - Throws: `InputError` with the path of a key that is unknown, or whose value is of another kind.
  static func spec<Spec: Codable>(_ written: JSONValue?, over defaults: Spec, named name: String) throws
    -> Spec
  {
    guard let written else { return defaults }
    let complete = try JSONValue(encoding: defaults).laying(written, at: [], of: name)
    return try JSONArguments.decode(Spec.self, from: JSONArguments.text(complete), named: name)
  }
}

extension JSONValue {
  /// These values, and over them those that were written. Objects are laid key by key, all else takes the place of what
  /// was there. Only keys that are there can be written.
  fileprivate func laying(_ written: JSONValue, at path: [String], of name: String) throws -> JSONValue {
    guard case .object(var members) = self else { return written }
    guard case .object(let others) = written else {
      throw InputError(
        .content, at: .init(file: name, column: path.isEmpty ? nil : path.joined(separator: ".")),
        found: "a single value", expected: "an object with some of the keys \(members.keys.sorted())")
    }
    for (key, value) in others.sorted(by: { $0.key < $1.key }) {
      guard let member = members[key] else {
        throw InputError(
          .content, at: .init(file: name, column: (path + [key]).joined(separator: ".")),
          found: "unknown key \"\(key)\"",
          expected: NearMiss.expectation("a key", for: key, among: members.keys.sorted()))
      }
      members[key] = try member.laying(value, at: path + [key], of: name)
    }
    return .object(members)
  }
}
