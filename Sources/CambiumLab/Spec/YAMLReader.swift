internal import CambiumCore
internal import FoundationEssentials
internal import Yams

extension SpecDocument {
  /// Reads a YAML file.
  ///
  /// - Parameters:
  ///   - path: The file; nil for none, where only the assignments count.
  ///   - assignments: `key.path=value` words that are laid over the file.
  /// - Throws: `InputError`: the file is missing, is no YAML, or repeats a key.
  public init(reading path: String?, setting assignments: [String] = []) throws {
    guard let path else {
      try self.init(setting: assignments)
      return
    }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw InputError(.missing, at: .init(file: path), found: "no readable file", expected: "a YAML file")
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      throw InputError(
        .content, at: .init(file: path), found: "bytes that are no UTF-8", expected: "text in UTF-8")
    }
    try self.init(text: text, file: path, setting: assignments)
  }

  /// Reads YAML from a text; `file` is the name that errors tell.
  ///
  /// - Throws: `InputError` where the text is no YAML, repeats a key, or is no mapping.
  public init(text: String, file: String? = nil, setting assignments: [String] = []) throws {
    self = try YAMLReader.read(text, file: file)
    if tree == .nothing { tree = .mapping([:]) }
    guard case .mapping = tree else {
      throw error(at: [], found: tree.finding, expected: "keys and values, such as \"maximumUnits: 30\"")
    }
    self.assignments = try assignments.map(SpecAssignment.init)
  }
}

/// YAML text to a tree with places, within bounds that no honest spec reaches.
enum YAMLReader {
  /// Bounds against files made to exhaust memory or stack by nesting or by aliases of aliases.
  private static let deepest = 32
  private static let mostValues = 20_000

  static func read(_ text: String, file: String?) throws -> SpecDocument {
    do {
      guard let root = try Parser(yaml: text).singleRoot() else {
        return SpecDocument(tree: .nothing, file: file)
      }
      var walk = Walk(file: file)
      let tree = try walk.tree(of: root, at: [])
      return SpecDocument(tree: tree, file: file, places: walk.places)
    } catch let error as YamlError {
      throw inputError(of: error, file: file)
    }
  }

  private struct Walk {
    let file: String?
    var places: [[String]: SpecDocument.Place] = [:]
    var count = 0

    mutating func tree(of node: Node, at path: [String]) throws -> SpecTree {
      count += 1
      let location = InputLocation(file: file, line: node.mark?.line)
      guard path.count <= deepest, count <= mostValues else {
        throw InputError(
          .content, at: location, found: "a spec nested too deep or with too many values",
          expected: "at most \(deepest) levels and \(mostValues) values")
      }
      if places[path] == nil { places[path] = .init(origin: file, line: node.mark?.line) }
      switch node {
      case .scalar(let scalar): return value(of: scalar)
      case .sequence(let sequence):
        return .list(
          try sequence.enumerated().map { try tree(of: $0.element, at: path + ["\($0.offset)"]) })
      case .mapping(let mapping):
        var entries: [String: SpecTree] = [:]
        for (key, value) in mapping {
          guard case .scalar(let name) = key else {
            throw InputError(.content, at: location, found: "a key that is no word", expected: "a key")
          }
          // The key's own line says more than that of a value which starts below it.
          places[path + [name.string]] = .init(origin: file, line: name.mark?.line)
          guard entries[name.string] == nil else { throw repeated(name.string, at: name.mark) }
          entries[name.string] = try tree(of: value, at: path + [name.string])
        }
        return .mapping(entries)
      case .alias:
        throw InputError(.content, at: location, found: "an alias", expected: "a value")
      }
    }

    private func repeated(_ key: String, at mark: Mark?) -> InputError {
      InputError(
        .content, at: .init(file: file, line: mark?.line, column: key), found: "key \"\(key)\" a second time",
        expected: "each key once")
    }

    /// A plain scalar by the core schema of YAML 1.2 (so `no` and `on` are words); a quoted one is text.
    private func value(of scalar: Node.Scalar) -> SpecTree {
      let text = scalar.string
      guard scalar.style == .plain || scalar.style == .any else { return .text(text) }
      switch text {
      case "", "~", "null", "Null", "NULL": return .nothing
      case "true", "True", "TRUE": return .boolean(true)
      case "false", "False", "FALSE": return .boolean(false)
      default: break
      }
      guard text.utf8.allSatisfy({ "0123456789+-.eE_".utf8.contains($0) }) else { return .text(text) }
      let digits = text.filter { $0 != "_" }
      if let whole = Int(digits) { return .integer(whole) }
      guard let number = Double(digits), number.isFinite else { return .text(text) }
      return .number(number)
    }
  }

  private static func inputError(of error: YamlError, file: String?) -> InputError {
    func told(_ problem: String, _ mark: Mark?) -> InputError {
      let location = InputLocation(file: file, line: mark?.line, column: mark.map { "\($0.column)" })
      return InputError(.content, at: location, found: problem, expected: "well-formed YAML")
    }
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return told(problem, mark)
    case .duplicatedKeysInMapping(let keys, let context):
      return InputError(
        .content, at: .init(file: file, line: context.mark.line, column: keys.first),
        found: "key \"\(keys.first ?? "")\" more than once", expected: "each key once")
    case .reader(let problem, _, _, _): return told(problem, nil)
    default: return told("text that cannot be read", nil)
    }
  }
}
