internal import CambiumCore

/// How features are learned from inputs alone, for another learner to read.
public struct FeatureSpec: Codable, Sendable, Equatable {
  /// What learns them. Default an autoencoder.
  public var kind = FeatureKind.autoencoder
  /// Units of each layer, one to 64 numbers of 1…16 384; the last layer's are the features. Default one of 50.
  public var units = [50]
  /// Whether the inputs themselves are read beside the features. Default true.
  public var keepsInputs = true
  /// How the layers of an autoencoder are trained, whose units are tanh ones.
  public var autoencoder = AutoencoderTrainingSpec()
  /// How Boltzmann machines are trained, whose visible units are binary: each input's range becomes 0…1.
  public var boltzmann = BoltzmannTrainingSpec()

  /// The defaults.
  public init() {}

  /// Throws an `InputError` that names the first key whose value is out of range.
  public func validate() throws {
    try require((1...64).contains(units.count), "units", "\(units.count) layers", "1 to 64")
    for count in units { try require(count, in: 1...16_384, "units") }
    try validating("autoencoder") { try autoencoder.validate() }
    try validating("boltzmann") { try boltzmann.validate() }
  }

  /// Layers that were trained on the inputs of `data`.
  func pretrained(on data: Dataset, in context: FitContext) throws -> PretrainedLayers {
    switch kind {
    case .autoencoder:
      var spec = AutoencoderSpec()
      spec.units = units
      spec.pretraining = autoencoder
      return try AutoencoderLearner(spec: spec).pretrained(on: data, in: context)
    case .boltzmann:
      var spec = DeepBeliefSpec()
      spec.units = units
      spec.pretraining = boltzmann
      return try DeepBeliefLearner(spec: spec).pretrained(on: data, in: context)
    }
  }
}

/// What learns features.
public enum FeatureKind: String, Codable, Sendable, CaseIterable {
  /// A stacked autoencoder.
  case autoencoder
  /// A restricted Boltzmann machine; of several layers, a deep belief network.
  case boltzmann
}
