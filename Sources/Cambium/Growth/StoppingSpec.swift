internal import CambiumCore

/// When growth ends, and which size stays.
public struct StoppingSpec: Codable, Sendable, Equatable {
  /// The most units, 0…10 000. Default 40.
  public var maximumUnits = 40
  /// The share of the samples held out to choose the size by, 0…0.9. 0: growth ends at full coverage or at
  /// its budget. Default 0.2.
  public var validationFraction = 0.2
  /// How many hold-outs the choice is averaged over, 0…100. Cost grows in proportion. Default 0: three of up
  /// to 2 000 samples, where a single one is too noisy to choose by, and one of more.
  public var holdOuts = 0
  /// Growth on held-in samples ends after this many units without less held-out loss, ≥ 1. Default 12.
  public var patience = 12
  /// Classes: by how much the held-out log-loss must fall to count as less: by this share of itself, and a tenth of
  /// this outright, 0…1. Default 0.01: without it, growth goes on for ever smaller gains long after every sample is
  /// classified rightly.
  public var tolerance = 0.01
  /// Whether the chosen size is grown again on all samples. Default true: losing the held-out samples for
  /// good costs more than any other choice.
  public var regrow = true

  /// The defaults.
  public init() {}

  func holdOutCount(samples: Int) -> Int { holdOuts > 0 ? holdOuts : samples <= 2000 ? 3 : 1 }

  func validate() throws {
    try require(maximumUnits, in: 0...10_000, "stopping.maximumUnits")
    try require(validationFraction, in: 0...0.9, "stopping.validationFraction")
    try require(holdOuts, in: 0...100, "stopping.holdOuts")
    try require(patience, in: 1...10_000, "stopping.patience")
    try require(tolerance, in: 0...1, "stopping.tolerance")
  }
}
