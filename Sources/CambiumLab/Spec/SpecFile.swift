internal import CambiumCore

/// Reads specs: the defaults, a YAML file over them, assignments `key.path=value` over that.
///
/// One mechanism serves every spec of the project. Errors tell file, line and key path, what was found and what
/// was expected, and name the nearest legal keys and choices.
public enum SpecFile {
  /// A spec, and the complete tree that it was decoded from.
  public struct Resolved<Value: Spec>: Sendable {
    /// The spec, validated.
    public let spec: Value
    /// Every key with its effective value, and where the written ones stand.
    public let document: SpecDocument
  }

  /// The spec of a file and assignments.
  ///
  /// - Parameters:
  ///   - type: The spec's type.
  ///   - path: The YAML file; nil for the defaults.
  ///   - assignments: `key.path=value` words.
  /// - Throws: `InputError`.
  public static func read<Value: Spec>(
    _ type: Value.Type = Value.self, from path: String?, setting assignments: [String] = []
  ) throws -> Value {
    try resolve(type, from: SpecDocument(reading: path, setting: assignments)).spec
  }

  /// The spec of a document, with every key's effective value.
  ///
  /// - Throws: `InputError`: an unknown key, a value of another kind or out of range.
  public static func resolve<Value: Spec>(
    _ type: Value.Type = Value.self, from document: SpecDocument
  ) throws -> Resolved<Value> {
    let defaults = Value()
    var current = document
    current.assignments = []
    current.tree = try SpecTree(encoding: defaults)
    var spec = try lay(document.tree, at: [], on: &current, defaults: defaults)
    for assignment in document.assignments {
      let path = assignment.resolved(in: current.tree)
      let place = SpecDocument.Place(origin: "--set \(assignment.text)")
      current.places = current.places.filter { !$0.key.starts(with: current.prefix + path) }
      // The keys on the way there are the assignment's as well, where there were none before.
      for depth in 1...path.count where depth == path.count || current.tree[path.prefix(depth)] == nil {
        current.places[current.prefix + path.prefix(depth)] = place
      }
      spec = try lay(assignment.value, at: path, on: &current, defaults: defaults)
    }
    do {
      try spec.validate()
    } catch let error as InputError {
      throw current.located(error)
    }
    return Resolved(spec: spec, document: current)
  }

  /// Lays a value over the document's tree, decodes the spec, and leaves in the tree what the spec encodes to:
  /// then elements of lists have all their keys, and shorthands are written out.
  private static func lay<Value: Spec>(
    _ value: SpecTree, at path: [String], on document: inout SpecDocument, defaults: Value
  ) throws -> Value {
    guard let laid = document.tree.laying(value, at: path) else {
      let parent = Array(path.dropLast())
      throw document.error(
        at: path, found: "no place for \"\(path.last ?? "")\"",
        expected: "a key path that the spec has"
          + (document.tree[parent].map { "; \(parent.joined(separator: ".")) is \($0.finding)" } ?? ""))
    }
    document.tree = laid
    do {
      let spec = try laid.decode(Value.self)
      let complete = try SpecTree(encoding: spec)
      try checkKeys(of: laid, against: complete, at: [], in: document)
      document.tree = complete
      return spec
    } catch let error as DecodingError {
      throw SpecDecodingTrouble(document: document, defaults: defaults).inputError(of: error)
    }
  }

  /// Checks that every key of a tree is one that the decoded spec encodes to.
  private static func checkKeys(
    of tree: SpecTree, against complete: SpecTree, at path: [String], in document: SpecDocument
  ) throws {
    switch (tree, complete) {
    case (.mapping(let entries), .mapping(let legal)):
      for (key, value) in entries.sorted(by: { $0.key < $1.key }) {
        guard let known = legal[key] else {
          throw document.error(
            at: path + [key], found: "unknown key \"\(key)\"",
            expected: NearMiss.expectation("a key", for: key, among: legal.keys.sorted()))
        }
        try checkKeys(of: value, against: known, at: path + [key], in: document)
      }
    case (.list(let elements), .list(let known)):
      for (index, pair) in zip(elements, known).enumerated() {
        try checkKeys(of: pair.0, against: pair.1, at: path + ["\(index)"], in: document)
      }
    default: return
    }
  }
}
