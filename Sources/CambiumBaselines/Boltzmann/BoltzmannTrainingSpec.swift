public import CambiumCore

/// How to train a restricted Boltzmann machine: Δw = η (E_data(v hᵀ) − E_model(v hᵀ)), where the second mean is that of
/// a few steps of Gibbs sampling.
public struct BoltzmannTrainingSpec: Codable, Sendable, Equatable {
  /// Where the model's side of the gradient comes from. Default contrastive divergence.
  public var estimator = BoltzmannEstimator.contrastiveDivergence
  /// k, the turns of Gibbs sampling for each step, 1…1000. Default 1.
  public var gibbsSteps = 1
  /// Chains that persistent contrastive divergence keeps, 1…100 000. Default 100.
  public var chains = 100
  /// Samples in a batch, 1…1 000 000. Default 20.
  public var batchSize = 20
  /// η, by kind of visible units: binary ones bear larger steps than Gaussian ones. Default 0.2 and 0.005, halved
  /// after 50 epochs.
  public var binaryRate = LearningRate(initial: 0.2, decay: 0.02)
  /// The same of Gaussian visible units.
  public var gaussianRate = LearningRate(initial: 0.005, decay: 0.02)
  /// The share of the last step that is repeated, 0 ≤ momentum < 1. Default 0.5.
  public var momentum = 0.5
  /// λ, 0…1e6, of the penalty λ · ((1 − a) · ½ Σ w² + a · Σ |w|) on weights that are no biases. Default 1e-4.
  public var weightDecay = 1e-4
  /// a, 0…1. Default 0.
  public var absoluteShare = 0.0
  /// The largest length of what a hidden unit reads, 0…1e6; 0: no limit. Default 0.
  public var largestNorm = 0.0
  /// The share of hidden units that are out of a sample's step, 0…0.95: each sample trains a machine of the others
  /// (Srivastava and others 2014, section 8). What visible units hear from above is then meant for 1 − share of the units:
  /// a machine that is to generate, rather than to code, wants a small share. Of contrastive divergence alone: chains that go
  /// on from step to step belong to one machine. Default 0.
  public var dropout = 0.0
  /// Passes over the samples, 1…10 000 000. Default 50.
  public var epochs = 50

  /// The defaults.
  public init() {}

  /// Throws an `InputError` that names the first key whose value is out of range.
  public func validate() throws {
    try require(gibbsSteps, in: 1...1000, "gibbsSteps")
    try require(chains, in: 1...100_000, "chains")
    try require(batchSize, in: 1...1_000_000, "batchSize")
    try binaryRate.validate("binaryRate")
    try gaussianRate.validate("gaussianRate")
    try require(momentum >= 0 && momentum < 1, "momentum", "\(momentum)", "a value from 0 to below 1")
    try penalty.validate()
    try require(dropout, in: 0...0.95, "dropout")
    try require(
      dropout == 0 || estimator == .contrastiveDivergence, "dropout", "\(dropout) with persistent chains",
      "0, or contrastive divergence")
    try require(epochs, in: 1...10_000_000, "epochs")
  }

  /// What keeps weights small.
  var penalty: ConnectionPenalty {
    ConnectionPenalty(weightDecay: weightDecay, absoluteShare: absoluteShare, largestNorm: largestNorm)
  }

  /// The rates for visible units of a kind.
  func rate(of visible: RestrictedBoltzmannMachine.Visible) -> LearningRate {
    visible == .binary ? binaryRate : gaussianRate
  }

  /// The key of these rates.
  func rateKey(of visible: RestrictedBoltzmannMachine.Visible) -> String {
    visible == .binary ? "binaryRate.initial" : "gaussianRate.initial"
  }
}

/// Where the model's side of a restricted Boltzmann machine's gradient comes from.
public enum BoltzmannEstimator: String, Codable, Sendable, CaseIterable {
  /// k steps of Gibbs sampling that start from the batch itself (Hinton 2002).
  case contrastiveDivergence
  /// Chains that go on from step to step, k steps of each (Tieleman 2008): nearer to the likelihood's gradient.
  case persistent
}

extension LearningRate {
  /// Throws an `InputError` at `key` where the rate or its decay is out of range.
  func validate(_ key: String) throws {
    try require(
      initial > 0 && initial <= 1000, "\(key).initial", "\(initial)", "a value above 0, up to 1000")
    try require(decay, in: 0...1000, "\(key).decay")
  }
}
