public import CambiumCore

/// Learns with a restricted Boltzmann machine; see ``RestrictedBoltzmannSpec``. The model is a ``BeliefModel`` of one layer.
public struct RestrictedBoltzmannLearner: Learner {
  private let deep: DeepBeliefLearner

  /// Checks the spec; throws an `InputError` that names the key that is out of range.
  public init(spec: RestrictedBoltzmannSpec = .init()) throws {
    try spec.validate()
    deep = try DeepBeliefLearner(spec: spec.deep)
  }

  /// Trains the machine on the inputs of `data`, and then what is on top of it on the targets.
  public func fit(_ data: Dataset, validation: Dataset?, in context: FitContext) throws -> Fit {
    try deep.fit(data, validation: validation, in: context)
  }
}

/// Learns with a deep belief network; see ``DeepBeliefSpec``. The model is a ``BeliefModel``, which answers by a
/// perceptron of logistic units.
public struct DeepBeliefLearner: Learner {
  /// How to train.
  public let spec: DeepBeliefSpec

  /// Checks the spec; throws an `InputError` that names the key that is out of range.
  public init(spec: DeepBeliefSpec = .init()) throws {
    try spec.validate()
    self.spec = spec
  }

  /// Trains the machines on the inputs of `data`, and then the whole on the targets.
  ///
  /// - Throws: `InputError` where a machine's weights run away, with the epoch and the step size.
  public func fit(_ data: Dataset, validation: Dataset?, in context: FitContext) throws -> Fit {
    let generator = try generator(of: data, in: context.child("pretraining"))
    var fit = try generator.layers.fit(data, validation: validation, by: spec.fineTuning, in: context)
    guard let perceptron = fit.predictor as? MultilayerPerceptronModel else {
      preconditionFailure("layers are tuned as a perceptron")
    }
    fit.predictor = BeliefModel(perceptron: perceptron, generator: generator)
    fit.report.epochs += spec.pretraining.epochs * spec.units.count
    return fit
  }

  /// The hidden layers of a network that was trained on the inputs of `data`, and read inputs as they are there.
  func pretrained(on data: Dataset, in context: FitContext) throws -> PretrainedLayers {
    try generator(of: data, in: context).layers
  }

  /// A network that was trained on the inputs of `data`.
  private func generator(of data: Dataset, in context: FitContext) throws -> BeliefGenerator {
    let scaling = LayerScaling(of: data.features, for: spec.visible, noise: spec.noise)
    let scaled = Dataset(
      features: scaling.applied(to: data.features), targets: data.targets, task: data.task,
      weights: data.weights, columns: data.columns)
    let network = try DeepBeliefNetwork(
      trainedOn: scaled, visible: spec.visible, units: spec.units,
      by: BoltzmannTraining(spec: spec.pretraining, keyPath: "pretraining."), in: context)
    return BeliefGenerator(network: network, range: InputRange(scaling))
  }
}

extension BeliefGenerator {
  /// The hidden layers, the first of which reads inputs as they are.
  fileprivate var layers: PretrainedLayers {
    var layers = network.hiddenLayers
    layers[0] = range.scaling.folded(into: layers[0])
    return PretrainedLayers(layers: layers, activation: .logistic)
  }
}
