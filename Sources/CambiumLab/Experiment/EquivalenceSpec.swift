internal import CambiumCore

/// Which learner the others of an experiment are tested against for being as good.
public struct EquivalenceSpec: Codable, Sendable, Equatable {
  /// The learner's name in the experiment. Default: none, and no test.
  public var baseline = ""
  /// The largest mean log ratio of errors that does not matter, above 0 and at most 10. Default 0.05: five per cent.
  public var margin = 0.05

  /// No test.
  public init() {}

  func validate(among learners: [String]) throws {
    try require(
      baseline.isEmpty || learners.contains(baseline), "equivalence.baseline", "\"\(baseline)\"",
      NearMiss.expectation("a learner of the experiment", for: baseline, among: learners))
    try require(margin > 0 && margin <= 10, "equivalence.margin", "\(margin)", "a value above 0, up to 10")
  }
}
