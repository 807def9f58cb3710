internal import CambiumCore

/// Tuning of all weights together: Levenberg–Marquardt with evidence-adapted decay.
public struct RefinementSpec: Codable, Sendable, Equatable {
  /// After every how many installed units all weights are tuned, 0…10 000; 0: never. Default 10.
  public var every = 10
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
