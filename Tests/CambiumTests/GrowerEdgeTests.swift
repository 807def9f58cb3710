import CambiumCore
import Foundation
import Synchronization
import Testing

@testable import Cambium

/// Data and callers at the edge of what makes sense.
@Suite struct GrowerEdgeTests {
  /// Features of an unusual kind.
  enum Shape: String, CaseIterable, Sendable {
    case twoRows, threeRows, oneInput, noInputs, moreInputsThanRows, huge, nearlyConstant, constant, repeated,
      tiny

    var features: Matrix {
      switch self {
      case .twoRows: Samples.matrix(2, 2)
      case .threeRows: Samples.matrix(3, 2)
      case .oneInput: Samples.matrix(40, 1)
      case .noInputs: Matrix(rows: 20, columns: 0)
      case .moreInputsThanRows: Samples.matrix(8, 20)
      case .huge: Matrix(rows: 30, columns: 2, values: Samples.numbers(60, "huge").map { $0 * 1e150 })
      case .nearlyConstant:
        Matrix(rows: 30, columns: 2, values: Samples.numbers(60, "near").map { 1 + 1e-13 * $0 })
      case .constant: Matrix(rows: 30, columns: 2, repeating: 1)
      case .repeated: Matrix(rows: 30, columns: 2, values: (0..<60).map { Double($0 % 2) })
      case .tiny: Matrix(rows: 30, columns: 2, values: Samples.numbers(60, "tiny").map { $0 * 1e-300 })
      }
    }
  }

  @Test(arguments: Shape.allCases, [false, true])
  func unusualDataGiveASoundNetwork(shape: Shape, holdOut: Bool) throws {
    let features = shape.features
    let n = features.rows
    let data = [
      Dataset(features: features, targets: Samples.matrix(n, 1, "targets"), task: .regression),
      Dataset(
        features: features, targets: Samples.matrix(n, 2, "targets"), task: .regression,
        weights: Samples.weights(n)),
      Samples.dataset(features, classes: (0..<n).map { $0 % 2 }, of: 2),
      Samples.dataset(features, classes: (0..<n).map { $0 % 3 }, of: 3, weights: Samples.weights(n)),
      Samples.dataset(features, classes: (0..<n).map { _ in 0 }, of: 2),
    ]
    for data in data {
      let network = try Grower.network(Samples.quickSpec(units: 3, holdOut: holdOut), data).network
      let outputs = network.outputs(for: features, workers: Samples.workers)
      #expect(outputs.rows == n && outputs.values.areFinite, "\(data.task)")
      #expect(try JSONDecoder().decode(Network.self, from: network.bytes) == network)
    }
  }

  @Test func aSingleRowIsLearned() throws {
    for holdOut in [false, true] {
      let data = Dataset(
        features: Samples.matrix(1, 2), targets: Matrix(rows: 1, columns: 1, values: [3]), task: .regression)
      let network = try Grower.network(Samples.quickSpec(holdOut: holdOut), data).network
      #expect(isClose(network.outputs(for: data.features, workers: Samples.workers).values, [3], 1e-6))
    }
  }

  @Test(arguments: [1e-300, 1e150])
  func targetsOfAnySizeGiveASoundNetwork(size: Double) throws {
    let targets = Matrix(rows: 40, columns: 1, values: Samples.numbers(40, "targets").map { $0 * size })
    let data = Dataset(features: Samples.matrix(40, 2), targets: targets, task: .regression)
    for holdOut in [false, true] {
      let network = try Grower.network(Samples.quickSpec(holdOut: holdOut), data).network
      #expect(network.outputs(for: data.features, workers: Samples.workers).values.areFinite)
    }
  }

  @Test(arguments: Activation.allCases)
  func oneActivationIsEnough(activation: Activation) throws {
    var spec = Samples.quickSpec(units: 3, holdOut: false)
    spec.activations = [activation]
    let network = try Grower.network(spec, Samples.regression(60, noise: 0.1)).network
    #expect(network.units.count == 3 && network.units.allSatisfy { $0.activation == activation })
  }

  /// Asks to stop after some rounds.
  private final class Interrupter: FitObserver {
    private let left: Atomic<Int>

    init(after rounds: Int) { left = Atomic(rounds) }

    func observe(_ event: FitEvent) {
      switch event {
      case .round, .trialRound: left.subtract(1, ordering: .relaxed)
      default: break
      }
    }

    var isInterrupted: Bool { left.load(ordering: .relaxed) <= 0 }
  }

  @Test(arguments: [0, 1, 3], [false, true])
  func anInterruptedFitEndsWithASoundNetwork(rounds: Int, holdOut: Bool) throws {
    for data in [Samples.regression(60, noise: 0.1), Samples.classes(60, 3)] {
      let context = FitContext(random: RandomStream(seed: 1), observer: Interrupter(after: rounds))
      let grower = try Grower(spec: Samples.quickSpec(units: 40, holdOut: holdOut))
      let fit = try grower.fit(data, validation: nil, in: context)
      #expect(fit.report.stopReason == .interrupted)
      let outputs = fit.predictor.outputs(for: data.features, workers: Samples.workers)
      #expect(outputs.values.areFinite)
      #expect(fit.predictor.size.units <= rounds)
    }
  }

  /// Hears of every round.
  private final class Listener: FitObserver {
    let rounds = Mutex<[RoundRecord]>([])

    func observe(_ event: FitEvent) {
      if case .round(let round) = event { rounds.withLock { $0.append(round) } }
    }

    var isInterrupted: Bool { false }
  }

  @Test func observersHearOfEveryRoundThatIsReported() throws {
    let listener = Listener()
    let context = FitContext(random: RandomStream(seed: 1), observer: listener)
    let fit = try Grower(spec: Samples.quickSpec(units: 4, holdOut: false))
      .fit(Samples.regression(60, noise: 0.1), validation: nil, in: context)
    #expect(listener.rounds.withLock { $0 } == fit.report.rounds)
  }
}

/// A network can be taught probabilities: it comes nearer to them than one that is taught the classes they favour.
@Test(arguments: [2, 3])
func softClassesAreLearned(_ classes: Int) throws {
  let hard = Samples.classes(300, classes)
  let teacher = try Grower.network(Samples.quickSpec(units: 6), hard).network
  let soft = Dataset(
    features: hard.features, targets: teacher.outputs(for: hard.features, workers: Samples.workers),
    task: hard.task)
  let favoured = Samples.dataset(hard.features, classes: soft.classIndices, of: classes)
  func distance(_ data: Dataset) throws -> Double {
    let pupil = try Grower.network(Samples.quickSpec(units: 12), data, seed: 2).network
    let outputs = pupil.outputs(for: hard.features, workers: Samples.workers)
    return zip(outputs.values, soft.targets.values).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
  }
  #expect(try distance(soft) < 0.5 * distance(favoured))
}
