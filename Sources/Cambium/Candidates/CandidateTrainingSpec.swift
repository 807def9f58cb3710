public import CambiumCore

/// How the candidates of a pool are trained.
public struct CandidateTrainingSpec: Codable, Sendable, Equatable {
  /// What they climb. Default `errorReduction`, the share of the residual's energy that a candidate takes away.
  public var objective = CandidateObjective.errorReduction
  /// How they climb. Default `automatic`.
  public var optimizer = TrainingOptimizer.automatic
  /// Gradient descent: the samples of one step, 0…1e9, 0 for all. Default 0.
  public var batch = 0
  /// Gradient descent: η, above 0 and at most 1e6, and by how much it falls each epoch, ≥ 0: a
  /// step is η times the batch's mean gradient of log J. Default 1 / (1 + 0.02 t); of small batches less, of 1 about 0.01.
  public var learningRate = LearningRate(initial: 1, decay: 0.02)
  /// Steps, each of a pass or two over the samples, 1…100 000. Default 40: on real data 30 were as good as 100.
  public var epochs = 40
  /// The share of the samples that one round's candidates are trained on, drawn anew each round, where held-out
  /// samples choose the size, 0.01…1. Candidates are ranked on all samples, or on twice
  /// `selection.sampleLimit` of more: what fits the noise of one half shows
  /// it on the other (Friedman 2002, *Stochastic gradient boosting*). Default 0.5, and at least 100 samples.
  public var sampleShare = 0.5
  /// The most samples that one round's candidates are trained on, ≥ 16. Default 4096.
  public var sampleLimit = 4096
  /// Evolution of the pool before its candidates climb. Default: none.
  public var evolution = EvolutionSpec()
  /// Which candidates leave before the last epoch.
  public var leaving = LeavingSpec()
  /// What keeps candidates from fitting noise. Default: nothing.
  public var regularisation = RegularisationSpec()
  /// The precision of training. Candidates are ranked, and the readout fitted, in float64 always. Default float32.
  public var precision = TrainingPrecision.float32

  /// The defaults.
  public init() {}

  func sampleCount(of all: Int, isForAll: Bool) -> Int {
    let wanted = isForAll ? all : max(100, Int((sampleShare * Double(all)).rounded()))
    return min(all, wanted, sampleLimit)
  }

  func validate() throws {
    try require(
      optimizer != .levenbergMarquardt || objective.isShareOfEnergy, "training.objective",
      objective.rawValue, "errorReduction or logLossReduction, the objectives of levenbergMarquardt")
    try require(
      objective != .jointBackpropagation || [.automatic, .resilientPropagation].contains(optimizer),
      "training.optimizer", optimizer.rawValue,
      "resilientPropagation, the only optimizer of jointBackpropagation, whose output weights are steps behind"
    )
    try require(batch, in: 0...1_000_000_000, "training.batch")
    try require(learningRate.initial, in: 1e-12...1e6, "training.learningRate.initial")
    try require(learningRate.decay, in: 0...1e6, "training.learningRate.decay")
    try require(epochs, in: 1...100_000, "training.epochs")
    try require(sampleShare, in: 0.01...1, "training.sampleShare")
    try require(sampleLimit, in: 16...1_000_000_000, "training.sampleLimit")
    try regularisation.validate()
    try require(
      !regularisation.isPenalised && regularisation.largestNorm == 0 || optimizer.takesAnyStep,
      "training.optimizer", optimizer.rawValue,
      "resilientPropagation or gradientDescent, which training.regularisation's penalties and limit are for")
    try evolution.validate()
    try leaving.validate()
  }
}

/// The precision in which candidates are trained.
public enum TrainingPrecision: String, Codable, Sendable, CaseIterable {
  /// Products and responses with seven digits: at least twice as fast, at half the memory.
  case float32
  /// Sixteen digits.
  case float64
}
