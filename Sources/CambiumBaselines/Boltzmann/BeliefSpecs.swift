internal import CambiumCore

/// How to learn with a restricted Boltzmann machine: one learns the inputs, a regression on its hidden units the
/// targets.
public struct RestrictedBoltzmannSpec: Codable, Sendable, Equatable {
  /// H, the hidden units, 1…16 384. Default 200.
  public var units = 200
  /// What the visible units are. Default binary: each input's range becomes 0…1.
  public var visible = RestrictedBoltzmannMachine.Visible.binary
  /// The deviation of Gaussian units' noise, in units of the inputs' standard deviation, 0.25…1. Default 1.
  public var noise = 1.0
  /// How the machine is trained.
  public var pretraining = BoltzmannTrainingSpec()
  /// How the targets are learned. Default: by the readout alone.
  public var fineTuning = FineTuningSpec(weights: .readout)

  /// The defaults.
  public init() {}

  /// Throws an `InputError` that names the first key whose value is out of range.
  public func validate() throws {
    try require(units, in: 1...16_384, "units")
    try deep.validate()
  }

  /// The network of one machine that it is.
  var deep: DeepBeliefSpec {
    var spec = DeepBeliefSpec()
    spec.units = [units]
    spec.visible = visible
    spec.noise = noise
    spec.pretraining = pretraining
    spec.fineTuning = fineTuning
    return spec
  }
}

/// How to learn with a deep belief network: restricted Boltzmann machines learn the inputs one by one, then
/// backpropagation tunes all weights to the targets.
public struct DeepBeliefSpec: Codable, Sendable, Equatable {
  /// Hidden units of each machine, from the inputs up, one to 64 numbers of 1…16 384. Default two of 100.
  public var units = [100, 100]
  /// What the visible units of the first machine are. Default binary: each input's range becomes 0…1.
  public var visible = RestrictedBoltzmannMachine.Visible.binary
  /// The deviation of Gaussian units' noise, in units of the inputs' standard deviation, 0.25…1. Default 1.
  public var noise = 1.0
  /// How the machines are trained.
  public var pretraining = BoltzmannTrainingSpec()
  /// How the targets are learned. Default: by all weights.
  public var fineTuning = FineTuningSpec()

  /// The defaults.
  public init() {}

  /// Throws an `InputError` that names the first key whose value is out of range.
  public func validate() throws {
    try require((1...64).contains(units.count), "units", "\(units.count) layers", "1 to 64")
    for count in units { try require(count, in: 1...16_384, "units") }
    try require(noise, in: 0.25...1, "noise")
    try validating("pretraining") { try pretraining.validate() }
    try validating("fineTuning") { try fineTuning.validate() }
  }
}
