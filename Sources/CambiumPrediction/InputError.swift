/// A place in something that a user handed in: a file, and where in it.
public struct InputLocation: Sendable, Equatable {
  /// The file's path as the user wrote it; nil where there is none (a command's option, data built in code).
  public var file: String?
  /// The line, counted from 1; a CSV file's header is line 1.
  public var line: Int?
  /// The column: in a table its name, in a text the position counted from 1.
  public var column: String?

  /// Makes a location; leave out what is not known.
  public init(file: String? = nil, line: Int? = nil, column: String? = nil) {
    self.file = file
    self.line = line
    self.column = column
  }
}

/// What is wrong with something a user handed in: where, what was found, what was expected.
///
/// The one error of the world's making that the library throws. ``InputError/Kind`` tells which exit code
/// a command ends with.
public struct InputError: Error, Sendable, Equatable {
  /// The kinds of trouble that callers tell apart.
  public enum Kind: Sendable, Equatable {
    /// The words of a call are off: an option, an unknown name.
    case usage
    /// A file's content is not what it should be: data, a spec, a model.
    case content
    /// There is no such file, or it cannot be read.
    case missing
    /// A file could not be written.
    case unwritable
  }

  /// Which kind of trouble.
  public var kind: Kind
  /// Where it was found.
  public var location: InputLocation
  /// What stands there.
  public var found: String
  /// What should stand there.
  public var expected: String

  /// Makes an error of what was found and what was expected.
  public init(_ kind: Kind, at location: InputLocation = .init(), found: String, expected: String) {
    self.kind = kind
    self.location = location
    self.found = found
    self.expected = expected
  }

  /// The same error, said of this file.
  public func inFile(_ file: String) -> InputError {
    var copy = self
    copy.location.file = copy.location.file ?? file
    return copy
  }
}

extension InputError: CustomStringConvertible {
  /// One line, whatever a user's words hold: `data.csv:7: column "age": found "abc", expected a number`.
  public var description: String {
    var place = location.file ?? ""
    if let line = location.line { place += place.isEmpty ? "line \(line)" : ":\(line)" }
    if let column = location.column { place += (place.isEmpty ? "" : ": ") + "column \(column)" }
    return printable((place.isEmpty ? "" : place + ": ") + "found \(found), expected \(expected)")
  }
}

extension InputError {
  /// An error in a file that is being decoded; the column is the path of keys.
  package static func nonsense<Key: CodingKey>(
    in container: KeyedDecodingContainer<Key>, found: String, expected: String
  ) -> InputError {
    let path = container.codingPath.reduce("") { path, key in
      guard let index = key.intValue else { return path + (path.isEmpty ? "" : ".") + key.stringValue }
      return path + "[\(index)]"
    }
    return InputError(.content, at: InputLocation(column: path), found: found, expected: expected)
  }
}
