internal import CambiumCore

/// Which trained candidates stay.
public struct SelectionSpec: Codable, Sendable, Equatable {
  /// How a candidate is judged. Default `coverage`, the lecture's rule.
  public var rule = SelectionRule.coverage
  /// How many of the best trained candidates are judged with the readout refitted, ≥ 1; of classes all after the first steps
  /// of the fit, and the best third at its end. Default 12.
  public var shortlist = 12
  /// How many units a round keeps, 1…100: the best, then what is best beside it, and so on, each judged by what it adds
  /// to those before it. Default 1.
  public var keep = 1
  /// Regression: a sample is covered where every output is within this many of `toleranceUnit` of its target, > 0.
  /// Default 0.1.
  public var tolerance = 0.1
  /// Regression: what the tolerance is counted in. Default `deviations`.
  public var toleranceUnit = ToleranceUnit.deviations
  /// Classes: a sample is covered where the probability of its own class is above that of every other by at least this,
  /// 0…1. Default 0: where its own class is the most probable.
  public var margin = 0.0
  /// Classes: what `margin` is a lead over when candidates are judged by `hardCoverage`. Default `otherClasses`.
  public var marginOver = MarginReference.otherClasses
  /// The most samples that candidates are judged on, ≥ 100, drawn anew each round. Of more than twice as many, a round looks
  /// at twice as many to find its units, and at all once a unit is installed. Default 16 384.
  public var sampleLimit = 16_384
  /// The rule `validation`: the share of the samples that no candidate is trained on and no readout fitted to while
  /// candidates are judged, 0.05…0.9. Default 0.25.
  public var validationShare = 0.25
  /// How many rounds a choice looks at, 1 or 2. With 2, a round is grown after each of the best candidates, and the
  /// candidate stays after which the network is best then; `keep` is 1. Costs 1 + `lookAheadBreadth` times as much.
  /// Default 1.
  public var lookAhead = 1
  /// How many of the best candidates are looked ahead from, 2…100. Default 3.
  public var lookAheadBreadth = 3

  /// The defaults.
  public init() {}

  /// The most samples that a round looks at to find its units.
  var mostSeen: Int { 2 * sampleLimit }

  func validate() throws {
    try require(shortlist, in: 1...10_000, "selection.shortlist")
    try require(sampleLimit, in: 100...1_000_000_000, "selection.sampleLimit")
    try require(keep, in: 1...100, "selection.keep")
    try require(tolerance, in: 1e-9...1e9, "selection.tolerance")
    try require(margin, in: 0...1, "selection.margin")
    try require(validationShare, in: 0.05...0.9, "selection.validationShare")
    try require(lookAhead, in: 1...2, "selection.lookAhead")
    try require(lookAheadBreadth, in: 2...100, "selection.lookAheadBreadth")
    try require(
      lookAhead == 1 || keep == 1, "selection.keep", "\(keep)", "1 where selection.lookAhead is 2")
  }
}

/// How a candidate is judged, but for `covariance` with the readout refitted to it.
public enum SelectionRule: String, Codable, Sendable, CaseIterable {
  /// By the samples that the network then represents, counted softly. Classes: the probability that the network
  /// gives to each sample's own class, summed. Regression: 1 − (r/w)² of each residual r within w = 3 root mean
  /// squares of all.
  case coverage
  /// By the number of samples that the network then represents: those rightly classified with the margin, ties by
  /// log-loss; or those within the tolerance, ties by error reduction.
  case hardCoverage
  /// By the training loss.
  case errorReduction
  /// By Σ_o |Σ_n v_n r_no g_n| / Σ v, g the response before it is standardised (Fahlman and Lebiere 1990,
  /// Cascade-Correlation): what takes no account of g's size rewards large responses.
  case covariance
  /// By the loss on samples set aside (`validationShare`), drawn once for all rounds, with the readout refitted to the
  /// others. The readout that stays is fitted to all of them.
  case validation
  /// By Schwarz's (1978) Bayesian information criterion −2 log L + k log N, k the network's connections, readout
  /// included: of equal losses the candidate with fewer connections.
  case bic
}

/// What the tolerance of a regression's coverage is counted in.
public enum ToleranceUnit: String, Codable, Sendable, CaseIterable {
  /// Standard deviations of the target over the training samples.
  case deviations
  /// Standard deviations of the targets' noise, as the Gamma test estimates it (Stefánsson, Končar and Jones 1997, *A note
  /// on the Gamma test*), at least 0.001 standard deviations of the target. Of Gaussian noise 95 % lies within 2. For a few
  /// inputs of like weight.
  case noise
  /// Root mean squares of what a network leaves of held-out samples, the least along the growth of a flat one of up to 20
  /// units: noise, and what is not yet learned. At least 0.001 standard deviations of the target. Costs one growth more.
  case heldOut
}

/// What the right class leads over where a sample counts as covered.
public enum MarginReference: String, Codable, Sendable, CaseIterable {
  /// The most probable of the other classes.
  case otherClasses
  /// The same lead of the network without the candidate: only samples count that the candidate brings forward by the
  /// margin. Growth still ends where each sample's own class is the most probable.
  case networkBefore
}
