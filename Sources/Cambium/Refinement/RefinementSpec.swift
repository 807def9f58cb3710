internal import CambiumCore

/// Tuning of all weights together: Levenberg–Marquardt with evidence-adapted decay.
public struct RefinementSpec: Codable, Sendable, Equatable {
  /// After every how many installed units all weights are tuned, 0…10 000; 0: never. Default 10.
  public var every = 10
  /// When they are tuned. Default `rounds`.
  public var time = RefinementTime.rounds
  /// Which tunings are kept. Default `always`.
  public var keeping = RefinementKeeping.always
  /// The share of the samples that `keeping: heldOut` holds out to try a tuning on, where the network has no held-out
  /// samples of its own, 0.05…0.9. Default 0.2.
  public var heldOutShare = 0.2
  /// For which tasks. Default: regression; where classes come apart, tuning makes them certain of noise.
  public var tasks = RefinementTasks.regression
  /// The most steps of one tuning, 1…10 000. Default 12.
  public var steps = 12
  /// Networks with more weights than this are not tuned, 0…20 000: a step costs O(N w² + w³), and some matrices
  /// of w² numbers in memory. Default 1200.
  public var largestWeightCount = 1200
  /// The most samples that a tuning looks at, ≥ 100. Of more, `samplesPerWeight` for each weight are drawn, at least a
  /// quarter of this limit, and the readout is fitted to all after. Default 16 384.
  public var sampleLimit = 16_384
  /// How many samples are drawn for each weight where there are more than `sampleLimit`, 1…1 000 000. Default 10.
  public var samplesPerWeight = 10

  /// The defaults.
  public init() {}

  /// How many samples of more than the limit are drawn.
  func sampleCount(forWeights count: Int) -> Int {
    min(max(samplesPerWeight * count, sampleLimit / 4), sampleLimit)
  }

  func applies(to task: Task) -> Bool { every > 0 && (task == .regression || tasks == .all) }

  func validate() throws {
    try require(every, in: 0...10_000, "refinement.every")
    try require(heldOutShare, in: 0.05...0.9, "refinement.heldOutShare")
    try require(steps, in: 1...10_000, "refinement.steps")
    try require(sampleLimit, in: 100...1_000_000_000, "refinement.sampleLimit")
    try require(samplesPerWeight, in: 1...1_000_000, "refinement.samplesPerWeight")
    try require(largestWeightCount, in: 0...20_000, "refinement.largestWeightCount")
  }
}

/// The tasks whose networks are tuned.
public enum RefinementTasks: String, Codable, Sendable, CaseIterable {
  /// Only regression.
  case regression
  /// Regression and classification.
  case all
}

/// When the weights of a network are tuned.
public enum RefinementTime: String, Codable, Sendable, CaseIterable {
  /// After every so many installed units (`every`), and at the largest size.
  case rounds
  /// Once, when the size is known; sizes are chosen by networks that are not tuned.
  case end
}

/// Which tunings are kept. One that more than quadruples the training loss never is.
public enum RefinementKeeping: String, Codable, Sendable, CaseIterable {
  /// All.
  case always
  /// Those after which the loss on held-out samples is not larger than before. A network without held-out samples is
  /// tuned on a part of its samples and tried on the others first (`heldOutShare`): up to twice the time.
  case heldOut
}
