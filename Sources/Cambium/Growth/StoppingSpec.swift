internal import CambiumCore

/// When growth ends, and which size stays. Whatever ends it is told by `StopReason`.
public struct StoppingSpec: Codable, Sendable, Equatable {
  /// What chooses the size. Default `heldOut`.
  public var rule = StoppingRule.heldOut
  /// The most units, −1…10 000. Default −1: 40 of up to 4 000 samples, of more one for every 100, at most 120, and twice
  /// as many of a second attempt (`training.optimizer: automatic`). Growth ends before, where the held-out loss gains no
  /// more.
  public var maximumUnits = -1
  /// The share of the samples held out to choose the size by, 0…0.9. 0: growth ends at full coverage or at
  /// its budget. Default 0.2.
  public var validationFraction = 0.2
  /// The most samples, held-out ones among them, of networks to choose by, ≥ 100: of more, so many are drawn at random. A
  /// size that is chosen on that many is hardly another on all. Default 131 072.
  public var sampleLimit = 131_072
  /// How many hold-outs the choice is averaged over, 0…100. Cost grows in proportion. Default 0: six of up to 1 000
  /// samples and three of up to 2 000, where a single one is too noisy to choose by, and one of more.
  public var holdOuts = 0
  /// The samples are dealt into this many folds, and each is held out once, in place of shares drawn at random
  /// (cross-validation: Stone 1974), 2…100, or 0 for none; at most as many as there are samples, and none where
  /// `validationFraction` is 0. Cost grows in proportion. Default 0.
  public var folds = 0
  /// The most connections of a network, readout included, ≥ 0; growth ends before the unit that would exceed it. 0: no
  /// bound. Default 0.
  public var connections = 0
  /// The seconds after which growth ends with the round it is in, 0…1e9; 0: no bound. With held-out samples, networks to
  /// choose by have all but the share of one network; where they took it all, the best of them is not grown again.
  /// What a machine does in a second is not the same twice: under this bound alone the same data, spec and seed may
  /// give another network. Default 0.
  public var seconds = 0.0
  /// Growth ends after this many units without less held-out loss, or without a lesser criterion, ≥ 1. Default 12.
  /// Classes: on held-in samples it ends at once where all samples, the held-out ones too, are put right.
  public var patience = 12
  /// Classes: by how much the held-out log-loss must fall to count as less: by this share of itself, and a tenth of
  /// this outright, 0…1. Default 0.01: without it, growth goes on for ever smaller gains long after every sample is
  /// classified rightly.
  public var tolerance = 0.01
  /// By how many standard errors of the mean, over the held-out samples, of what their losses fall by units must lessen
  /// the loss of the plain readout, 0…10; else there are none (after the rule of one standard error: Breiman and others
  /// 1984). Compared are networks with their readouts averaged, as they would stay. Default 1: the least loss of many
  /// sizes is less than the plain one by chance alone.
  public var standardErrors = 1.0
  /// Numbers: the mean squared error on held-out samples, in variances of the targets (1 − R²), that is small enough,
  /// 0…1: networks to choose by end where they come to it, and the smallest size with it stays, though more units would
  /// err still less; where nothing is held out, the error on all samples counts. Nothing is chosen so by the information
  /// criterion. Default 0: the less the better.
  public var sufficientError = 0.0
  /// Whether the chosen size is grown again on all samples. Default true: losing the held-out samples for
  /// good costs more than any other choice.
  public var regrow = true

  /// The defaults.
  public init() {}

  /// The most units of networks that learn so many samples.
  func largestSize(samples: Int) -> Int {
    maximumUnits >= 0 ? maximumUnits : min(max(40, samples / 100), 120)
  }

  func holdOutCount(samples: Int) -> Int {
    if holdOuts > 0 { return holdOuts }
    return samples <= 1000 ? 6 : samples <= 2000 ? 3 : 1
  }

  func validate() throws {
    try require(maximumUnits, in: -1...10_000, "stopping.maximumUnits")
    try require(validationFraction, in: 0...0.9, "stopping.validationFraction")
    try require(sampleLimit, in: 100...1_000_000_000, "stopping.sampleLimit")
    try require(holdOuts, in: 0...100, "stopping.holdOuts")
    try require(folds, in: 0...100, "stopping.folds")
    try require(folds != 1, "stopping.folds", "1", "at least 2, or 0 for none")
    try require(connections, in: 0...1_000_000_000, "stopping.connections")
    try require(seconds, in: 0...1e9, "stopping.seconds")
    try require(patience, in: 1...10_000, "stopping.patience")
    try require(tolerance, in: 0...1, "stopping.tolerance")
    try require(standardErrors, in: 0...10, "stopping.standardErrors")
    try require(sufficientError, in: 0...1, "stopping.sufficientError")
  }
}

/// What chooses the size of a network.
public enum StoppingRule: String, Codable, Sendable, CaseIterable {
  /// The loss on held-out samples; without them growth ends at full coverage.
  case heldOut
  /// Schwarz's (1978) Bayesian information criterion −2 log L + k log N over all samples, k the connections, readout
  /// included: nothing is held out, and each topology is grown once. Samples that the caller keeps apart are not used.
  case bic
}
