public import CambiumCore

/// What is learned by a restricted Boltzmann machine or a deep belief network: a perceptron that answers, and the machines as
/// they were before its weights learned the targets, which make up inputs.
public struct BeliefModel: Predictor, Equatable {
  /// What answers.
  public let perceptron: MultilayerPerceptronModel
  /// The generative half; nil in files of versions that did not keep it.
  let generator: BeliefGenerator?

  init(perceptron: MultilayerPerceptronModel, generator: BeliefGenerator?) {
    self.perceptron = perceptron
    self.generator = generator
  }

  /// The machines; nil in files of versions that did not keep them.
  public var network: DeepBeliefNetwork? { generator?.network }

  /// The size of what answers.
  public var size: ModelSize { perceptron.size }

  /// The perceptron's outputs for N × d `features`.
  public func outputs(for features: Matrix, workers: WorkerPool) -> Matrix {
    perceptron.outputs(for: features, workers: workers)
  }
}

extension BeliefModel: GenerativeModel {
  /// Gibbs sampling in the last machine, and then down, layer by layer.
  public func madeUpInputs(_ count: Int, steps: Int, asMeans: Bool, random: RandomStream) -> Matrix? {
    generator?.inputs(count, steps: steps, asMeans: asMeans, random: random)
  }
}

/// A deep belief network, and what makes inputs of its visible units.
struct BeliefGenerator: Sendable, Equatable, Codable {
  let network: DeepBeliefNetwork
  /// How inputs became visible values.
  let range: InputRange

  func inputs(_ count: Int, steps: Int, asMeans: Bool, random: RandomStream) -> Matrix {
    var visible = network.samples(count, steps: steps, random: random)
    if asMeans {
      let machine = network.machines[0]
      let hidden = machine.drawnHidden(visible.withOnes(), random.child("means").generator())
      visible = machine.visibleMeans(hidden).columns(from: 1)
    }
    return range.restored(visible)
  }
}

extension BeliefModel: Codable {
  private enum CodingKeys: String, CodingKey { case generator }

  /// Reads a model; throws where it could not work.
  public init(from decoder: any Decoder) throws {
    perceptron = try MultilayerPerceptronModel(from: decoder)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    generator = try container.decodeIfPresent(BeliefGenerator.self, forKey: .generator)
    if let generator {
      let count = generator.network.machines[0].visibleCount
      guard count == perceptron.featureCount, generator.range.fits(count) else {
        throw DecodingError.dataCorruptedError(
          forKey: .generator, in: container,
          debugDescription:
            "expected a network of as many visible units as there are inputs, and their ranges")
      }
    }
  }

  /// Writes the perceptron, and beside its keys the generative half.
  public func encode(to encoder: any Encoder) throws {
    try perceptron.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encodeIfPresent(generator, forKey: .generator)
  }
}
