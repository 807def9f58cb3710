internal import CambiumCore

/// How features are learned from inputs alone, for another learner to read.
public struct FeatureSpec: Codable, Sendable, Equatable {
  /// What learns them. Default an autoencoder.
  public var kind = FeatureKind.autoencoder
  /// Units of each layer, one to 64 numbers of 1…16 384; the last layer's are the features. Of components there is one layer,
  /// of no more than there are inputs. Default one of 50.
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
    try require(
      units.count == 1 || !kind.isLinear, "units", "\(units.count) layers",
      "one, of as many components as wanted")
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
    case .principal:
      try checkComponents(of: data)
      let components = PrincipalComponents(of: data.features, count: units[0])
      return try linear(components?.means, components?.components, of: data)
    case .independent:
      try checkComponents(of: data)
      let components = IndependentComponents(
        of: data.features, count: units[0], random: context.random.child("components"))
      return try linear(components?.means, components?.unmixing.transposed(), of: data)
    }
  }

  private func checkComponents(of data: Dataset) throws {
    try require(
      units[0] <= data.featureCount, "features.units", "\(units[0])",
      "at most as many components as inputs, \(data.featureCount)")
    try require(
      data.sampleCount >= 2, "features.kind", "\(data.sampleCount) samples", "at least two for components")
  }

  /// The layer of linear units that reads inputs less their means through d × count weights.
  private func linear(_ means: [Double]?, _ weights: Matrix?, of data: Dataset) throws -> PretrainedLayers {
    guard let means, let weights else {
      throw InputError(
        .content, at: .init(column: "features.units"), found: "\(units[0])",
        expected: "no more components than the inputs vary in directions")
    }
    let biases = (0..<weights.columns).map { k in
      means.indices.reduce(0) { $0 - means[$1] * weights[$1, k] }
    }
    let layer = Matrix(rows: 1, columns: weights.columns, values: biases).appendingRows(of: weights)
    return PretrainedLayers(layers: [layer], activation: nil)
  }
}

/// What learns features.
public enum FeatureKind: String, Codable, Sendable, CaseIterable {
  /// A stacked autoencoder.
  case autoencoder
  /// A restricted Boltzmann machine; of several layers, a deep belief network.
  case boltzmann
  /// Principal components.
  case principal
  /// Independent components, by FastICA.
  case independent

  /// Whether the features are weighted sums of the inputs.
  var isLinear: Bool { self == .principal || self == .independent }
}
