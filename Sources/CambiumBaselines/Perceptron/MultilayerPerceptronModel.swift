public import CambiumCore

/// A trained multilayer perceptron.
public struct MultilayerPerceptronModel: Predictor, Equatable {
  /// One layer of units: each reads all values of the layer before.
  public struct Layer: Sendable, Equatable {
    /// (1 + fan-in) × units: column u holds the bias of unit u and then its weights.
    public let weights: Matrix

    /// Makes a layer.
    public init(weights: Matrix) { self.weights = weights }
  }

  /// What the outputs mean, and so which link makes them of the last layer's sums.
  public let task: Task
  /// The function of hidden units.
  public let activation: Activation
  /// β: a hidden unit gives f(βz).
  public let slope: Double
  /// The hidden layers and then the readout.
  public let layers: [Layer]

  /// d, the number of inputs.
  public var featureCount: Int { (layers.first?.weights.rows ?? 1) - 1 }
  /// m, the number of outputs.
  public var outputCount: Int { layers.last?.weights.columns ?? 0 }

  /// Hidden units, weights with biases, hidden layers.
  public var size: ModelSize {
    ModelSize(
      inputs: featureCount, outputs: outputCount,
      units: layers.dropLast().reduce(0) { $0 + $1.weights.columns },
      connections: layers.reduce(0) { $0 + $1.weights.values.count }, depth: layers.count - 1)
  }

  /// Makes a model; nil where the layers do not fit together or to the task, or a number is not finite.
  public init?(task: Task, activation: Activation, slope: Double, layers: [Layer]) {
    guard let readout = layers.last, slope.isFinite, activation.form == .ridge else { return nil }
    for (layer, next) in zip(layers, layers.dropFirst()) {
      guard next.weights.rows == layer.weights.columns + 1 else { return nil }
    }
    guard layers.allSatisfy({ $0.weights.rows >= 1 && $0.weights.columns >= 1 }),
      layers.allSatisfy({ $0.weights.values.allSatisfy(\.isFinite) })
    else { return nil }
    if case .classification(let classes) = task {
      guard classes >= 2, readout.weights.columns == task.outputCount(targets: 1) else { return nil }
    }
    self.task = task
    self.activation = activation
    self.slope = slope
    self.layers = layers
  }

  /// Cuts the flat weights of a training into layers.
  init(shape: LayerShape, task: Task, parameters: [Double]) {
    self.task = task
    activation = shape.activation
    slope = shape.slope
    layers = (0..<shape.layerCount).map { layer in
      let (start, end) = (shape.offset(ofLayer: layer), shape.offset(ofLayer: layer + 1))
      return Layer(
        weights: Matrix(
          rows: 1 + shape.widths[layer], columns: shape.widths[layer + 1],
          values: Array(parameters[start..<end])))
    }
  }

  /// The outputs for N × d `features`, finite. O(N · weights).
  public func outputs(for features: Matrix, workers: WorkerPool) -> Matrix {
    precondition(features.columns == featureCount, "the network reads \(featureCount) inputs")
    let shape = LayerShape(
      widths: [featureCount] + layers.map(\.weights.columns), activation: activation, slope: slope)
    let scores = shape.scores(of: features, parameters: layers.flatMap(\.weights.values), workers: workers)
    return Loss(task: task).outputs(ofScores: scores.keptFinite())
  }
}

extension MultilayerPerceptronModel.Layer: Codable {
  private enum CodingKeys: String, CodingKey { case rows, columns, weights }

  /// Reads a layer; throws where the number of weights is not rows × columns.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let rows = try container.decode(Int.self, forKey: .rows)
    let columns = try container.decode(Int.self, forKey: .columns)
    let values = try container.decode([Double].self, forKey: .weights)
    let (count, overflows) = rows.multipliedReportingOverflow(by: columns)
    guard rows >= 1, columns >= 1, !overflows, values.count == count else {
      throw DecodingError.dataCorruptedError(
        forKey: .weights, in: container, debugDescription: "\(values.count) weights for \(rows) × \(columns)")
    }
    weights = Matrix(rows: rows, columns: columns, values: values)
  }

  /// Writes the shape and the weights, column after column.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(weights.rows, forKey: .rows)
    try container.encode(weights.columns, forKey: .columns)
    try container.encode(weights.values, forKey: .weights)
  }
}

extension MultilayerPerceptronModel {
  private enum CodingKeys: String, CodingKey { case task, activation, slope, layers }

  /// Reads a model; throws where it could not work.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let model = MultilayerPerceptronModel(
      task: try container.decode(Task.self, forKey: .task),
      activation: try container.decode(Activation.self, forKey: .activation),
      slope: try container.decode(Double.self, forKey: .slope),
      layers: try container.decode([Layer].self, forKey: .layers))
    guard let model else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath, debugDescription: "the layers of the network do not fit together"))
    }
    self = model
  }
}
