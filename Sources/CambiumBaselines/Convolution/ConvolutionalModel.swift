public import CambiumCore

/// A trained convolutional network.
public struct ConvolutionalModel: Predictor, Equatable {
  /// What the outputs mean, and so which link makes them of the last layer's sums.
  public let task: Task
  /// The weights of the convolutions, (1 + channels · k²) × filters each, and of the fully connected layers, (1 + fan-in)
  /// × units each; biases in the first row.
  public let weights: [Matrix]
  private let shape: ConvolutionShape
  private let scaling: InputRange

  /// Filters and fully connected units; weights, shared ones once; layers of both kinds.
  public var size: ModelSize {
    ModelSize(
      inputs: shape.places.ofFeatures.count, outputs: shape.outputCount,
      units: weights.dropLast().reduce(0) { $0 + $1.columns },
      connections: weights.reduce(0) { $0 + $1.values.count }, depth: weights.count - 1)
  }

  /// Makes a model whose parts fit together.
  init(task: Task, shape: ConvolutionShape, scaling: InputRange, weights: [Matrix]) {
    self.task = task
    self.shape = shape
    self.scaling = scaling
    self.weights = weights
  }

  /// The outputs for N × d `features`, finite. O(N · places · window · filters) for each convolution.
  public func outputs(for features: Matrix, workers: WorkerPool) -> Matrix {
    precondition(features.columns == size.inputs, "the network reads \(size.inputs) inputs")
    let scores = shape.scores(
      of: scaling.applied(to: features), parameters: weights.flatMap(\.values), workers: workers)
    return Loss(task: task).outputs(ofScores: scores.keptFinite())
  }
}

extension ConvolutionalModel: Codable {
  private enum CodingKeys: String, CodingKey {
    case task, shape, places, filters, kernel, pooling, poolingKind, units, activation, scaling, layers
  }

  /// Reads a model; throws where it could not work.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    var spec = ConvolutionSpec()
    spec.shape = try container.decode([Int].self, forKey: .shape)
    spec.filters = try container.decode([Int].self, forKey: .filters)
    spec.kernel = try container.decode(Int.self, forKey: .kernel)
    spec.pooling = try container.decode(Int.self, forKey: .pooling)
    spec.poolingKind = try container.decode(Pooling.self, forKey: .poolingKind)
    spec.units = try container.decode([Int].self, forKey: .units)
    spec.activation = try container.decode(Activation.self, forKey: .activation)
    let task = try container.decode(Task.self, forKey: .task)
    let scaling = try container.decode(InputRange.self, forKey: .scaling)
    let weights = try container.decode([MultilayerPerceptronModel.Layer].self, forKey: .layers).map(\.weights)
    guard (try? spec.validate()) != nil,
      let places = InputPlaces(
        shape: spec.shape, ofFeatures: try container.decode([Int].self, forKey: .places)),
      let readout = weights.last, task.fits(outputCount: readout.columns),
      let shape = ConvolutionShape(
        places: places, filters: spec.filters, kernel: spec.kernel, poolingSide: spec.pooling,
        pooling: spec.poolingKind, units: spec.units, outputCount: readout.columns,
        activation: spec.activation),
      shape.layout.fits(weights), scaling.fits(places.ofFeatures.count)
    else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath, debugDescription: "the parts of the network do not fit together"))
    }
    self.init(task: task, shape: shape, scaling: scaling, weights: weights)
  }

  /// Writes the shape and the weights.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(task, forKey: .task)
    try container.encode(shape.places.shape, forKey: .shape)
    try container.encode(shape.places.ofFeatures, forKey: .places)
    try container.encode(shape.stages.map(\.filters), forKey: .filters)
    try container.encode(shape.stages[0].kernel, forKey: .kernel)
    try container.encode(shape.stages[0].pooling, forKey: .pooling)
    try container.encode(shape.pooling, forKey: .poolingKind)
    try container.encode(Array(shape.top.widths.dropFirst().dropLast()), forKey: .units)
    try container.encode(shape.top.activation, forKey: .activation)
    try container.encode(scaling, forKey: .scaling)
    try container.encode(weights.map { MultilayerPerceptronModel.Layer(weights: $0) }, forKey: .layers)
  }
}
