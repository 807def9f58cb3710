public import CambiumCore

/// A deep belief network (Hinton, Osindero and Teh 2006): a stack of restricted Boltzmann machines, each a model of what
/// the hidden units of the one below say.
///
/// P(v, h¹ … hˡ) = P(v | h¹) · P(h¹ | h²) ⋯ P(hˡ⁻² | hˡ⁻¹) · P(hˡ⁻¹, hˡ): the last machine is one of undirected
/// connections, of those below only the downward direction counts.
public struct DeepBeliefNetwork: Sendable, Equatable {
  /// The machines, from the inputs up, at least one.
  public let machines: [RestrictedBoltzmannMachine]

  /// Makes a network; nil where there is no machine, or one above the first is not of as many binary visible units as
  /// the one below has hidden ones.
  public init?(machines: [RestrictedBoltzmannMachine]) {
    guard !machines.isEmpty else { return nil }
    for (lower, upper) in zip(machines, machines.dropFirst()) {
      guard upper.visible == .binary, upper.visibleCount == lower.hiddenCount else { return nil }
    }
    self.machines = machines
  }

  /// Trains the machines one by one, each on the probabilities of the hidden units below; targets are not looked at.
  ///
  /// - Parameters:
  ///   - units: Hidden units of each machine, at least one number, each at least 1.
  ///   - data: Samples whose inputs are as the visible units want them.
  /// - Throws: What ``BoltzmannTraining`` throws.
  public init(
    trainedOn data: Dataset, visible: RestrictedBoltzmannMachine.Visible, units: [Int],
    by training: BoltzmannTraining, in context: FitContext
  ) throws {
    precondition(!units.isEmpty, "a deep belief network has a layer")
    var machines: [RestrictedBoltzmannMachine] = []
    var seen = data
    for (index, count) in units.enumerated() {
      context.observer.observe(
        .stage("training machine \(index + 1) of \(units.count), \(count) hidden units"))
      let machine = try training.machine(
        of: index == 0 ? visible : .binary, hiddenCount: count, on: seen, in: context.child("machine", index))
      machines.append(machine)
      guard index < units.count - 1 else { break }
      seen = Dataset(
        features: machine.hiddenProbabilities(given: seen.features), targets: seen.targets, task: seen.task,
        weights: seen.weights)
    }
    self.machines = machines
  }

  /// The weights of all hidden units, as layers of a perceptron have them.
  var hiddenLayers: [Matrix] { machines.map(\.hiddenLayer) }

  /// Visible values that the network makes up: Gibbs sampling in the last machine, and then down, layer by layer.
  ///
  /// - Parameters:
  ///   - count: How many.
  ///   - steps: Turns of Gibbs sampling in the last machine, from states that are 0 or 1 with equal chance.
  ///   - random: Where the draws come from.
  /// - Returns: count × D values. O(count · (steps · weights of the last machine + weights)).
  public func samples(_ count: Int, steps: Int, random: RandomStream) -> Matrix {
    guard let top = machines.last else { preconditionFailure("a deep belief network has a machine") }
    let generator = random.child("down").generator()
    let fair = Matrix(rows: count, columns: top.visibleCount, repeating: 0.5)
    let start = fair.drawnAsProbabilities(random.child("start").generator())
    let states = top.sampled(from: start, steps: steps, random: random.child("top"))
    return machines.dropLast().reversed().reduce(states) { hidden, machine in
      machine.drawnVisible(hidden.withOnes(), generator).columns(from: 1)
    }
  }
}

extension DeepBeliefNetwork: Codable {
  private enum CodingKeys: String, CodingKey { case machines }

  /// Reads a network; throws where its machines do not fit together.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let machines = try container.decode([RestrictedBoltzmannMachine].self, forKey: .machines)
    guard let network = DeepBeliefNetwork(machines: machines) else {
      throw DecodingError.dataCorruptedError(
        forKey: .machines, in: container,
        debugDescription: "expected machines whose visible units are the hidden ones of the machine below")
    }
    self = network
  }
}
