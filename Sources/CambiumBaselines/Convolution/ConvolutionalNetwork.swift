public import CambiumCore

/// The convolutional network; see ``ConvolutionSpec``. An epoch costs about 6 · N · places · window · filters operations
/// for each convolution.
public struct ConvolutionalNetwork: Learner {
  /// How to train.
  public let spec: ConvolutionSpec

  /// Checks the spec; throws an `InputError` that names the key that is out of range.
  public init(spec: ConvolutionSpec = .init()) throws {
    try spec.validate()
    self.spec = spec
  }

  /// Trains on `data`; chooses by `validation`, or where that is nil by the spec's share of `data` held out.
  ///
  /// - Throws: `InputError` where the columns do not fill a picture of the spec's shape, or the network would be too
  ///   large.
  public func fit(_ data: Dataset, validation: Dataset?, in context: FitContext) throws -> Fit {
    let shape = try shape(for: data)
    let scaling =
      spec.scaling == .range ? InputRange(of: data.features) : InputRange(count: data.featureCount)
    func scaled(_ data: Dataset) -> Dataset {
      Dataset(
        features: scaling.applied(to: data.features), targets: data.targets, task: data.task,
        weights: data.weights, columns: data.columns)
    }
    let variants = spec.training.weightDecay.map { NetworkVariant(network: shape, weightDecay: $0) }
    var fit = BackpropagationRun.fit(
      variants, by: spec.training.rules(activation: spec.activation), to: scaled(data),
      validation: validation.map(scaled), in: context
    ) { network, parameters, scale in
      ConvolutionalModel(
        task: data.task, shape: shape, scaling: InputRange(count: data.featureCount),
        weights: network.layout.matrices(of: parameters, readoutTimes: scale))
    }
    guard let model = fit.predictor as? ConvolutionalModel else {
      preconditionFailure("a convolutional network is fitted")
    }
    // It was trained on scaled pixels; what it is asked about is not.
    fit.predictor = ConvolutionalModel(
      task: data.task, shape: shape, scaling: scaling, weights: model.weights)
    return fit
  }

  private func shape(for data: Dataset) throws -> ConvolutionShape {
    let places = try InputPlaces(
      shape: spec.sides(columnCount: data.columns.names.count), columns: data.columns, key: "shape")
    guard
      let shape = ConvolutionShape(
        places: places, filters: spec.filters, kernel: spec.kernel, poolingSide: spec.pooling,
        pooling: spec.poolingKind, units: spec.units, outputCount: data.outputCount,
        activation: spec.activation, dropout: spec.training.dropout),
      shape.parameterCount <= MultilayerPerceptron.largestParameterCount
    else {
      throw InputError(
        .content, at: .init(column: "filters"),
        found: "\(spec.filters) filters on pictures of \(places.shape)",
        expected: "at most \(ConvolutionShape.largestMemoryCount) numbers kept for each sample and "
          + "\(MultilayerPerceptron.largestParameterCount) weights")
    }
    return shape
  }
}
