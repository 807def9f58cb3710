internal import CambiumCore

/// Which learner the others of an experiment are tested against for being as good.
public struct EquivalenceSpec: Codable, Sendable, Equatable {
  /// The learner's name in the experiment. Default: none, and no test.
  public var baseline = ""
  /// The largest mean log ratio of errors that does not matter, above 0 and at most 10. Default 0.05: five per cent.
  public var margin = 0.05
  /// The error of classes that log ratios are taken of. Default `brier`.
  public var classes = ClassError.brier

  /// No test.
  public init() {}

  func validate(among learners: [String]) throws {
    try require(
      baseline.isEmpty || learners.contains(baseline), "equivalence.baseline", "\"\(baseline)\"",
      NearMiss.expectation("a learner of the experiment", for: baseline, among: learners))
    try require(margin > 0 && margin <= 10, "equivalence.margin", "\(margin)", "a value above 0, up to 10")
  }
}

/// An error of probabilities of classes, above 0 but for perfect ones. (Error rates are 0 too often for ratios.)
public enum ClassError: String, Codable, Sendable, CaseIterable {
  /// The Brier score (1950), which no single sample can dominate.
  case brier
  /// The log-loss, of which on nearly parted classes a few samples that are wrong and certain decide.
  case logLoss
}
