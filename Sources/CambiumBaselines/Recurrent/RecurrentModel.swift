public import CambiumCore

/// A trained recurrent network.
public struct RecurrentModel: Predictor, Equatable {
  /// What the outputs mean, and so which link makes them of the last layer's sums.
  public let task: Task
  /// The weights of the recurrent units, (1 + inputs + units) × units, of gated ones first those of both gates, twice as
  /// many; then those of the fully connected layers. Biases in the first row.
  public let weights: [Matrix]
  private let shape: RecurrentShape

  /// Units of the state and of layers; weights, once for all steps; steps and layers.
  public var size: ModelSize {
    ModelSize(
      inputs: shape.places.ofFeatures.count, outputs: shape.outputCount,
      units: shape.units + shape.top.widths.dropFirst().dropLast().reduce(0, +),
      connections: weights.reduce(0) { $0 + $1.values.count }, depth: shape.steps + shape.top.layerCount - 1)
  }

  /// Makes a model whose parts fit together.
  init(task: Task, shape: RecurrentShape, weights: [Matrix]) {
    self.task = task
    self.shape = shape
    self.weights = weights
  }

  /// The outputs for N × d `features`, finite. O(N · steps · weights).
  public func outputs(for features: Matrix, workers: WorkerPool) -> Matrix {
    precondition(features.columns == size.inputs, "the network reads \(size.inputs) inputs")
    let scores = shape.scores(of: features, parameters: weights.flatMap(\.values), workers: workers)
    return Loss(task: task).outputs(ofScores: scores.keptFinite())
  }
}

extension RecurrentModel: Codable {
  private enum CodingKeys: String, CodingKey {
    case task, shape, places, kind, units, widths, activation, layers
  }

  /// Reads a model; throws where it could not work.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    var spec = RecurrentSpec()
    spec.shape = try container.decode([Int].self, forKey: .shape)
    spec.kind = try container.decode(RecurrentKind.self, forKey: .kind)
    spec.units = try container.decode(Int.self, forKey: .units)
    spec.layers = try container.decode([Int].self, forKey: .widths)
    spec.activation = try container.decode(Activation.self, forKey: .activation)
    let task = try container.decode(Task.self, forKey: .task)
    let weights = try container.decode([MultilayerPerceptronModel.Layer].self, forKey: .layers).map(\.weights)
    guard (try? spec.validate()) != nil,
      let places = InputPlaces(
        shape: spec.shape, ofFeatures: try container.decode([Int].self, forKey: .places)),
      let readout = weights.last, task.fits(outputCount: readout.columns),
      let shape = RecurrentShape(
        places: places, kind: spec.kind, units: spec.units, layers: spec.layers,
        outputCount: readout.columns, activation: spec.activation),
      shape.layout.fits(weights)
    else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath, debugDescription: "the parts of the network do not fit together"))
    }
    self.init(task: task, shape: shape, weights: weights)
  }

  /// Writes the shape and the weights.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(task, forKey: .task)
    try container.encode(shape.places.shape, forKey: .shape)
    try container.encode(shape.places.ofFeatures, forKey: .places)
    try container.encode(shape.kind, forKey: .kind)
    try container.encode(shape.units, forKey: .units)
    try container.encode(Array(shape.top.widths.dropFirst().dropLast()), forKey: .widths)
    try container.encode(shape.top.activation, forKey: .activation)
    try container.encode(weights.map { MultilayerPerceptronModel.Layer(weights: $0) }, forKey: .layers)
  }
}
