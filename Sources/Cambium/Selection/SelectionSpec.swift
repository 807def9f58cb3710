internal import CambiumCore

/// Which trained candidates stay.
public struct SelectionSpec: Codable, Sendable, Equatable {
  /// How a candidate is judged. Default `coverage`, the lecture's rule.
  public var rule = SelectionRule.coverage
  /// How many of the best trained candidates are judged with the readout refitted, ≥ 1. Default 12.
  public var shortlist = 12
  /// How many units a round keeps, ≥ 1. Default 1.
  public var keep = 1
  /// Regression: a sample is covered where every output is within this many standard deviations of its
  /// target, > 0. Default 0.1.
  public var tolerance = 0.1
  /// The most samples that candidates are judged on, ≥ 100, drawn anew each round. Default 16 384.
  public var sampleLimit = 16_384

  /// The defaults.
  public init() {}

  func validate() throws {
    try require(shortlist, in: 1...10_000, "selection.shortlist")
    try require(sampleLimit, in: 100...1_000_000_000, "selection.sampleLimit")
    try require(keep, in: 1...100, "selection.keep")
    try require(tolerance, in: 1e-9...1e9, "selection.tolerance")
  }
}

/// How a candidate is judged, with the readout refitted to it.
public enum SelectionRule: String, Codable, Sendable, CaseIterable {
  /// By the samples that the network then represents, counted softly. Classes: the probability that the network
  /// gives to each sample's own class, summed. Regression: 1 − (r/w)² of each residual r within w = 3 root mean
  /// squares of all.
  case coverage
  /// By the number of samples that the network then represents: those rightly classified, ties by log-loss; or
  /// those within the tolerance, ties by error reduction.
  case hardCoverage
  /// By the training loss.
  case errorReduction
}
