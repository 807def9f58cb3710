internal import CambiumCore

/// What the network that stays learns from the networks to choose by, in place of the targets (distillation: Bucilă, Caruana
/// and Niculescu-Mizil 2006; Hinton, Vinyals and Dean 2015): their mean has less of the targets' noise, and what their errors
/// do not have in common cancels.
///
/// Its targets are (1 − s) y + s T, T the mean of what these networks say at the chosen size; at mixed samples, which together
/// weigh as much as the others, T alone. Numbers only, where there are units and several hold-outs: of classes it gains
/// nothing. On thirteen tables whose networks have units errors fell by 3 % in the mean (`experiments/NOTEBOOK.md`).
public struct DistillationSpec: Codable, Sendable, Equatable {
  /// s, 0…1; 0: targets alone, and no mixed samples. Default 0.8.
  public var share = 0.8
  /// How many samples are mixed for each that there is, each between it and a near one, 0…100. The last growth takes time in
  /// proportion to 1 + `mixedSamples`. Default 1.
  public var mixedSamples = 1
  /// The mean squared error on held-out samples, in variances of the targets, below which targets alone are learned, 0…1:
  /// noise cannot be more, and a mean of networks that learned fewer samples follows it less well. Default 0.001.
  public var leastError = 0.001
  /// Of more samples than this targets alone are learned, ≥ 100: of many there is nothing to gain. Default 4 000.
  public var sampleLimit = 4_000

  /// The defaults.
  public init() {}

  func validate() throws {
    try require(share, in: 0...1, "distillation.share")
    try require(mixedSamples, in: 0...100, "distillation.mixedSamples")
    try require(leastError, in: 0...1, "distillation.leastError")
    try require(sampleLimit, in: 100...1_000_000, "distillation.sampleLimit")
  }

  /// How many samples the last growth learns for each that there is, where it is taught.
  func rows(samples: Int, holdOuts: Int, task: Task) -> Int {
    applies(samples: samples, holdOuts: holdOuts, task: task) ? samples * (1 + mixedSamples) : samples
  }

  /// Whether there may be something to teach.
  func applies(samples: Int, holdOuts: Int, task: Task) -> Bool {
    share > 0 && task == .regression && holdOuts > 1 && samples <= sampleLimit
  }
}
