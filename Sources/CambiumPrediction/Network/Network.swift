/// A grown network: an immutable graph from inputs over units to outputs.
///
/// Sources are numbered as the columns of Φ: 0 is the constant 1, 1…d are the inputs, d+1…d+h the units in the
/// order they were installed. Prediction, refinement, exports, explanation and drawings all read this one value.
public struct Network: Sendable {
  /// A wire from a source to a unit.
  public struct Connection: Sendable, Equatable {
    /// The column of Φ that it reads.
    public var source: Int
    /// Ridge and product unit: the weight w. Radial unit: the inverse width s.
    public var weight: Double
    /// Radial unit: the centre c. Others: 0, and unused.
    public var centre: Double
    /// Product unit: the sum that it is part of. Others: the first, and the only one.
    public var factor: Factor

    /// Makes a connection.
    public init(source: Int, weight: Double, centre: Double = 0, factor: Factor = .first) {
      self.source = source
      self.weight = weight
      self.centre = centre
      self.factor = factor
    }
  }

  /// The two sums that a product unit multiplies.
  public enum Factor: String, Sendable, Codable {
    /// The first.
    case first
    /// The second.
    case second
  }

  /// An installed neuron: scale · (clip(f(z)) − offset), with z = Σ w φ; −Σ s²(φ − c)² for a radial one; the product of
  /// two sums Σ w φ for a product one.
  public struct Unit: Sendable, Equatable, Codable {
    /// The nonlinear function f.
    public var activation: Activation
    /// What it reads, in order of sources, of a product unit factor after factor; the bias of a sum is its connection
    /// from source 0.
    public var connections: [Connection]
    /// The smallest and the largest response that is let through: the training range and a margin. Without it
    /// composed powers explode a little off the training samples.
    public var range: ClosedRange<Double>
    /// What is taken off the clipped response: its mean over the training samples when it was installed.
    public var offset: Double
    /// What the rest is multiplied by: one over its standard deviation then.
    public var scale: Double
    /// Connections that pruning removed from it.
    public var prunedConnections: Int
    /// How many training samples the network represented with it and never before; nil where that was not noted.
    public var coveredFirst: Int?

    /// Makes a unit.
    public init(
      activation: Activation, connections: [Connection], range: ClosedRange<Double>, offset: Double,
      scale: Double, prunedConnections: Int, coveredFirst: Int? = nil
    ) {
      self.activation = activation
      self.connections = connections
      self.range = range
      self.offset = offset
      self.scale = scale
      self.prunedConnections = prunedConnections
      self.coveredFirst = coveredFirst
    }
  }

  /// No count in a network is larger, so that a sum of a few never overflows whatever a file says.
  package static let largestCount = 1_000_000_000

  /// d, the number of inputs.
  public let inputCount: Int
  /// The units, in the order they were installed; each reads only sources before it.
  public let units: [Unit]
  /// B, p × m: what each source contributes to each output, p = 1 + d + h.
  public let readout: Matrix
  /// What the outputs mean, and so how ΦB becomes them.
  public let task: Task
  /// Regression: between which numbers each score ΦB is kept, those that were learned and a margin. Empty for classes.
  public let outputRanges: [ClosedRange<Double>]
  /// Regression: how each clipped score becomes an output, where logarithms of the targets were learned; else empty, and
  /// clipped scores are the outputs.
  public let links: [LogarithmicLink]
  /// How a single row is answered; nil where a unit's connections are not in order.
  let fanOut: FanOut?

  /// Makes a network; nil where the parts do not fit together: a source that comes later, a shape that is off,
  /// a number that is not finite.
  public init?(
    inputCount: Int, units: [Unit], readout: Matrix, task: Task, outputRanges: [ClosedRange<Double>],
    links: [LogarithmicLink] = []
  ) {
    guard (0...Self.largestCount).contains(inputCount), readout.rows == 1 + inputCount + units.count,
      readout.columns >= 1,
      readout.values.allSatisfy(\.isFinite), outputRanges.allSatisfy(\.isFinite)
    else { return nil }
    switch task {
    case .regression:
      guard outputRanges.count == readout.columns, links.isEmpty || links.count == readout.columns,
        zip(links, outputRanges).allSatisfy({ $0.output(ofScore: $1.upperBound).isFinite })
      else { return nil }
    case .classification(let classes):
      guard classes >= 2, outputRanges.isEmpty, links.isEmpty, readout.columns == task.outputCount(targets: 1)
      else {
        return nil
      }
    }
    for (index, unit) in units.enumerated() {
      guard unit.isSound(before: 1 + inputCount + index) else { return nil }
    }
    self.inputCount = inputCount
    self.units = units
    self.readout = readout
    self.task = task
    self.outputRanges = outputRanges
    self.links = links
    fanOut = FanOut(inputCount: inputCount, units: units, readout: readout)
  }
}

extension Network: Equatable {
  /// Whether all that makes them is the same.
  public static func == (first: Network, second: Network) -> Bool {
    first.inputCount == second.inputCount && first.units == second.units && first.readout == second.readout
      && first.task == second.task && first.outputRanges == second.outputRanges
      && first.links == second.links
  }
}

extension Network {
  /// How the clipped score of an output becomes it, where its logarithm was learned; else nil.
  package func link(ofOutput output: Int) -> LogarithmicLink? { links.isEmpty ? nil : links[output] }

  /// The network with another readout of the same shape.
  package func replacing(readout: Matrix) -> Network { replacing(units: units, readout: readout) }

  /// The network with other units and a readout for them.
  package func replacing(units: [Unit], readout: Matrix) -> Network {
    guard let network = replaced(units: units, readout: readout) else {
      preconditionFailure("units and a readout that do not fit together")
    }
    return network
  }

  /// The same; nil where they do not fit together.
  package func replaced(units: [Unit], readout: Matrix) -> Network? {
    Network(
      inputCount: inputCount, units: units, readout: readout, task: task, outputRanges: outputRanges,
      links: links)
  }
}

extension ClosedRange<Double> {
  package var isFinite: Bool { lowerBound.isFinite && upperBound.isFinite }
}

extension Network.Unit {
  /// True where every number is finite and every source comes before `column`.
  package func isSound(before column: Int) -> Bool {
    range.isFinite && offset.isFinite && scale.isFinite
      && (0...Network.largestCount).contains(prunedConnections)
      && (0...Network.largestCount).contains(coveredFirst ?? 0)
      && connections.allSatisfy {
        (0..<column).contains($0.source) && $0.weight.isFinite && $0.centre.isFinite
          && ($0.factor == .first || activation.form == .product)
      }
  }
}

extension Network: Codable {
  private enum CodingKeys: String, CodingKey {
    case inputCount, units, readout, task, outputRanges, links
  }

  /// Reads a network; throws where it could not work.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let network = Network(
      inputCount: try container.decode(Int.self, forKey: .inputCount),
      units: try container.decode([Unit].self, forKey: .units),
      readout: try container.decode(Matrix.self, forKey: .readout),
      task: try container.decode(Task.self, forKey: .task),
      outputRanges: try container.decode([ClosedRange<Double>].self, forKey: .outputRanges),
      links: try container.decodeIfPresent([LogarithmicLink].self, forKey: .links) ?? [])
    guard let network else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath, debugDescription: "the parts of the network do not fit together"))
    }
    self = network
  }

  /// Writes the network; links only where it has some.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(inputCount, forKey: .inputCount)
    try container.encode(units, forKey: .units)
    try container.encode(readout, forKey: .readout)
    try container.encode(task, forKey: .task)
    try container.encode(outputRanges, forKey: .outputRanges)
    if !links.isEmpty { try container.encode(links, forKey: .links) }
  }
}
