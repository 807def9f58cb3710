import CambiumCore
import Foundation
import Synchronization
import Testing

@testable import CambiumLab

/// Growth as the start of a fixed network.
@Suite struct TunedGrowthTests {
  static let tasks: [CambiumCore.Task] = [
    .regression, .classification(classes: 2), .classification(classes: 3),
  ]

  static func data(_ task: CambiumCore.Task, rows: Int = 150, seed: UInt64 = 1) -> Dataset {
    let generator = RandomStream(seed: seed).generator()
    let features = Matrix(rows: rows, columns: 2, values: (0..<2 * rows).map { _ in generator.gaussian() })
    var targets = Matrix(rows: rows, columns: task.outputCount(targets: 1))
    for i in 0..<rows {
      let value = sin(2 * features[i, 0]) + features[i, 1] * features[i, 0] + 0.2 * generator.gaussian()
      switch task {
      case .regression: targets[i, 0] = value
      case .classification(2): targets[i, 0] = value > 0 ? 1 : 0
      case .classification: targets[i, value > 0.5 ? 0 : value > -0.5 ? 1 : 2] = 1
      }
    }
    return Dataset(features: features, targets: targets, task: task)
  }

  private static let brief = ["stopping.maximumUnits=5", "training.epochs=10", "restarts=1"]

  static func fit(
    _ name: String, _ settings: [String], _ data: Dataset, validation: Dataset? = nil, threads: Int = 1,
    observer: any FitObserver = SilentObserver()
  ) throws -> Fit {
    let learner = try LearnerCatalogue.standard.kind(named: name)
      .configured(by: SpecDocument(setting: settings)).learner
    return try learner.fit(
      data, validation: validation,
      in: FitContext(
        random: RandomStream(seed: 3), workers: WorkerPool(threads: threads), observer: observer))
  }

  private static func tuned(
    _ settings: [String], _ data: Dataset, validation: Dataset? = nil, threads: Int = 1,
    observer: any FitObserver = SilentObserver()
  ) throws -> Fit {
    try fit(
      "grown-tuned", brief.map { "growth." + $0 } + settings, data, validation: validation, threads: threads,
      observer: observer)
  }

  /// Its weights are trained on the logarithms that the network learned, and answers stay numbers.
  @Test func networksOfLogarithmsAreTunedOnLogarithms() throws {
    let plain = Self.data(.regression)
    var targets = plain.targets
    for k in targets.values.indices { targets.values[k] = Foundation.exp(targets.values[k]) }
    let data = Dataset(features: plain.features, targets: targets, task: .regression, zeros: [0])
    func network(_ settings: [String]) throws -> Network {
      let settings =
        ["growth.targetScale=logarithmic", "growth.refinement.every=0", "tuning.refit=false"] + settings
      return try #require(Self.tuned(settings, data).predictor as? Network)
    }
    let (start, tuned) = (try network(["tuning.epochs=0"]), try network(["tuning.epochs=40"]))
    #expect(tuned != start)
    #expect(tuned.links.count == 1 && tuned.links == start.links)
    func error(_ network: Network) -> Double {
      let outputs = network.outputs(for: data.features, workers: WorkerPool(threads: 1))
      return zip(outputs.values, targets.values).reduce(0) {
        $0 + pow(Foundation.log($1.0) - Foundation.log($1.1), 2)
      }
    }
    #expect(error(tuned) < error(start))
  }

  static func bytes(_ predictor: any Predictor) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return try encoder.encode(predictor)
  }

  /// Every number of a file but those of weights and of what follows from them.
  private static func structure(_ predictor: any Predictor) throws -> [[[Int]]] {
    let object = try JSONSerialization.jsonObject(with: bytes(predictor)) as? [String: Any]
    return try #require(object?["units"] as? [[String: Any]]).map { unit in
      (unit["connections"] as? [[String: Any]] ?? []).map { [$0["source"] as? Int ?? -1] }
    }
  }

  private static func loss(_ fit: Fit, _ data: Dataset) -> Double {
    OutputLoss(of: fit.predictor.outputs(for: data.features, workers: WorkerPool(threads: 1)), data).sum
  }

  @Test(arguments: tasks) func withoutEpochsItIsTheGrownNetwork(task: CambiumCore.Task) throws {
    let data = Self.data(task)
    let grown = try Self.fit("grown", Self.brief, data)
    let tuned = try Self.tuned(["tuning.epochs=0"], data)
    #expect(try Self.bytes(tuned.predictor) == Self.bytes(grown.predictor))
    #expect(tuned.report == grown.report || tuned.report.epochs == grown.report.epochs)
  }

  @Test(arguments: tasks) func weightsMoveConnectionsStay(task: CambiumCore.Task) throws {
    let data = Self.data(task)
    let grown = try Self.fit("grown", Self.brief, data)
    let settings = [
      "tuning.epochs=40", "tuning.validationFraction=0", "tuning.weightDecay=[0]", "tuning.optimizer=lbfgs",
    ]
    let tuned = try Self.tuned(settings, data)
    #expect(try Self.structure(tuned.predictor) == Self.structure(grown.predictor))
    #expect(try Self.bytes(tuned.predictor) != Self.bytes(grown.predictor))
    #expect(Self.loss(tuned, data) < Self.loss(grown, data))
    #expect(tuned.predictor.size == grown.predictor.size)
    let many = try Self.tuned(settings, data, threads: 3)
    #expect(try Self.bytes(many.predictor) == Self.bytes(tuned.predictor))
  }

  @Test(arguments: tasks) func heldOutSamplesChooseHowLong(task: CambiumCore.Task) throws {
    let data = Self.data(task)
    let apart = Self.data(task, rows: 60, seed: 2)
    let fit = try Self.tuned(["tuning.epochs=30"], data, validation: apart)
    #expect(fit.heldOut?.data.targets == apart.targets)
    #expect(fit.report.decisions.contains { $0.contains("backpropagation") })
    let own = try Self.tuned(["tuning.epochs=30"], data)
    #expect(own.heldOut?.data.sampleCount ?? 150 < 150)
    // A rate that can only harm is found out, and the weights stay as they were.
    let harmful = try Self.tuned(["tuning.epochs=3", "tuning.adam.initial=100"], data)
    let grown = try Self.fit("grown", Self.brief, data)
    #expect(try Self.bytes(harmful.predictor) == Self.bytes(grown.predictor))
    #expect(harmful.report.decisions.contains { $0.contains("stay as they were") })
  }

  @Test func littleDataAndAnInterruptLeaveAModel() throws {
    for rows in [2, 5] {
      let data = Self.data(.regression, rows: rows)
      let fit = try Self.tuned([], data)
      let outputs = fit.predictor.outputs(for: data.features, workers: WorkerPool(threads: 1))
      #expect(outputs.values.allSatisfy { $0.isFinite })
    }
    let data = Self.data(.regression)
    let fit = try Self.tuned([], data, observer: Impatient())
    #expect(fit.report.stopReason == .interrupted)
    #expect(
      fit.predictor.outputs(for: data.features, workers: WorkerPool(threads: 1)).values.allSatisfy {
        $0.isFinite
      })
  }

  @Test func aValueOutOfRangeIsNamedByItsKey() throws {
    for (setting, key) in [
      ("tuning.epochs=-1", "tuning.epochs"), ("tuning.patience=0", "tuning.patience"),
      ("growth.restarts=0", "growth.restarts"),
    ] {
      let error = #expect(throws: InputError.self) { try Self.tuned([setting], Self.data(.regression)) }
      #expect(error?.location.column == key)
    }
  }
}

/// Asks for an end after the first epoch of backpropagation.
private final class Impatient: FitObserver {
  private let heard = Mutex(false)
  var isInterrupted: Bool { heard.withLock { $0 } }
  func observe(_ event: FitEvent) {
    if case .epoch = event { heard.withLock { $0 = true } }
  }
}
