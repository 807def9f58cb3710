public import CambiumCore

/// How to learn with a stacked autoencoder: layers learn one by one to give back what they read, then backpropagation
/// tunes all weights to the targets (Hinton and Salakhutdinov 2006; Bengio and others 2007).
public struct AutoencoderSpec: Codable, Sendable, Equatable {
  /// Units of each layer, from the inputs up, one to 64 numbers of 1…16 384. Default two of 100 and 50.
  public var units = [100, 50]
  /// The function of every hidden unit: any of z = w·φ. Default tanh.
  public var activation = Activation.tanh
  /// How the layers learn the inputs.
  public var pretraining = AutoencoderTrainingSpec()
  /// How the targets are learned. Default: by all weights.
  public var fineTuning = FineTuningSpec()

  /// The defaults.
  public init() {}

  /// Throws an `InputError` that names the first key whose value is out of range.
  public func validate() throws {
    try require((1...64).contains(units.count), "units", "\(units.count) layers", "1 to 64")
    for count in units { try require(count, in: 1...16_384, "units") }
    try require(activation.form == .ridge, "activation", activation.rawValue, "a function of z = w·φ")
    try validating("pretraining") { try pretraining.validate() }
    try validating("fineTuning") { try fineTuning.validate() }
  }
}

/// How one layer of an autoencoder learns to give back what it reads.
///
/// h = f(b + Wᵀx̃) of an x̃ of which a share is put out, x̂ = c + Vᵀh. What is minimised, over the samples, is the mean of
/// ½ Σ (x̂ − x)² + `sparsity` · Σ |h|, and λ · ((1 − a) · ½ Σ w² + a · Σ |w|) over the weights of both ways; λ is the
/// `weightDecay`, a the `absoluteShare`.
public struct AutoencoderTrainingSpec: Codable, Sendable, Equatable {
  /// Whether the weights of the way back are those of the way there, V = Wᵀ. Default true.
  public var tied = true
  /// The share of the inputs that is set to 0, their mean, anew in each epoch, 0…0.9: a denoising autoencoder has to
  /// tell them from the others (Vincent and others 2008). Default 0.
  public var corruption = 0.0
  /// The penalty on what the units say, 0…1000: a sparse autoencoder describes a sample by few of its units. With weights
  /// that are not tied it is the weight decay that keeps V from making up for small h. Default 0.
  public var sparsity = 0.0
  /// λ, 0…1e6. Default 1e-4.
  public var weightDecay = 1e-4
  /// a, 0…1. Default 0.
  public var absoluteShare = 0.0
  /// The largest length of what a unit reads, 0…1e6; 0: no limit. Default 0.
  public var largestNorm = 0.0
  /// Samples in a batch, 1…1 000 000. Default 32.
  public var batchSize = 32
  /// The rates of Adam. Default 0.002, halved after 50 epochs.
  public var adam = LearningRate(initial: 0.002, decay: 0.02)
  /// Passes over the samples, 1…10 000 000. Default 50.
  public var epochs = 50

  /// The defaults.
  public init() {}

  /// Throws an `InputError` that names the first key whose value is out of range.
  public func validate() throws {
    try require(corruption, in: 0...0.9, "corruption")
    try require(sparsity, in: 0...1000, "sparsity")
    try require(weightDecay, in: 0...1e6, "weightDecay")
    try require(absoluteShare, in: 0...1, "absoluteShare")
    try require(largestNorm, in: 0...1e6, "largestNorm")
    try require(batchSize, in: 1...1_000_000, "batchSize")
    try adam.validate("adam")
    try require(epochs, in: 1...10_000_000, "epochs")
  }
}
