public import CambiumCore

/// The fixed multilayer perceptron, trained by backpropagation: the network that growth is compared with.
///
/// Hidden units give f(βz); outputs are linear for numbers, one log-odds for two classes, softmax for more.
/// Where samples are held out, the weights of the epoch with the least held-out loss count; see
/// ``MultilayerPerceptronSpec``. One epoch costs about 6 · N · weights operations.
public struct MultilayerPerceptron: Learner {
  /// The most weights that a network may have: about 1 GiB with all that training keeps beside them.
  static let largestParameterCount = 20_000_000

  /// How to train.
  public let spec: MultilayerPerceptronSpec
  /// The weights that its hidden layers start from; none where all are drawn.
  private let start: [Matrix]

  /// Checks the spec; throws an `InputError` that names the key that is out of range.
  public init(spec: MultilayerPerceptronSpec = .init()) throws {
    try self.init(spec: spec, startingFrom: [])
  }

  /// The same with the weights that the first hidden layers start from, (1 + fan-in) × units each.
  init(spec: MultilayerPerceptronSpec, startingFrom start: [Matrix]) throws {
    try spec.validate()
    self.spec = spec
    self.start = start
  }

  /// Trains on `data`; chooses by `validation`, or where that is nil by the spec's share of `data` held out. What was
  /// chosen is then, unless `refit` is off, trained on all of them.
  public func fit(_ data: Dataset, validation: Dataset?, in context: FitContext) throws -> Fit {
    // Without hidden layers all functions make the same network.
    let activations = spec.layers.isEmpty ? [spec.activations[0]] : spec.activations
    let variants = try activations.flatMap { activation in
      let shape = try shape(for: data, activation)
      return spec.decays(for: data.task).map { NetworkVariant(network: shape, weightDecay: $0, start: start) }
    }
    return BackpropagationRun.fit(variants, by: spec, to: data, validation: validation, in: context) {
      network, parameters, scale in
      guard let shape = network as? LayerShape else { preconditionFailure("a perceptron is of layers") }
      return MultilayerPerceptronModel(
        shape: shape, task: data.task, parameters: shape.layout.timesReadout(scale, parameters))
    }
  }

  /// The shape of the spec's network for `data`; throws an `InputError` where it would be too large.
  func shape(for data: Dataset, _ activation: Activation) throws -> LayerShape {
    let shape = LayerShape(
      widths: [data.featureCount] + spec.layers + [data.outputCount], activation: activation,
      slope: spec.slope, rule: spec.gradient, dropout: spec.dropout)
    guard shape.parameterCount <= Self.largestParameterCount else {
      throw InputError(
        .content, at: .init(column: "layers"), found: "\(shape.parameterCount) weights",
        expected: "at most \(Self.largestParameterCount) for \(data.featureCount) inputs")
    }
    return shape
  }
}
