internal import CambiumCore
internal import Foundation

/// A condition on records: a name, a comparison and a value, such as `test.errorRate<0.1` or `learner=grown`.
public struct RecordFilter: Sendable, Equatable {
  /// How values are compared.
  public enum Comparison: String, Sendable, CaseIterable {
    /// The value is another.
    case differs = "!="
    /// At most.
    case atMost = "<="
    /// At least.
    case atLeast = ">="
    /// The same.
    case equals = "="
    /// Less.
    case less = "<"
    /// More.
    case more = ">"
    /// The text contains it.
    case contains = "~"
  }

  /// The name of a record's value.
  public let name: String
  /// The comparison.
  public let comparison: Comparison
  /// What the value is compared with: a number where it reads as one.
  public let value: String

  /// Reads a condition.
  ///
  /// - Throws: `InputError` of kind usage where it has no comparison.
  public init(_ text: String) throws {
    let signs = Comparison.allCases.compactMap { comparison in
      text.range(of: comparison.rawValue).map { (comparison, $0) }
    }
    // The first sign, and of two that begin together the longer one: `<=` is not `<`.
    guard
      let (comparison, range) = signs.min(by: {
        ($0.1.lowerBound, $1.0.rawValue.count) < ($1.1.lowerBound, $0.0.rawValue.count)
      }), range.lowerBound > text.startIndex
    else {
      throw InputError(
        .usage, found: "\"\(text)\"",
        expected: "a condition such as learner=grown, test.rmse<=0.5 or data~spiral")
    }
    self.comparison = comparison
    name = text[..<range.lowerBound].trimmed
    value = text[range.upperBound...].trimmed
  }

  /// Whether a record's value is as asked; a record without such a value is so only for `!=`.
  public func accepts(_ row: RecordRow) -> Bool {
    guard let found = row.values[name], found != .nothing else { return comparison == .differs }
    if let number = found.asNumber, let bound = Double(value) {
      switch comparison {
      case .differs: return number != bound
      case .atMost: return number <= bound
      case .atLeast: return number >= bound
      case .equals: return number == bound
      case .less: return number < bound
      case .more: return number > bound
      case .contains: break
      }
    }
    let text = found.asText ?? ""
    switch comparison {
    case .differs: return text != value
    case .equals: return text == value
    case .contains: return text.contains(value)
    case .atMost: return text <= value
    case .atLeast: return text >= value
    case .less: return text < value
    case .more: return text > value
    }
  }

  /// Checks that some record has a value of the name.
  ///
  /// - Throws: `InputError` of kind usage that names the near misses.
  public func check(among names: [String]) throws {
    guard !names.contains(name) else { return }
    throw InputError(
      .usage, found: "\"\(name)\"",
      expected: NearMiss.expectation("a name of records", for: name, among: names))
  }
}

extension Substring {
  fileprivate var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
