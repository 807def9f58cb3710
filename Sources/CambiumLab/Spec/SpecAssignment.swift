internal import CambiumCore

/// One assignment of the command line: `key.path=value`, its value in YAML.
struct SpecAssignment: Sendable {
  /// The words as they were typed.
  let text: String
  /// The key path. A component may be a list's index, or the `name` of a list's element.
  let path: [String]
  /// The value.
  let value: SpecTree

  /// Reads an assignment.
  ///
  /// - Throws: `InputError` of kind usage where there is no `=` or no key, of kind content where the value
  ///   is no YAML.
  init(_ text: String) throws {
    guard let equals = text.firstIndex(of: "=") else {
      throw InputError(.usage, found: "\"\(text)\"", expected: "an assignment key.path=value")
    }
    let path = text[..<equals].split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard !path.contains("") else {
      throw InputError(.usage, found: "\"\(text)\"", expected: "an assignment key.path=value")
    }
    self.text = text
    self.path = path
    let words = String(text[text.index(after: equals)...])
    self.value = try YAMLReader.read(words, file: "--set \(text)").tree
  }

  /// An assignment that a program makes.
  init(path: [String], value: SpecTree) {
    text = "\(path.joined(separator: "."))=\(value.title)"
    self.path = path
    self.value = value
  }

  /// The same, where it is `grid=ROWSxCOLUMNS`, the shorthand of every learner of pictures, with the sides at `key`.
  func readingGrid(at key: String) throws -> SpecAssignment {
    guard path == ["grid"] else { return self }
    guard case .text(let words) = value else { throw refusalAsGrid }
    let sides = words.lowercased().split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard sides.count >= 2, sides.allSatisfy({ $0.map { $0 > 0 } ?? false }) else {
      throw refusalAsGrid
    }
    return SpecAssignment(
      text: text, path: key.split(separator: ".").map(String.init),
      value: .list(sides.compactMap { $0 }.map { .integer($0) }))
  }

  private var refusalAsGrid: InputError {
    InputError(
      .content, at: .init(file: "--set \(text)", column: "grid"), found: value.finding,
      expected: "rows and columns, such as 8x8")
  }

  private init(text: String, path: [String], value: SpecTree) {
    (self.text, self.path, self.value) = (text, path, value)
  }

  /// The path in a given tree, where names of list elements have become indices.
  func resolved(in tree: SpecTree) -> [String] {
    var place: SpecTree? = tree
    var resolved: [String] = []
    for key in path {
      var step = key
      if case .list(let elements)? = place, Int(key) == nil {
        let index = elements.firstIndex { $0[["name"]] == .text(key) }
        step = index.map(String.init) ?? key
      }
      resolved.append(step)
      place = place?[[step]]
    }
    return resolved
  }
}
