internal import CambiumCore
internal import CambiumExport
internal import Yams

extension SpecDocument {
  /// The most bytes of a spec file that are read.
  private static let largestSize = 1 << 22

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
    let bytes = try FileReading.bytes(of: path, atMost: Self.largestSize)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      let line = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil }
      throw InputError(
        .content, at: .init(file: path, line: line.map { $0 + 1 }), found: "bytes that are no UTF-8",
        expected: "text in UTF-8")
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
///
/// Anchors and aliases are no part of a spec: a few lines of them can stand for more values than any machine holds,
/// nested deeper than any stack. They are kept from the parser: it is given another character in place of each `&`,
/// so it knows of no anchor, stumbles over every alias, and texts get their `&` back afterwards.
enum YAMLReader {
  static let deepest = 32
  private static let mostValues = 20_000
  /// Stands for `&`: a code point that Unicode keeps for use inside programs.
  private static let mask: Unicode.Scalar = "\u{10FFFF}"

  static func read(_ text: String, file: String?) throws -> SpecDocument {
    let isMarked = text.unicodeScalars.first == "\u{FEFF}"  // a byte order mark
    let text = String(text.unicodeScalars.dropFirst(isMarked ? 1 : 0))
    do {
      guard let root = try Parser(yaml: exchanged("&", for: mask, in: text)).singleRoot() else {
        return SpecDocument(tree: .nothing, file: file)
      }
      var walk = Walk(file: file)
      let tree = try walk.tree(of: root, at: [])
      return SpecDocument(tree: tree, file: file, places: walk.places)
    } catch let error as YamlError {
      throw YAMLTrouble(text: text, file: file).inputError(of: error)
    }
  }

  /// A text of the parser's as it stands in the file.
  static func unmasked(_ text: String) -> String { exchanged(mask, for: "&", in: text) }

  private static func exchanged(_ old: Unicode.Scalar, for new: Unicode.Scalar, in text: String) -> String {
    var scalars = String.UnicodeScalarView()
    scalars.append(contentsOf: text.unicodeScalars.lazy.map { $0 == old ? new : $0 })
    return String(scalars)
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
      case .scalar(let scalar):
        guard scalar.style != .plain || scalar.string.unicodeScalars.first != mask else {
          throw InputError(
            .content, at: location, found: "an anchor", expected: YAMLTrouble.withoutAliases)
        }
        return value(of: scalar)
      case .sequence(let sequence):
        return .list(
          try sequence.enumerated().map { try tree(of: $0.element, at: path + ["\($0.offset)"]) })
      case .mapping(let mapping):
        var entries: [String: SpecTree] = [:]
        for (node, value) in mapping {
          guard case .scalar(let name) = node else {
            throw InputError(.content, at: location, found: "a key that is no word", expected: "a key")
          }
          let key = unmasked(name.string)
          // The key's own line says more than that of a value which starts below it.
          places[path + [key]] = .init(origin: file, line: name.mark?.line)
          guard entries[key] == nil else {
            throw YAMLTrouble.repeated(key, at: .init(file: file, line: name.mark?.line, column: key))
          }
          entries[key] = try tree(of: value, at: path + [key])
        }
        return .mapping(entries)
      case .alias:
        throw InputError(.content, at: location, found: "an alias", expected: YAMLTrouble.withoutAliases)
      }
    }

    /// A plain scalar by the core schema of YAML 1.2 (so `no` and `on` are words); a quoted one is text.
    private func value(of scalar: Node.Scalar) -> SpecTree {
      let text = unmasked(scalar.string)
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
}
