public import CambiumCore

/// A trained Boltzmann machine that classifies.
public struct BoltzmannClassifierModel: Predictor, Equatable {
  /// What the outputs mean.
  public let task: Task
  /// What hidden units read of inputs and classes, (1 + d + labels) × H; of each other, (1 + H) × H, where the first row
  /// and the diagonal are not read and two units have the mean of their numbers between them; what classes read of inputs,
  /// (1 + d) × m.
  public let weights: [Matrix]
  /// What log-odds are multiplied by: below 1 where the machine is too sure of itself.
  public let confidence: Double
  private let shape: BoltzmannClassifierShape
  private let range: InputRange

  /// Hidden units, connections with biases, one layer.
  public var size: ModelSize {
    let (d, units, outputs) = (shape.inputCount, shape.unitCount, shape.outputs)
    return ModelSize(
      inputs: d, outputs: outputs, units: units,
      connections: (1 + d + outputs) * units + units * (units - 1) / 2 + (1 + d) * outputs, depth: 1)
  }

  /// Makes a model whose parts fit together.
  init(
    task: Task, shape: BoltzmannClassifierShape, range: InputRange, confidence: Double, weights: [Matrix]
  ) {
    self.task = task
    self.shape = shape
    self.range = range
    self.confidence = confidence
    self.weights = weights
  }

  /// The probabilities for N × d `features`. O(N · classes · sweeps · H²).
  public func outputs(for features: Matrix, workers: WorkerPool) -> Matrix {
    precondition(features.columns == size.inputs, "the network reads \(size.inputs) inputs")
    let scores = shape.scores(
      of: range.applied(to: features), parameters: weights.flatMap(\.values), workers: workers)
    return Loss(task: task).outputs(ofScores: scores.scaled(by: confidence).keptFinite())
  }

  /// The machine itself: visible units for inputs, each range 0…1, and classes, of two one, then the hidden ones. It has no
  /// connections among visible units but those of inputs with classes.
  public var machine: BoltzmannMachine {
    let (d, units, outputs) = (shape.inputCount, shape.unitCount, shape.outputs)
    let visible = d + outputs
    var biases = [Double](repeating: 0, count: visible + units)
    var connections = Matrix(rows: biases.count, columns: biases.count)
    func connect(_ i: Int, _ j: Int, _ weight: Double) {
      connections[i, j] = weight
      connections[j, i] = weight
    }
    for o in 0..<outputs {
      biases[d + o] = weights[2][0, o]
      for i in 0..<d { connect(i, d + o, weights[2][1 + i, o]) }
    }
    for u in 0..<units {
      biases[visible + u] = weights[0][0, u]
      for i in 0..<visible { connect(i, visible + u, weights[0][1 + i, u]) }
      for v in 0..<u {
        connect(visible + u, visible + v, 0.5 * (weights[1][1 + u, v] + weights[1][1 + v, u]))
      }
    }
    return BoltzmannMachine(unchecked: visible, biases, connections)
  }
}

extension BoltzmannClassifierModel: Codable {
  private enum CodingKeys: String, CodingKey { case task, sweeps, range, confidence, layers }

  /// Reads a model; throws where it could not work.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let task = try container.decode(Task.self, forKey: .task)
    let sweeps = try container.decode(Int.self, forKey: .sweeps)
    let range = try container.decode(InputRange.self, forKey: .range)
    let confidence = try container.decode(Double.self, forKey: .confidence)
    let weights = try container.decode([MultilayerPerceptronModel.Layer].self, forKey: .layers).map(\.weights)
    guard weights.count == 3, task != .regression, task.fits(outputCount: weights[2].columns),
      (1...1000).contains(sweeps), confidence.isFinite, confidence > 0
    else { throw Self.nonsense(decoder) }
    let shape = BoltzmannClassifierShape(
      inputCount: weights[2].rows - 1, unitCount: weights[0].columns, outputs: weights[2].columns,
      sweeps: sweeps)
    guard shape.layout.fits(weights), range.fits(shape.inputCount) else { throw Self.nonsense(decoder) }
    self.init(task: task, shape: shape, range: range, confidence: confidence, weights: weights)
  }

  private static func nonsense(_ decoder: any Decoder) -> DecodingError {
    .dataCorrupted(
      .init(codingPath: decoder.codingPath, debugDescription: "the parts of the machine do not fit together"))
  }

  /// Writes how inputs are scaled and the weights.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(task, forKey: .task)
    try container.encode(shape.sweeps, forKey: .sweeps)
    try container.encode(range, forKey: .range)
    try container.encode(confidence, forKey: .confidence)
    try container.encode(weights.map { MultilayerPerceptronModel.Layer(weights: $0) }, forKey: .layers)
  }
}
