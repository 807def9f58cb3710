internal import CambiumCore
internal import Foundation

/// The values that a searched setting may have: a list of choices, or a range of numbers.
public enum SearchRange: Codable, Sendable, Equatable {
  /// One of these, each as likely.
  case choices([SpecTree])
  /// A number between two.
  case numbers(from: Double, to: Double, scale: SearchScale, whole: Bool)

  private enum CodingKeys: String, CodingKey { case from, to, scale, whole }

  /// Reads a list, or a mapping of `from`, `to`, `scale` and `whole`.
  public init(from decoder: any Decoder) throws {
    if let choices = try? decoder.singleValueContainer().decode([SpecTree].self) {
      self = .choices(choices)
      return
    }
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self = .numbers(
      from: try container.decode(Double.self, forKey: .from),
      to: try container.decode(Double.self, forKey: .to),
      scale: try container.choice(.scale, or: .linear), whole: try container.value(.whole, or: false))
  }

  /// Writes what was read.
  public func encode(to encoder: any Encoder) throws {
    switch self {
    case .choices(let choices):
      var container = encoder.singleValueContainer()
      try container.encode(choices)
    case .numbers(let from, let to, let scale, let whole):
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(from, forKey: .from)
      try container.encode(to, forKey: .to)
      try container.encode(scale, forKey: .scale)
      try container.encode(whole, forKey: .whole)
    }
  }

  func validate(at key: String) throws {
    switch self {
    case .choices(let choices): try require(!choices.isEmpty, key, "no choices", "at least one")
    case .numbers(let from, let to, let scale, _):
      try require(
        from < to && max(abs(from), abs(to)) <= 1e15, "\(key).to", "\(to)", "a value above from, \(from)")
      try require(
        scale == .linear || from > 0, "\(key).from", "\(from)", "a value above 0 on a logarithmic scale")
    }
  }

  /// The value at a share of the range, 0 ≤ share < 1.
  func value(at share: Double) -> SpecTree {
    switch self {
    case .choices(let choices): return choices[min(choices.count - 1, Int(share * Double(choices.count)))]
    case .numbers(let from, let to, let scale, let whole):
      // Each whole number is as likely as the others, on a linear scale.
      let upper = whole && scale == .linear ? to + 1 : to
      let value = scale == .linear ? from + share * (upper - from) : from * pow(to / from, share)
      return whole ? .integer(Int(scale == .linear ? value.rounded(.down) : value.rounded())) : .number(value)
    }
  }

  /// Values that stand for all: settings are checked with them before anything is run.
  var examples: [SpecTree] {
    switch self {
    case .choices(let choices): choices
    case .numbers: [value(at: 0), value(at: 1 - 1e-12)]
    }
  }
}

/// How the values of a range are spread.
public enum SearchScale: String, Codable, Sendable, CaseIterable {
  /// Evenly.
  case linear
  /// Their logarithms evenly.
  case logarithmic
}
