internal import CambiumCore

/// How the candidates of a pool are trained: RPROP (Igel and Hüsken 2003) on the share of the residual's energy that
/// a candidate takes away, J = Σ_o (r_o·ĝ)² / (ĝ·ĝ), ĝ centred.
public struct CandidateTrainingSpec: Codable, Sendable, Equatable {
  /// Passes over the samples, 1…100 000. Default 40: on real data 30 were as good as 100.
  public var epochs = 40
  /// The share of the samples that one round's candidates are trained on, drawn anew each round, where held-out
  /// samples choose the size, 0.01…1. Candidates are ranked on all samples: what fits the noise of one half shows
  /// it on the other (Friedman 2002, *Stochastic gradient boosting*). Default 0.5, and at least 100 samples.
  public var sampleShare = 0.5
  /// The most samples that one round's candidates are trained on, ≥ 16. Default 4096.
  public var sampleLimit = 4096
  /// Which candidates leave before the last epoch.
  public var leaving = LeavingSpec()
  /// The precision of training. Candidates are ranked, and the readout fitted, in float64 always. Default float32.
  public var precision = TrainingPrecision.float32

  /// The defaults.
  public init() {}

  func sampleCount(of all: Int, isForAll: Bool) -> Int {
    let wanted = isForAll ? all : max(100, Int((sampleShare * Double(all)).rounded()))
    return min(all, wanted, sampleLimit)
  }

  func validate() throws {
    try require(epochs, in: 1...100_000, "training.epochs")
    try require(sampleShare, in: 0.01...1, "training.sampleShare")
    try require(sampleLimit, in: 16...1_000_000_000, "training.sampleLimit")
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
