import Foundation
import Testing

@testable import CambiumBaselines
import CambiumCore

@Suite struct DeepBoltzmannTests {
  private static func machine(_ units: [Int], deviation: Double = 0.7) throws -> DeepBoltzmannMachine {
    let generator = RandomStream(seed: 1).child("machine").generator()
    let biases = units.map { count in
      (0..<count).map { _ in generator.gaussian(standardDeviation: deviation) }
    }
    let weights = zip(units, units.dropFirst()).map { lower, upper in
      Matrix(
        rows: lower, columns: upper,
        values: (0..<lower * upper).map { _ in generator.gaussian(standardDeviation: deviation) })
    }
    return try #require(DeepBoltzmannMachine(biases: biases, weights: weights))
  }

  /// The same machine without layers, so that all of its states can be gone through another way.
  private static func flat(_ machine: DeepBoltzmannMachine) throws -> BoltzmannMachine {
    let biases = Array(machine.biases.joined())
    var weights = Matrix(rows: biases.count, columns: biases.count)
    var start = 0
    for matrix in machine.weights {
      for i in 0..<matrix.rows {
        for j in 0..<matrix.columns {
          weights[start + i, start + matrix.rows + j] = matrix[i, j]
          weights[start + matrix.rows + j, start + i] = matrix[i, j]
        }
      }
      start += matrix.rows
    }
    return try #require(
      BoltzmannMachine(visibleCount: machine.visibleCount, biases: biases, weights: weights))
  }

  private static let states = Matrix(
    rows: 16, columns: 4, values: (0..<64).map { Double(($0 % 16) >> ($0 / 16) & 1) })

  @Test(arguments: [[4, 3], [4, 3, 3], [4, 2, 3, 2]])
  func likelihoodsAreThoseOfAllStates(units: [Int]) throws {
    let machine = try Self.machine(units)
    let flat = try Self.flat(machine)
    #expect(try abs(machine.logPartition() - flat.logPartition()) < 1e-12)
    let likelihoods = try machine.logLikelihoods(of: Self.states)
    #expect(abs(likelihoods.reduce(0) { $0 + exponential($1) } - 1) < 1e-12)
    for i in 0..<16 {
      let alone = Matrix(rows: 1, columns: 4, values: (0..<4).map { Self.states[i, $0] })
      #expect(try abs(likelihoods[i] - flat.meanLogLikelihood(of: alone)) < 1e-11)
    }
  }

  @Test(arguments: [[4, 3], [4, 3, 3], [4, 2, 3, 2]])
  func meanFieldRisesToABound(units: [Int]) throws {
    let machine = try Self.machine(units)
    let exact = try machine.logLikelihoods(of: Self.states)
    let partition = try machine.logPartition()
    var last = [Double](repeating: -.infinity, count: 16)
    for sweeps in 1...30 {
      let bounds = machine.bounds(of: Self.states, machine.means(given: Self.states, sweeps: sweeps))
      for i in 0..<16 {
        #expect(bounds[i] >= last[i] - 1e-12 && bounds[i] <= exact[i] + partition + 1e-12)
      }
      last = bounds
    }
    // Of one layer the hidden units are independent.
    guard units.count == 2 else { return }
    for i in 0..<16 { #expect(abs(last[i] - exact[i] - partition) < 1e-12) }
  }

  @Test func sampledStatesHaveTheMachinesProbabilities() throws {
    let machine = try Self.machine([4, 3, 2], deviation: 1)
    let count = 20_000
    let start = machine.biases.map { Matrix(rows: count, columns: $0.count, repeating: 1) }
    let values = machine.sampled(from: start, steps: 40, random: RandomStream(seed: 3))
    let probabilities = try machine.logLikelihoods(of: Self.states).map(exponential)
    #expect(BoltzmannLawTests.distance(probabilities, BoltzmannLawTests.frequencies(values[0])) < 0.02)
  }

  /// Two groups of samples, far apart.
  private static let groups: Dataset = {
    let generator = RandomStream(seed: 2).generator()
    var features = Matrix(rows: 200, columns: 6)
    for i in 0..<200 {
      for j in 0..<6 {
        let isHigh = (i < 100) == (j < 3)
        features[i, j] = generator.uniform() < (isHigh ? 0.9 : 0.1) ? 1 : 0
      }
    }
    return Dataset(features: features, targets: Matrix(rows: 200, columns: 1), task: .regression)
  }()

  @Test func trainingLayersTogetherRaisesTheLikelihood() throws {
    let context = FitContext(random: RandomStream(seed: 1))
    var joint = DeepBoltzmannTrainingSpec()
    joint.rate = LearningRate(initial: 0.2, decay: 0.01)
    joint.epochs = 300
    let start = try Self.machine([6, 4, 3], deviation: 0.3)
    let end = try DeepBoltzmannTraining(joint: joint).trained(start, on: Self.groups, in: context)
    func likelihood(_ machine: DeepBoltzmannMachine) throws -> Double {
      try machine.logLikelihoods(of: Self.groups.features).reduce(0, +) / 200
    }
    let (before, after) = (try likelihood(start), try likelihood(end))
    // Independent units say log 2 of each value; the groups' own entropy is 2.64.
    #expect(before < -4 && after > -3.0, "\(before), \(after)")
    // Layer by layer it begins well above chance.
    joint.epochs = 0
    let pretrained = try DeepBoltzmannTraining(joint: joint).machine(
      units: [4, 3], on: Self.groups, in: context)
    #expect(try likelihood(pretrained) > -4)
  }

  @Test func aMachineThatRunsAwayStopsWithEpochAndStepSize() throws {
    var joint = DeepBoltzmannTrainingSpec()
    // A decay beyond 1 / η throws weights about.
    joint.rate = LearningRate(initial: 1000)
    joint.weightDecay = 1
    let error = #expect(throws: InputError.self) {
      try DeepBoltzmannTraining(joint: joint).trained(
        Self.machine([6, 4, 3]), on: Self.groups, in: FitContext(random: RandomStream(seed: 1)))
    }
    #expect(error?.location.column == "joint.rate.initial")
    #expect(error?.found.contains("epoch ") == true && error?.found.contains("step size of ") == true)
  }

  @Test func theTunedNetworkStartsAsTheMachinesOwnInference() throws {
    let machine = try Self.machine([4, 3, 2])
    let inference = DeepBoltzmannInference(machine: machine, range: InputRange(count: 4), sweeps: 300)
    let read = inference.applied(to: Self.states, workers: WorkerPool(threads: 1))
    let layers = inference.startingLayers
    let first = read.withOnes().times(layers[0]).mapped(by: .logistic)
    let means = machine.means(given: Self.states, sweeps: 300)
    for (a, b) in zip(first.values, means[0].values) { #expect(abs(a - b) < 1e-9) }
    let second = first.withOnes().times(layers[1]).mapped(by: .logistic)
    for (a, b) in zip(second.values, means[1].values) { #expect(abs(a - b) < 1e-9) }
  }

  private static let badSpecs: [(key: String, change: @Sendable (inout DeepBoltzmannSpec) -> Void)] = [
    ("units", { $0.units = [] }), ("units", { $0.units = [0] }), ("joint.chains", { $0.joint.chains = 0 }),
    ("joint.meanFieldSweeps", { $0.joint.meanFieldSweeps = 0 }),
    ("joint.rate.initial", { $0.joint.rate.initial = 0 }), ("joint.epochs", { $0.joint.epochs = -1 }),
    ("pretraining.epochs", { $0.pretraining.epochs = 0 }),
    ("fineTuning.epochs", { $0.fineTuning.epochs = 0 }),
  ]

  @Test func aValueOutOfRangeIsNamedByItsKey() throws {
    try DeepBoltzmannSpec().validate()
    for (key, change) in Self.badSpecs {
      var spec = DeepBoltzmannSpec()
      change(&spec)
      let error = #expect(throws: InputError.self) { try DeepBoltzmannLearner(spec: spec) }
      #expect(error?.location.column == key)
    }
  }

  @Test func nonsenseInAFileIsRefused() throws {
    for text in [
      "{}", #"{"biases":[[1]],"weights":[]}"#,
      #"{"biases":[[1],[1]],"weights":[{"rows":2,"columns":1,"values":[0,1]}]}"#,
      #"{"biases":[[1],[]],"weights":[{"rows":1,"columns":0,"values":[]}]}"#,
    ] {
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(DeepBoltzmannMachine.self, from: Data(text.utf8))
      }
    }
  }
}
