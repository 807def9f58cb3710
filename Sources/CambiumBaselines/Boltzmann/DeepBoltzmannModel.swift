public import CambiumCore

/// A network on top of a deep Boltzmann machine's inference.
public struct DeepBoltzmannModel: Predictor, Equatable {
  /// What reads the inputs, each range 0…1, and the means of the machine's second hidden layer.
  public let top: MultilayerPerceptronModel
  /// The machine.
  public var machine: DeepBoltzmannMachine { inference.machine }
  private let inference: DeepBoltzmannInference

  init(inference: DeepBoltzmannInference, top: MultilayerPerceptronModel) {
    self.inference = inference
    self.top = top
  }

  /// Hidden units and weights of the machine and of the network on top; the longest path is through the machine's second
  /// layer and then the network.
  public var size: ModelSize {
    let machine = inference.machine
    var size = top.size
    size.inputs = machine.visibleCount
    // A single layer needs no inference: the network on top is all.
    guard machine.hiddenLayerCount > 1 else { return size }
    size.units += machine.biases.dropFirst().reduce(0) { $0 + $1.count }
    size.connections +=
      machine.weights.reduce(0) { $0 + $1.values.count }
      + machine.biases.dropFirst().reduce(0) { $0 + $1.count }
    size.depth += 2
    return size
  }

  /// The outputs for N × d `features`. O(N · sweeps · weights).
  public func outputs(for features: Matrix, workers: WorkerPool) -> Matrix {
    precondition(
      features.columns == machine.visibleCount, "the machine reads \(machine.visibleCount) inputs")
    return top.outputs(for: inference.applied(to: features, workers: workers), workers: workers)
  }
}

extension DeepBoltzmannModel: GenerativeModel {
  /// Gibbs sampling in the machine, from states that are 0 or 1 with equal chance.
  public func madeUpInputs(_ count: Int, steps: Int, asMeans: Bool, random: RandomStream) -> Matrix? {
    let generator = random.child("start").generator()
    let start = machine.biases.map { biases in
      Matrix(rows: count, columns: biases.count, repeating: 0.5).drawnAsProbabilities(generator)
    }
    let states = machine.sampled(from: start, steps: steps, random: random.child("turns"))
    let visible = asMeans ? machine.sums(ofLayer: 0, states).mapped(by: .logistic) : states[0]
    return inference.range.restored(visible)
  }
}

extension DeepBoltzmannModel: Codable {
  private enum CodingKeys: String, CodingKey { case machine, range, sweeps, top }

  /// Reads a model; throws where it could not work.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let inference = DeepBoltzmannInference(
      machine: try container.decode(DeepBoltzmannMachine.self, forKey: .machine),
      range: try container.decode(InputRange.self, forKey: .range),
      sweeps: try container.decode(Int.self, forKey: .sweeps))
    let top = try container.decode(MultilayerPerceptronModel.self, forKey: .top)
    guard inference.range.fits(inference.machine.visibleCount), (1...1000).contains(inference.sweeps),
      top.featureCount == inference.outputCount
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .top, in: container, debugDescription: "expected a network that reads what the machine says")
    }
    self.init(inference: inference, top: top)
  }

  /// Writes the machine, how inputs are scaled, and the network on top.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(inference.machine, forKey: .machine)
    try container.encode(inference.range, forKey: .range)
    try container.encode(inference.sweeps, forKey: .sweeps)
    try container.encode(top, forKey: .top)
  }
}
