/// What is to be learned: numbers, or classes.
public enum Task: Sendable, Equatable, Hashable, Codable {
  /// One or several numbers.
  case regression
  /// One class of `classes`, at least two.
  case classification(classes: Int)

  /// How many outputs a network has for `targets` targets: two classes need one log-odds, more need one each.
  public func outputCount(targets: Int) -> Int {
    switch self {
    case .regression: targets
    case .classification(let classes): classes == 2 ? 1 : classes
    }
  }
}
