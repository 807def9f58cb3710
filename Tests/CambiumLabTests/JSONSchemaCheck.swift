@testable import CambiumLab

/// As much of JSON Schema as the project's schemas use, written from the standard's text (draft 2020-12), to hold files
/// against them.
struct JSONSchemaCheck {
  let root: SpecTree

  /// What of a value is not as its schema says, with the paths; empty where all is.
  func troubles(of value: SpecTree) -> [String] { troubles(of: value, against: root, at: "") }

  private func troubles(of value: SpecTree, against schema: SpecTree, at path: String) -> [String] {
    guard case .mapping(let rules) = schema else { return [] }
    var troubles: [String] = []
    for (rule, expected) in rules.sorted(by: { $0.key < $1.key }) {
      switch (rule, expected) {
      case ("$ref", .text(let reference)):
        let place = reference.split(separator: "/").dropFirst().map(String.init)
        troubles += self.troubles(of: value, against: root[place] ?? .mapping([:]), at: path)
      case ("type", .text(let type)):
        if !isOf(type, value) { troubles.append("\(path): no \(type)") }
      case ("enum", .list(let choices)):
        if !choices.contains(value) { troubles.append("\(path): none of the choices") }
      case ("const", _):
        if value != expected { troubles.append("\(path): another constant") }
      case ("properties", .mapping(let properties)):
        guard case .mapping(let entries) = value else { continue }
        for (key, entry) in entries {
          if let schema = properties[key] {
            troubles += self.troubles(of: entry, against: schema, at: "\(path).\(key)")
          } else if case .mapping? = rules["additionalProperties"] {
            continue
          } else if rules["additionalProperties"] == .boolean(false) {
            troubles.append("\(path): unknown key \(key)")
          }
        }
      case ("additionalProperties", .mapping):
        guard case .mapping(let entries) = value else { continue }
        let known: [String: SpecTree] =
          if case .mapping(let known)? = rules["properties"] { known } else { [:] }
        for (key, entry) in entries where known[key] == nil {
          troubles += self.troubles(of: entry, against: expected, at: "\(path).\(key)")
        }
      case ("required", .list(let keys)):
        guard case .mapping(let entries) = value else { continue }
        for case .text(let key) in keys where entries[key] == nil { troubles.append("\(path): no \(key)") }
      case ("items", _):
        guard case .list(let elements) = value else { continue }
        for (index, element) in elements.enumerated() {
          troubles += self.troubles(of: element, against: expected, at: "\(path).\(index)")
        }
      case ("anyOf", .list(let schemas)):
        let each = schemas.map { self.troubles(of: value, against: $0, at: path) }
        if !each.contains(where: \.isEmpty) { troubles += each.min { $0.count < $1.count } ?? [] }
      case ("allOf", .list(let schemas)):
        for schema in schemas { troubles += self.troubles(of: value, against: schema, at: path) }
      case ("not", _):
        if self.troubles(of: value, against: expected, at: path).isEmpty {
          troubles.append("\(path): not so")
        }
      case ("if", _):
        guard let then = rules["then"], self.troubles(of: value, against: expected, at: path).isEmpty else {
          continue
        }
        troubles += self.troubles(of: value, against: then, at: path)
      case ("then", _), ("default", _), ("$schema", _), ("title", _), ("$defs", _),
        ("additionalProperties", .boolean):
        continue
      default: troubles.append("a schema with an unknown rule \(rule)")
      }
    }
    return troubles
  }

  private func isOf(_ type: String, _ value: SpecTree) -> Bool {
    switch (type, value) {
    case ("object", .mapping), ("array", .list), ("string", .text), ("boolean", .boolean),
      ("integer", .integer), ("number", .integer), ("number", .number):
      true
    default: false
    }
  }
}
