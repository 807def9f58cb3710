public import CambiumCore

/// How to learn with a deep Boltzmann machine (Salakhutdinov and Hinton 2009): its layers learn the inputs one by one, then
/// together, and backpropagation tunes what comes of it to the targets.
///
/// The network that is tuned reads the inputs, each range 0…1, and beside them the means μ² of the second hidden layer that
/// mean-field inference finds: its first layer is logistic(c¹ + W¹ᵀ v + W² μ²), so that it starts out as the machine's own.
public struct DeepBoltzmannSpec: Codable, Sendable, Equatable {
  /// Units of each hidden layer, from the inputs up, one to 16 numbers of 1…16 384. Default two of 100.
  public var units = [100, 100]
  /// How the layers are trained one by one. The machine of the first reads its inputs twice, as they count once the layer
  /// above speaks as well; the weights of those above are halved.
  public var pretraining = BoltzmannTrainingSpec()
  /// How all layers are then trained together.
  public var joint = DeepBoltzmannTrainingSpec()
  /// How the targets are learned. Default: by all weights.
  public var fineTuning = FineTuningSpec()

  /// The defaults.
  public init() {}

  /// Throws an `InputError` that names the first key whose value is out of range.
  public func validate() throws {
    try require((1...16).contains(units.count), "units", "\(units.count) layers", "1 to 16")
    for count in units { try require(count, in: 1...16_384, "units") }
    try validating("pretraining") { try pretraining.validate() }
    try validating("joint") { try joint.validate() }
    try validating("fineTuning") { try fineTuning.validate() }
  }
}

/// How the layers of a deep Boltzmann machine are trained together: ΔW = η (⟨h hᵀ⟩ of mean fields given the data − ⟨h hᵀ⟩
/// of chains that run freely), stochastic approximation with rates that fall.
public struct DeepBoltzmannTrainingSpec: Codable, Sendable, Equatable {
  /// Turns in which the mean field of a batch settles, and of the means that are read later, 1…1000. Default 10.
  public var meanFieldSweeps = 10
  /// Turns of Gibbs sampling of the chains for each step, 1…1000. Default 5.
  public var gibbsSteps = 5
  /// Chains, 1…100 000. Default 100.
  public var chains = 100
  /// Samples in a batch, 1…1 000 000. Default 50.
  public var batchSize = 50
  /// η. Default 0.01, halved after 10 epochs.
  public var rate = LearningRate(initial: 0.01, decay: 0.1)
  /// λ, 0…1e6, of the penalty λ · ((1 − a) · ½ Σ w² + a · Σ |w|) on weights that are no biases. Default 2e-4.
  public var weightDecay = 2e-4
  /// a, 0…1. Default 0.
  public var absoluteShare = 0.0
  /// The largest length of what a hidden unit reads of the layer below, 0…1e6; 0: no limit. Default 0.
  public var largestNorm = 0.0
  /// Passes over the samples, 0…10 000 000. Default 20.
  public var epochs = 20

  /// The defaults.
  public init() {}

  /// Throws an `InputError` that names the first key whose value is out of range.
  public func validate() throws {
    try require(meanFieldSweeps, in: 1...1000, "meanFieldSweeps")
    try require(gibbsSteps, in: 1...1000, "gibbsSteps")
    try require(chains, in: 1...100_000, "chains")
    try require(batchSize, in: 1...1_000_000, "batchSize")
    try rate.validate("rate")
    try penalty.validate()
    try require(epochs, in: 0...10_000_000, "epochs")
  }

  /// What keeps weights small.
  var penalty: ConnectionPenalty {
    ConnectionPenalty(weightDecay: weightDecay, absoluteShare: absoluteShare, largestNorm: largestNorm)
  }
}
