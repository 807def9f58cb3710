internal import CambiumCore
internal import Yams

/// Words what the YAML parser objects to.
struct YAMLTrouble {
  /// What was read.
  let text: String
  /// The name that errors tell.
  let file: String?

  /// What is expected in place of an anchor or an alias.
  static let withoutAliases = "values written out, without anchors (&) and aliases (*)"

  /// A key that stands a second time in its mapping.
  static func repeated(_ key: String, at location: InputLocation) -> InputError {
    InputError(.content, at: location, found: "key \"\(key)\" a second time", expected: "each key once")
  }

  /// The error of a user's making that an error of the parser stands for.
  func inputError(of error: YamlError) -> InputError {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      let (found, expected) = words(of: problem, at: mark)
      let location = InputLocation(file: file, line: mark.line, column: "\(mark.column)")
      return InputError(.content, at: location, found: found, expected: expected)
    case .duplicatedKeysInMapping(let keys, let context):
      let key = YAMLReader.unmasked(keys.first ?? "")
      return Self.repeated(
        key, at: .init(file: file, line: line(repeating: key, from: context.mark), column: key))
    case .reader(_, let offset, _, _):
      let line = offset.map { text.prefix($0).count(where: \.isNewline) + 1 }
      return InputError(
        .content, at: .init(file: file, line: line), found: "a control character", expected: "text")
    default:
      return InputError(
        .content, at: .init(file: file), found: "text that cannot be read", expected: wellFormed)
    }
  }

  private var wellFormed: String {
    text.contains("&")
      ? "well-formed YAML, \(Self.withoutAliases)" : "well-formed YAML"
  }

  private func words(of problem: String, at mark: Mark) -> (found: String, expected: String) {
    switch problem {
    case "found undefined alias": return ("an alias", Self.withoutAliases)
    case "but found another document": return ("a second document", "a single one")
    case "mapping values are not allowed in this context":
      return ("a colon where no key can stand", wellFormed)
    case "mapping keys are not allowed in this context":
      return ("a question mark where no key can stand", wellFormed)
    case "block sequence entries are not allowed in this context":
      return ("a dash where no list can stand", wellFormed)
    case _ where problem.hasPrefix("Maximum nesting level"):
      return ("a spec nested too deep", "at most \(YAMLReader.deepest) levels")
    default: break
    }
    for start in ["did not find the expected ", "did not find expected ", "could not find expected "]
    where problem.hasPrefix(start) {
      let wanted = String(problem.dropFirst(start.count)).replacing("'", with: "\"")
      let names = ["key": "a key", "node content": "a value", "<document start>": "the end of the file"]
      return (self.found(at: mark), names[wanted] ?? wanted)
    }
    return (problem.hasPrefix("found ") ? String(problem.dropFirst(6)) : problem, wellFormed)
  }

  /// What stands at a place.
  private func found(at mark: Mark) -> String {
    let line = mark.line <= lines.count ? lines[mark.line - 1] : ""
    let rest = line.unicodeScalars.dropFirst(mark.column - 1)
    guard !rest.isEmpty else {
      return mark.line < lines.count ? "the end of the line" : "the end of the file"
    }
    let start = String(String.UnicodeScalarView(rest.prefix(20)))
    return "\"\(start)\""
  }

  /// The line of a key's second occurrence, which is that of the first below it where a line starts alike.
  private func line(repeating key: String, from mark: Mark) -> Int {
    let indentation = mark.column - 1
    let second = lines.indices.dropFirst(mark.line).first { index in
      let line = lines[index]
      guard line.prefix(while: { $0 == " " }).count == indentation, let colon = line.firstIndex(of: ":")
      else { return false }
      return line[..<colon].drop { "\"' ".contains($0) }.hasPrefix(key)
    }
    return second.map { $0 + 1 } ?? mark.line
  }

  private var lines: [Substring] {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
  }
}
