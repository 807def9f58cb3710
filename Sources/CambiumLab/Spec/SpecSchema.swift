internal import CambiumCore

/// Describes specs as JSON Schema (draft 2020-12), so that editors complete keys and mark what is not legal.
///
/// Keys, kinds, choices and defaults are those of the Swift types: there is no second list that could differ. Ranges are
/// not part of it; reading a file checks them.
enum SpecSchema {
  /// The schema of specs whose keys have these values where a file says nothing; other keys are not legal.
  static func mapping(of defaults: some Encodable) -> SpecTree {
    schema(of: defaults, encoded: (try? SpecTree(encoding: defaults)) ?? .mapping([:]))
  }

  /// An object with given keys and no others.
  static func object(_ properties: [String: SpecTree], required: [String] = []) -> SpecTree {
    var entries: [String: SpecTree] = [
      "type": .text("object"), "properties": .mapping(properties), "additionalProperties": .boolean(false),
    ]
    if !required.isEmpty { entries["required"] = .list(required.map { .text($0) }) }
    return .mapping(entries)
  }

  /// A list whose elements have a schema.
  static func list(of element: SpecTree) -> SpecTree {
    .mapping(["type": .text("array"), "items": element])
  }

  /// Either of some schemas.
  static func either(_ schemas: SpecTree...) -> SpecTree { .mapping(["anyOf": .list(schemas)]) }

  /// A value of a kind of JSON.
  static func kind(_ name: String) -> SpecTree { .mapping(["type": .text(name)]) }

  /// What stands under `$defs`.
  static func reference(_ name: String) -> SpecTree { .mapping(["$ref": .text("#/$defs/\(name)")]) }

  private static func schema(of value: Any, encoded: SpecTree) -> SpecTree {
    let mirror = Mirror(reflecting: value)
    if let choices = SpecChoices.names(of: type(of: value)) {
      return .mapping(["enum": .list(choices.map { .text($0) }), "default": encoded])
    }
    switch encoded {
    case .mapping(let entries) where mirror.displayStyle == .struct:
      let children = Dictionary(
        mirror.children.compactMap { child in child.label.map { ($0, child.value) } },
        uniquingKeysWith: { first, _ in first })
      return object(
        Dictionary(
          uniqueKeysWithValues: entries.map { key, value in
            (key, children[key].map { schema(of: $0, encoded: value) } ?? .mapping([:]))
          }))
    case .list where mirror.displayStyle == .collection:
      return list(of: element(of: value, mirror, encoded)).laying(.mapping(["default": encoded]))
    case .boolean, .integer, .number, .text:
      guard let name = kindName(of: value) else { return .mapping(["default": encoded]) }
      return .mapping(["type": .text(name), "default": encoded])
    default: return .mapping([:])
    }
  }

  /// The schema of a list's elements: that of its first one without a default, else of the type of an empty list.
  private static func element(of value: Any, _ mirror: Mirror, _ encoded: SpecTree) -> SpecTree {
    if let first = mirror.children.first, case .list(let elements) = encoded, let tree = elements.first {
      guard case .mapping(var entries) = schema(of: first.value, encoded: tree) else { return .mapping([:]) }
      entries["default"] = nil
      return .mapping(entries)
    }
    // An empty list would be cast to a list of anything.
    switch type(of: value) {
    case is [String].Type: return kind("string")
    case is [Int].Type: return kind("integer")
    case is [Double].Type: return kind("number")
    default: return .mapping([:])
    }
  }

  private static func kindName(of value: Any) -> String? {
    switch value {
    case is Bool: "boolean"
    case is any BinaryInteger: "integer"
    case is any BinaryFloatingPoint: "number"
    case is String: "string"
    default: nil
    }
  }
}
