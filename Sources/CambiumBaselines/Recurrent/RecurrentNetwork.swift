public import CambiumCore

/// The recurrent network; see ``RecurrentSpec``. An epoch costs about 6 · N · steps · (inputs + units) · units operations,
/// of gated units three times that.
public struct RecurrentNetwork: Learner {
  /// How to train.
  public let spec: RecurrentSpec

  /// Checks the spec; throws an `InputError` that names the key that is out of range.
  public init(spec: RecurrentSpec = .init()) throws {
    try spec.validate()
    self.spec = spec
  }

  /// Trains on `data`; chooses by `validation`, or where that is nil by the spec's share of `data` held out.
  ///
  /// - Throws: `InputError` where the columns do not fill a sequence of the spec's shape, or the network would be too
  ///   large.
  public func fit(_ data: Dataset, validation: Dataset?, in context: FitContext) throws -> Fit {
    let shape = try shape(for: data)
    let variants = spec.training.weightDecay.map { NetworkVariant(network: shape, weightDecay: $0) }
    return BackpropagationRun.fit(
      variants, by: spec.training.rules(activation: spec.activation), to: data, validation: validation,
      in: context
    ) { network, parameters, scale in
      RecurrentModel(
        task: data.task, shape: shape,
        weights: network.layout.matrices(of: parameters, readoutTimes: scale))
    }
  }

  private func shape(for data: Dataset) throws -> RecurrentShape {
    let count = data.columns.names.count
    try require(count > 0, "shape", "no input columns", "a sequence of at least one step")
    let texts = InputPlaces(textsOf: data.columns)
      .flatMap { spec.shape.isEmpty || spec.shape == $0.shape ? $0 : nil }
    let places =
      try texts
      ?? InputPlaces(
        shape: spec.shape.isEmpty ? [count, 1] : spec.shape, columns: data.columns, key: "shape")
    guard
      let shape = RecurrentShape(
        places: places, kind: spec.kind, units: spec.units, layers: spec.layers,
        outputCount: data.outputCount, activation: spec.activation, dropout: spec.training.dropout),
      shape.parameterCount <= MultilayerPerceptron.largestParameterCount
    else {
      throw InputError(
        .content, at: .init(column: "units"), found: "\(spec.units) units for sequences of \(places.shape)",
        expected: "at most \(RecurrentShape.largestMemoryCount) numbers kept for each sample and "
          + "\(MultilayerPerceptron.largestParameterCount) weights")
    }
    return shape
  }
}
