internal import CambiumCore

/// Hidden layers that learned from inputs alone (Hinton and Salakhutdinov 2006): what a network that is to learn targets
/// starts with.
struct PretrainedLayers: Sendable, Equatable {
  /// (1 + fan-in) × units of each layer, biases in the first row.
  let layers: [Matrix]
  /// The function of every unit; nil where units say their sums.
  let activation: Activation?

  /// What the last layer says of N × d `features`, N × units. O(N · weights).
  func codes(of features: Matrix) -> Matrix {
    layers.reduce(features) { values, layer in
      let sums = values.withOnes().times(layer)
      return activation.map { sums.mapped(by: $0) } ?? sums
    }
  }

  /// The same samples seen through the layers.
  func coded(_ data: Dataset) -> Dataset {
    Dataset(
      features: codes(of: data.features), targets: data.targets, task: data.task, weights: data.weights)
  }

  /// Learns the targets of `data`; see ``FineTuningSpec``. The model is a ``MultilayerPerceptronModel``.
  func fit(_ data: Dataset, validation: Dataset?, by spec: FineTuningSpec, in context: FitContext) throws
    -> Fit
  {
    guard let activation else { preconditionFailure("layers of a perceptron are of nonlinear units") }
    switch spec.weights {
    case .all:
      context.observer.observe(.stage("fine-tuning all weights"))
      let perceptron = spec.perceptron(layers: layers.map(\.columns), activation: activation)
      return try MultilayerPerceptron(spec: perceptron, startingFrom: layers)
        .fit(data, validation: validation, in: context)
    case .readout:
      context.observer.observe(.stage("fitting the readout"))
      let perceptron = spec.perceptron(layers: [], activation: activation)
      let scaling = LayerScaling(standardising: codes(of: data.features))
      func seen(_ data: Dataset) -> Dataset {
        Dataset(
          features: scaling.applied(to: codes(of: data.features)), targets: data.targets, task: data.task,
          weights: data.weights)
      }
      var fit = try MultilayerPerceptron(spec: perceptron)
        .fit(seen(data), validation: validation.map(seen), in: context)
      guard let readout = fit.predictor as? MultilayerPerceptronModel,
        let model = MultilayerPerceptronModel(
          task: data.task, activation: activation, slope: 1,
          layers: (layers + [scaling.folded(into: readout.layers[0].weights)]).map { .init(weights: $0) })
      else { preconditionFailure("layers that do not fit together") }
      fit.predictor = model
      return fit
    }
  }
}
