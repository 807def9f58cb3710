import Foundation
import Testing

@testable import CambiumBaselines
import CambiumCore

@Suite struct StackingTests {
  private static let workers = WorkerPool(threads: 1)

  private static func objective(_ data: Dataset, decay: Double = 0.01) -> StackingObjective {
    objective(data, decay: decay) { _ in }
  }

  private static func objective(
    _ data: Dataset, decay: Double = 0.01, _ change: (inout StackingSpec) -> Void
  ) -> StackingObjective {
    var spec = StackingSpec()
    spec.units = 5
    change(&spec)
    return StackingObjective(spec, data: data, decay: decay, workers: workers)
  }

  private static func hidden(_ data: Dataset) -> Matrix {
    let generator = RandomStream(seed: 3).generator()
    let count = (1 + data.featureCount) * 5
    return Matrix(
      rows: 1 + data.featureCount, columns: 5, values: (0..<count).map { _ in generator.gaussian() })
  }

  private static func checkGradient(of objective: StackingObjective, _ data: Dataset) {
    let hidden = hidden(data)
    let gradient = objective.evaluate(hidden).gradient
    for k in gradient.indices {
      func value(_ step: Double) -> Double {
        var moved = hidden
        moved.values[k] += step
        return objective.evaluate(moved).value
      }
      let difference = (value(1e-5) - value(-1e-5)) / 2e-5
      #expect(abs(difference - gradient[k]) < 1e-8, "weight \(k)")
    }
  }

  @Test(arguments: [Task.regression, .classification(classes: 2), .classification(classes: 3)])
  func gradientThroughTheBestReadoutEqualsFiniteDifference(task: Task) {
    let data = Samples.make(task, rows: 40, targets: 2, weighted: true)
    Self.checkGradient(of: Self.objective(data), data)
  }

  @Test(arguments: [(0.0, 0.3), (0.7, 0.0), (0.5, 0.5)])
  func gradientWithPenaltiesEqualsFiniteDifference(absoluteShare: Double, dropout: Double) {
    let data = Samples.make(.classification(classes: 3), rows: 40, targets: 1, weighted: true)
    let objective = Self.objective(data) {
      $0.absoluteShare = absoluteShare
      $0.dropout = dropout
    }
    Self.checkGradient(of: objective, data)
  }

  /// The mean over many draws of which units drop out, those that stay counting 1 / (1 − share) times.
  @Test func dropoutIsItsMean() {
    let data = Samples.make(.regression, rows: 20, targets: 1)
    let hidden = Self.hidden(data)
    let share = 0.4
    let (value, _, readout) = Self.objective(data) { $0.dropout = share }.evaluate(hidden)
    let plain = Self.objective(data)
    let responses = data.features.withOnes().times(hidden).mapped(by: .logistic)
    let generator = RandomStream(seed: 5).generator()
    var sum = 0.0
    let draws = 20_000
    for _ in 0..<draws {
      for i in 0..<20 {
        var answer = readout[0, 0]
        for u in 0..<5 where generator.uniform() >= share {
          answer += responses[i, u] * readout[1 + u, 0] / (1 - share)
        }
        let difference = answer - data.targets[i, 0]
        sum += 0.5 * difference * difference / 20
      }
    }
    var penalty = 0.0
    for u in 1...5 { penalty += 0.005 * readout[u, 0] * readout[u, 0] }
    for u in 0..<5 { for j in 1...3 { penalty += 0.005 * hidden[j, u] * hidden[j, u] } }
    #expect(abs(sum / Double(draws) + penalty - value) < 0.01 * value)
    #expect(plain.evaluate(hidden).value < value)
  }

  @Test func noiseOnInputsGivesFlatterAnswers() throws {
    let data = Samples.make(.regression, rows: 100)
    func steepness(_ noise: Double) throws -> Double {
      var spec = StackingSpec()
      (spec.units, spec.blocks, spec.inputNoise, spec.validationFraction) = (20, 1, noise, 0)
      let context = FitContext(random: RandomStream(seed: 1))
      let model = try DeepStacking(spec: spec).fit(data, validation: nil, in: context).predictor
      var moved = data.features
      for i in 0..<moved.rows { moved[i, 0] += 0.01 }
      let (here, there) = (
        model.outputs(for: data.features, workers: Self.workers),
        model.outputs(for: moved, workers: Self.workers)
      )
      return zip(here.values, there.values).reduce(0) { $0 + abs($1.0 - $1.1) }
    }
    #expect(try steepness(2) < steepness(0))
  }

  /// Pure noise: whatever a further block seems to gain is chance.
  @Test func blocksThatGainByChanceDoNotCount() throws {
    let generator = RandomStream(seed: 2).generator()
    let features = Matrix(rows: 60, columns: 3, values: (0..<180).map { _ in generator.gaussian() })
    let targets = Matrix(rows: 60, columns: 1, values: (0..<60).map { _ in generator.gaussian() })
    var spec = StackingSpec()
    (spec.units, spec.standardErrors) = (10, 3)
    let fit = try DeepStacking(spec: spec).fit(
      Dataset(features: features, targets: targets, task: .regression), validation: nil,
      in: FitContext(random: RandomStream(seed: 1)))
    #expect((fit.predictor as? DeepStackingModel)?.blocks.count == 1)
  }

  @Test func noOtherReadoutHasALowerError() {
    let data = Samples.make(.regression, rows: 40, targets: 2, weighted: true)
    let objective = Self.objective(data)
    let hidden = Self.hidden(data)
    let (value, _, readout) = objective.evaluate(hidden)
    let weights = data.weights ?? []
    let mean = weights.reduce(0, +) / 40
    let responses = data.features.withOnes().times(hidden).mapped(by: .logistic).withOnes()
    func naive(_ readout: Matrix) -> Double {
      let answers = responses.times(readout)
      var error = 0.0
      for o in 0..<2 {
        for i in 0..<40 {
          let difference = answers[i, o] - data.targets[i, o]
          error += 0.5 * weights[i] / mean * difference * difference / 40
        }
        for u in 1...5 { error += 0.5 * 0.01 * readout[u, o] * readout[u, o] }
      }
      for u in 0..<5 { for j in 1...3 { error += 0.5 * 0.01 * hidden[j, u] * hidden[j, u] } }
      return error
    }
    #expect(abs(naive(readout) - value) < 1e-12)
    let generator = RandomStream(seed: 8).generator()
    for _ in 0..<20 {
      var other = readout
      for k in other.values.indices { other.values[k] += 0.01 * generator.gaussian() }
      #expect(naive(other) > value)
    }
  }

  @Test func trainingEndsNoWorseThanItBegan() {
    let data = Samples.make(.classification(classes: 3), rows: 100)
    let objective = Self.objective(data)
    var least = Double.infinity
    for epochs in [0, 1, 5, 20] {
      let block = Self.objective(data) { $0.epochs = epochs }
        .trained(inputs: 3, in: FitContext(random: RandomStream(seed: 1)))
      let value = objective.evaluate(block.hidden.weights).value
      #expect(value <= least)
      least = value
    }
  }

  @Test func unitsThatRepeatOthersAreNoTrouble() {
    let data = Samples.make(.regression, rows: 30)
    let objective = Self.objective(data, decay: 1e-9)
    let same = Matrix(rows: 4, columns: 5, values: (0..<20).map { [0.1, 1, -1, 2][$0 % 4] })
    let huge = Matrix(rows: 4, columns: 5, repeating: 1e200)
    for hidden in [same, huge, Matrix(rows: 4, columns: 5)] {
      #expect(objective.readout(for: hidden).values.allSatisfy { $0.isFinite })
    }
  }

  @Test func withoutHeldOutSamplesAllBlocksCount() throws {
    var spec = StackingSpec()
    spec.blocks = 3
    spec.units = 8
    spec.validationFraction = 0
    let data = Samples.make(.classification(classes: 2), rows: 80)
    let context = FitContext(random: RandomStream(seed: 1))
    let fit = try DeepStacking(spec: spec).fit(data, validation: nil, in: context)
    let model = try #require(fit.predictor as? DeepStackingModel)
    #expect(model.blocks.count == 3 && fit.heldOut == nil && fit.report.stopReason == .unitBudget)
    #expect(model.blocks.map { $0.hidden.weights.rows } == [4, 5, 6])
    #expect(
      model.size
        == ModelSize(inputs: 3, outputs: 1, units: 24, connections: 4 * 8 + 5 * 8 + 6 * 8 + 27, depth: 3))
  }

  @Test(arguments: [
    "{}", #"{"task":{"regression":{}},"activation":"tanh","confidence":1,"blocks":[]}"#,
    // The second block does not read the first one's answer.
    #"{"task":{"regression":{}},"activation":"tanh","confidence":1,"blocks":[{"hidden":{"rows":2,"columns":1,"weights":[1,2]},"readout":{"rows":2,"columns":1,"weights":[1,2]}},{"hidden":{"rows":2,"columns":1,"weights":[1,2]},"readout":{"rows":2,"columns":1,"weights":[1,2]}}]}"#,
    #"{"task":{"regression":{}},"activation":"tanh","confidence":0,"blocks":[{"hidden":{"rows":2,"columns":1,"weights":[1,2]},"readout":{"rows":2,"columns":1,"weights":[1,2]}}]}"#,
    #"{"task":{"classification":{"classes":3}},"activation":"tanh","confidence":1,"blocks":[{"hidden":{"rows":2,"columns":1,"weights":[1,2]},"readout":{"rows":2,"columns":1,"weights":[1,2]}}]}"#,
    #"{"task":{"regression":{}},"activation":"product","confidence":1,"blocks":[{"hidden":{"rows":2,"columns":1,"weights":[1,2]},"readout":{"rows":2,"columns":1,"weights":[1,2]}}]}"#,
  ])
  func nonsenseIsRejected(text: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(DeepStackingModel.self, from: Data(text.utf8))
    }
  }

  private static let badSpecs: [(key: String, change: @Sendable (inout StackingSpec) -> Void)] = [
    ("blocks", { $0.blocks = 0 }), ("units", { $0.units = 5000 }),
    ("activation", { $0.activation = .radial }),
    ("epochs", { $0.epochs = -1 }), ("weightDecay", { $0.weightDecay = [] }),
    ("weightDecay", { $0.weightDecay = [0] }), ("patience", { $0.patience = 0 }),
    ("validationFraction", { $0.validationFraction = 1 }),
    ("absoluteShare", { $0.absoluteShare = 2 }), ("dropout", { $0.dropout = 1 }),
    ("inputNoise", { $0.inputNoise = -1 }), ("standardErrors", { $0.standardErrors = -1 }),
    ("holdOuts", { $0.holdOuts = 0 }),
  ]

  @Test func aValueOutOfRangeIsNamedByItsKey() throws {
    try StackingSpec().validate()
    for (key, change) in Self.badSpecs {
      var spec = StackingSpec()
      change(&spec)
      let error = #expect(throws: InputError.self) { try DeepStacking(spec: spec) }
      #expect(error?.location.column == key)
    }
  }
}
