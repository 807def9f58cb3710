import Foundation
import Testing

@testable import CambiumBaselines
import CambiumCore

@Suite struct PerceptronSpecTests {
  private static let badSpecs: [(key: String, change: @Sendable (inout MultilayerPerceptronSpec) -> Void)] = [
    ("layers", { $0.layers = [5, 0] }), ("layers", { $0.layers = [20_000] }),
    ("layers", { $0.layers = Array(repeating: 1, count: 65) }),
    ("activations", { $0.activations = [.tanh, .radial] }), ("activations", { $0.activations = [.product] }),
    ("activations", { $0.activations = [] }),
    ("activations", { $0.activations = [.tanh, .tanh] }), ("holdOuts", { $0.holdOuts = 0 }),
    ("slope", { $0.slope = 0 }), ("slope", { $0.slope = .nan }),
    ("batchSize", { $0.batchSize = 0 }), ("descent.initial", { $0.descent.initial = -1 }),
    ("descent.decay", { $0.descent.decay = -0.1 }), ("adam.initial", { $0.adam.initial = .infinity }),
    ("adam.decay", { $0.adam.decay = .nan }), ("momentum", { $0.momentum = 1 }),
    ("weightDecay", { $0.weightDecay = [-1] }), ("weightDecay", { $0.weightDecay = [.nan] }),
    ("weightDecay", { $0.weightDecay = [0, 1, 0] }), ("initialRange", { $0.initialRange = 11 }),
    ("absoluteShare", { $0.absoluteShare = 1.1 }), ("largestNorm", { $0.largestNorm = -1 }),
    ("dropout", { $0.dropout = 1 }), ("inputNoise", { $0.inputNoise = .nan }),
    ("epochs", { $0.epochs = 0 }), ("patience", { $0.patience = 0 }),
    ("validationFraction", { $0.validationFraction = 1 }),
  ]

  @Test func aValueOutOfRangeIsNamedByItsKey() throws {
    try MultilayerPerceptronSpec().validate()
    for (key, change) in Self.badSpecs {
      var spec = MultilayerPerceptronSpec()
      change(&spec)
      let error = #expect(throws: InputError.self) { try MultilayerPerceptron(spec: spec) }
      #expect(error?.location.column == key && error?.kind == .content)
    }
  }

  @Test func tooManyWeightsAreRefusedBeforeMemoryIsTaken() {
    var spec = MultilayerPerceptronSpec()
    spec.layers = Array(repeating: 16_384, count: 64)
    let error = #expect(throws: InputError.self) {
      try MultilayerPerceptron(spec: spec).fit(
        Samples.exclusiveOr, validation: nil, in: FitContext(random: RandomStream(seed: 1)))
    }
    #expect(error?.location.column == "layers")
  }

  @Test func aSpecReadsBackAndItsEncodingListsEveryKey() throws {
    var spec = MultilayerPerceptronSpec()
    spec.layers = [3, 2]
    spec.updates = .online
    let data = try JSONEncoder().encode(spec)
    #expect(try JSONDecoder().decode(MultilayerPerceptronSpec.self, from: data) == spec)
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(Set(object.keys) == Set(Mirror(reflecting: spec).children.compactMap(\.label)))
  }

  @Test(arguments: WeightInitialisation.allCases)
  func startingWeightsHaveTheirSpread(initialisation: WeightInitialisation) {
    let shape = LayerShape(widths: [100, 200, 50], activation: .tanh, slope: 1)
    let parameters = initialisation.parameters(for: shape.layout, range: 0.3, random: RandomStream(seed: 1))
    let expected: [Double] =
      switch initialisation {
      case .smallRandom: [0.09 / 3, 0.09 / 3]
      case .glorot: [2.0 / 300, 2.0 / 250]
      case .he: [2.0 / 100, 2.0 / 250]
      }
    for layer in 0..<2 {
      let fanIn = shape.widths[layer]
      let block = parameters[shape.offset(ofLayer: layer)..<shape.offset(ofLayer: layer + 1)]
      var (sum, biases) = (0.0, 0.0)
      for (k, value) in block.enumerated() {
        if k % (fanIn + 1) == 0 { biases += abs(value) } else { sum += value * value }
      }
      let variance = sum / Double(fanIn * shape.widths[layer + 1])
      #expect(abs(variance / expected[layer] - 1) < 0.05)
      #expect((biases == 0) == (initialisation != .smallRandom))
    }
  }

  @Test func heldOutSamplesAreAStratifiedPart() throws {
    let data = Samples.make(.classification(classes: 3), rows: 200)
    let split = try #require(HeldOutSamples(of: data, fraction: 0.25, random: RandomStream(seed: 1)))
    #expect((split.training + split.heldOut).sorted() == Array(0..<200))
    #expect(split.heldOut.count == 50)
    let classes = data.classIndices
    for index in 0..<3 {
      let share = Double(split.heldOut.count { classes[$0] == index }) / Double(classes.count { $0 == index })
      #expect(abs(share - 0.25) < 0.05)
    }
    #expect(HeldOutSamples(of: data.selecting([0, 1]), fraction: 0.5, random: RandomStream(seed: 1)) == nil)
    #expect(HeldOutSamples(of: data, fraction: 0, random: RandomStream(seed: 1)) == nil)
  }
}
