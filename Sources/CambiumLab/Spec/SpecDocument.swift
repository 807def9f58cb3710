public import CambiumCore

/// What a user wrote: a tree, and where each of its values stands.
///
/// A document is not yet checked against a spec; ``SpecFile`` does that.
public struct SpecDocument: Sendable {
  /// Where a value stands: in a file, or in an assignment of the command line.
  struct Place: Sendable {
    var origin: String?
    var line: Int?
  }

  /// The values.
  public internal(set) var tree: SpecTree
  /// The file that it was read from; nil where there was none.
  public let file: String?
  /// Assignments `key.path=value` that still wait to be laid over the tree.
  var assignments: [SpecAssignment]
  /// Where the value of each key path stands.
  var places: [[String]: Place]
  /// Where this document's root lies in the file.
  var prefix: [String]

  /// An empty document, which leaves every default as it is, and what the command line sets.
  ///
  /// - Throws: `InputError` of an assignment that is none.
  public init(setting assignments: [String] = []) throws {
    try self.init(tree: .mapping([:]), file: nil, assignments: assignments.map(SpecAssignment.init))
  }

  /// A document of values that a program has, and what the command line sets over them.
  ///
  /// - Throws: `InputError` of an assignment that is none.
  public init(of tree: SpecTree, setting assignments: [String] = []) throws {
    try self.init(tree: tree, file: nil, assignments: assignments.map(SpecAssignment.init))
  }

  init(
    tree: SpecTree, file: String?, assignments: [SpecAssignment] = [], places: [[String]: Place] = [:],
    prefix: [String] = []
  ) {
    self.tree = tree
    self.file = file
    self.assignments = assignments
    self.places = places
    self.prefix = prefix
  }

  /// The document with other values over its own.
  func laying(_ values: SpecTree) -> SpecDocument {
    var laid = self
    laid.tree = tree.laying(values)
    return laid
  }

  /// The part of the document under a path; an empty one where there is none.
  public func part(at path: [String]) -> SpecDocument {
    var part = self
    part.tree = tree[path] ?? .mapping([:])
    if part.tree == .nothing { part.tree = .mapping([:]) }
    part.assignments = []
    part.prefix = prefix + path
    return part
  }

  /// An error about the value at a path, told with the place where it stands, or where the nearest of its
  /// ancestors stands.
  public func error(at path: [String], found: String, expected: String) -> InputError {
    InputError(.content, at: location(of: path), found: found, expected: expected)
  }

  /// Where the value at a path stands.
  func location(of path: [String]) -> InputLocation {
    let whole = prefix + path
    let column = whole.isEmpty ? nil : whole.joined(separator: ".")
    var ancestor = whole[...]
    while true {
      if let place = places[Array(ancestor)] {
        return InputLocation(file: place.origin ?? file, line: place.line, column: column)
      }
      guard ancestor.popLast() != nil else { break }
    }
    return InputLocation(file: file, column: column)
  }

  /// The same error, told with the place of the key path that it names as its column.
  func located(_ error: InputError) -> InputError {
    guard error.location.file == nil || error.location.file == file, error.location.line == nil else {
      return error
    }
    var copy = error
    copy.location = location(
      of: error.location.column.map { $0.split(separator: ".").map(String.init) } ?? [])
    return copy
  }
}
