/// The kinds of value that a spec tells apart.
enum SpecKind: Equatable {
  case nothing, truth, number, text, list, mapping

  /// What an error message says is expected.
  var expectation: String {
    switch self {
    case .nothing: "nothing"
    case .truth: "true or false"
    case .number: "a number"
    case .text: "text"
    case .list: "a list"
    case .mapping: "a mapping of keys to values"
    }
  }
}

extension SpecTree {
  /// The kind of the value; both sorts of numbers are numbers.
  var kind: SpecKind {
    switch self {
    case .nothing: .nothing
    case .boolean: .truth
    case .integer, .number: .number
    case .text: .text
    case .list: .list
    case .mapping: .mapping
    }
  }

  /// What an error message says was found.
  var finding: String {
    switch self {
    case .nothing: "nothing"
    case .boolean(let value): value ? "true" : "false"
    case .integer(let value): "\(value)"
    case .number(let value): "\(value)"
    case .text(let value): "\"\(value.prefix(60))\""
    case .list(let elements): "a list of \(elements.count)"
    case .mapping: "a mapping"
    }
  }
}
