import Foundation
import Testing

@testable import CambiumBaselines
import CambiumCore

/// What models keep of what inputs are like.
@Suite struct GenerationTests {
  /// Two kinds of sample: the first three inputs on, or the last three; classes tell which.
  private static let data: Dataset = {
    let generator = RandomStream(seed: 3).generator()
    var features = Matrix(rows: 200, columns: 6)
    for i in 0..<200 {
      for j in 0..<6 { features[i, j] = ((i % 2 == 0) == (j < 3) ? 2 : -1) + 0.05 * generator.gaussian() }
    }
    let targets = Matrix(rows: 200, columns: 1, values: (0..<200).map { Double($0 % 2) })
    return Dataset(features: features, targets: targets, task: .classification(classes: 2))
  }()

  private static func fineTuning() -> FineTuningSpec {
    var spec = FineTuningSpec()
    spec.epochs = 20
    spec.holdOuts = 1
    return spec
  }

  private static func learner(_ name: String) throws -> any Learner {
    switch name {
    case "rbm", "rbm gaussian":
      var spec = RestrictedBoltzmannSpec()
      spec.units = 12
      spec.visible = name == "rbm" ? .binary : .gaussian
      if name != "rbm" { spec.noise = 0.25 }
      spec.pretraining.epochs = 200
      spec.fineTuning = fineTuning()
      spec.fineTuning.weights = .readout
      return try RestrictedBoltzmannLearner(spec: spec)
    case "dbn":
      var spec = DeepBeliefSpec()
      spec.units = [12, 8]
      spec.pretraining.epochs = 200
      spec.fineTuning = fineTuning()
      return try DeepBeliefLearner(spec: spec)
    default:
      var spec = DeepBoltzmannSpec()
      spec.units = [12, 8]
      spec.pretraining.epochs = 200
      spec.fineTuning = fineTuning()
      return try DeepBoltzmannLearner(spec: spec)
    }
  }

  private static func model(_ name: String) throws -> any GenerativeModel {
    let context = FitContext(random: RandomStream(seed: 1))
    return try #require(
      learner(name).fit(data, validation: nil, in: context).predictor as? any GenerativeModel)
  }

  private static func read<Model: GenerativeModel>(like model: Model, _ data: Data) throws -> Model {
    try JSONDecoder().decode(Model.self, from: data)
  }

  @Test(arguments: ["rbm", "rbm gaussian", "dbn", "dbm"])
  func aStoredModelMakesUpInputsLikeThoseItLearned(name: String) throws {
    let model = try Self.model(name)
    let stored = try Self.read(like: model, JSONEncoder().encode(model))
    let random = RandomStream(seed: 8)
    for asMeans in [false, true] {
      let inputs = try #require(
        stored.madeUpInputs(500, steps: 200, asMeans: asMeans, random: random))
      #expect(inputs == model.madeUpInputs(500, steps: 200, asMeans: asMeans, random: random))
      #expect(inputs.rows == 500 && inputs.columns == 6)
      // The halves are on in turn: each sample is nearer to one of the two kinds than to anything between.
      var kinds = [0, 0]
      for i in 0..<500 {
        let halves = [0..<3, 3..<6].map { half in half.reduce(0) { $0 + inputs[i, $1] } / 3 }
        if halves[0] > 1, halves[1] < 0 { kinds[0] += 1 }
        if halves[1] > 1, halves[0] < 0 { kinds[1] += 1 }
      }
      #expect(kinds.reduce(0, +) > 400 && kinds.allSatisfy { $0 > 50 }, "\(name), \(kinds)")
    }
  }

  @Test func filesWithoutTheGenerativeHalfStillAnswer() throws {
    let model = try #require(Self.model("dbn") as? BeliefModel)
    let text = try JSONEncoder().encode(model.perceptron)
    let old = try JSONDecoder().decode(BeliefModel.self, from: text)
    let workers = WorkerPool(threads: 1)
    #expect(
      old.outputs(for: Self.data.features, workers: workers)
        == model.outputs(for: Self.data.features, workers: workers))
    #expect(old.network == nil)
    #expect(old.madeUpInputs(1, steps: 1, asMeans: false, random: RandomStream(seed: 1)) == nil)
    // A network of another number of inputs is none of this model's.
    let upper = try #require(model.network).machines[1]
    let generator = BeliefGenerator(
      network: try #require(DeepBeliefNetwork(machines: [upper])), range: InputRange(count: 12))
    let other = BeliefModel(perceptron: model.perceptron, generator: generator)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(BeliefModel.self, from: JSONEncoder().encode(other))
    }
  }
}
