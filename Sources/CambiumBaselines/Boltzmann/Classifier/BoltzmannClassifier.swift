public import CambiumCore

/// A Boltzmann machine as a classifier; see ``BoltzmannClassifierSpec``. An epoch costs about N · classes · units² ·
/// (`sweeps` + 2) operations, twice that where there are two.
public struct BoltzmannClassifier: Learner {
  /// How to train.
  public let spec: BoltzmannClassifierSpec

  /// Checks the spec; throws an `InputError` that names the key that is out of range.
  public init(spec: BoltzmannClassifierSpec = .init()) throws {
    try spec.validate()
    self.spec = spec
  }

  /// Trains on `data`; chooses by `validation`, or where that is nil by the spec's share of `data` held out.
  ///
  /// - Throws: `InputError` where the targets are no classes, or there would be too many weights.
  public func fit(_ data: Dataset, validation: Dataset?, in context: FitContext) throws -> Fit {
    guard data.task != .regression else {
      throw InputError(
        .content, found: "numbers to learn",
        expected: "classes: the units of a Boltzmann machine are on or off")
    }
    let shape = BoltzmannClassifierShape(
      inputCount: data.featureCount, unitCount: spec.units, outputs: data.outputCount, sweeps: spec.sweeps)
    guard shape.parameterCount <= MultilayerPerceptron.largestParameterCount else {
      throw InputError(
        .content, at: .init(column: "units"), found: "\(shape.parameterCount) weights",
        expected: "at most \(MultilayerPerceptron.largestParameterCount) for \(data.featureCount) inputs")
    }
    let range = InputRange(of: data.features)
    func scaled(_ data: Dataset) -> Dataset {
      Dataset(
        features: range.applied(to: data.features), targets: data.targets, task: data.task,
        weights: data.weights)
    }
    let variants = spec.training.weightDecay.map { NetworkVariant(network: shape, weightDecay: $0) }
    var fit = BackpropagationRun.fit(
      variants, by: spec.training.rules(activation: .logistic), to: scaled(data),
      validation: validation.map(scaled), in: context
    ) { network, parameters, scale in
      BoltzmannClassifierModel(
        task: data.task, shape: shape, range: InputRange(count: data.featureCount), confidence: scale,
        weights: network.layout.matrices(of: parameters))
    }
    guard let model = fit.predictor as? BoltzmannClassifierModel else {
      preconditionFailure("a Boltzmann machine is fitted")
    }
    // It was trained on scaled inputs; what it is asked about is not.
    fit.predictor = BoltzmannClassifierModel(
      task: data.task, shape: shape, range: range, confidence: model.confidence, weights: model.weights)
    return fit
  }
}
