internal import CambiumCore

/// Which connections are cut while a candidate is trained. The survivors train on; a cut connection stays cut.
public struct PruningSpec: Codable, Sendable, Equatable {
  /// A connection is cut whose weight is below this share of the root mean square of its unit's weights (in a product those of
  /// its factor), all sources being standardised: it approaches zero. 0…1, 0 cuts nothing. Default 0.5.
  public var nearZero = 0.5
  /// A connection is cut whose weight has |mean| / standard deviation below this over the epochs since the
  /// last cut: it fluctuates. ≥ 0, 0 cuts nothing. Default 1.
  public var fluctuation = 1.0
  /// When to cut, as shares of the epochs, each in 0 < t < 1, rising. Default 0.5 and 0.7.
  public var schedule = [0.5, 0.7]

  /// The defaults.
  public init() {}

  func validate() throws {
    try require(nearZero, in: 0...1, "pruning.nearZero")
    try require(fluctuation, in: 0...1e6, "pruning.fluctuation")
    let rising = zip(schedule, schedule.dropFirst()).allSatisfy { $0 < $1 }
    try require(
      rising && schedule.allSatisfy { $0 > 0 && $0 < 1 }, "pruning.schedule", "\(schedule)",
      "rising shares between 0 and 1")
  }
}
