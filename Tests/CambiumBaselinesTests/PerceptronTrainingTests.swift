import Synchronization
import Testing

import CambiumBaselines
import CambiumCore

/// Keeps what a fit told it, and interrupts it after an epoch.
private final class Recorder: FitObserver {
  private let epochs = Mutex<[(train: Double, heldOut: Double?)]>([])
  private let interruptedAfter: Int

  init(interruptedAfter: Int = .max) { self.interruptedAfter = interruptedAfter }

  var trainLosses: [Double] { epochs.withLock { $0.map(\.train) } }
  var heldOutLosses: [Double] { epochs.withLock { $0.compactMap(\.heldOut) } }
  var isInterrupted: Bool { epochs.withLock { $0.count >= interruptedAfter } }

  func observe(_ event: FitEvent) {
    guard case .epoch(_, let train, let heldOut) = event else { return }
    epochs.withLock { $0.append((train, heldOut)) }
  }
}

@Suite struct PerceptronTrainingTests {
  private static func fit(
    _ spec: MultilayerPerceptronSpec, _ data: Dataset, validation: Dataset? = nil, threads: Int = 1,
    observer: any FitObserver = SilentObserver()
  ) throws -> (model: MultilayerPerceptronModel, report: FitReport) {
    let context = FitContext(
      random: RandomStream(seed: 5), workers: WorkerPool(threads: threads), observer: observer)
    let fit = try MultilayerPerceptron(spec: spec).fit(data, validation: validation, in: context)
    return (try #require(fit.predictor as? MultilayerPerceptronModel), fit.report)
  }

  private static func spec(_ change: (inout MultilayerPerceptronSpec) -> Void) -> MultilayerPerceptronSpec {
    var spec = MultilayerPerceptronSpec()
    change(&spec)
    return spec
  }

  private static func meanSquare(_ model: MultilayerPerceptronModel, _ data: Dataset) -> Double {
    let outputs = model.outputs(for: data.features, workers: WorkerPool(threads: 1))
    var sum = 0.0
    for (output, target) in zip(outputs.values, data.targets.values) {
      sum += (output - target) * (output - target)
    }
    return sum / Double(data.targets.values.count)
  }

  @Test(arguments: PerceptronOptimizer.allCases, PerceptronUpdates.allCases)
  func threadsChangeNoBit(optimizer: PerceptronOptimizer, updates: PerceptronUpdates) throws {
    let data = Samples.make(.classification(classes: 3), rows: 700, weighted: true)
    let spec = Self.spec {
      $0.optimizer = optimizer
      $0.updates = updates
      $0.batchSize = 300
      $0.layers = [7, 5]
      $0.epochs = 4
    }
    let one = try Self.fit(spec, data)
    for threads in [2, 4] {
      let many = try Self.fit(spec, data, threads: threads)
      #expect(many.model == one.model)
      #expect(
        many.model.outputs(for: data.features, workers: WorkerPool(threads: threads))
          == one.model.outputs(for: data.features, workers: WorkerPool(threads: 1)))
    }
  }

  @Test func smallBatchStepsNeverRaiseAConvexLoss() throws {
    for task in [Task.regression, .classification(classes: 2), .classification(classes: 3)] {
      let recorder = Recorder()
      let spec = Self.spec {
        $0.layers = []
        $0.optimizer = .descent
        $0.updates = .batch
        $0.descent = LearningRate(initial: 0.05)
        $0.momentum = 0
        $0.weightDecay = [0]
        $0.epochs = 200
        $0.validationFraction = 0
      }
      _ = try Self.fit(spec, Samples.make(task, rows: 150), observer: recorder)
      #expect(zip(recorder.trainLosses, recorder.trainLosses.dropFirst()).allSatisfy { $0 >= $1 })
    }
  }

  @Test func withoutHiddenLayersItIsRidgeRegression() throws {
    let data = Samples.make(.regression, rows: 200, features: 4, targets: 2, weighted: true)
    let decay = 0.05
    let weights = data.weights ?? []
    let mean = weights.reduce(0, +) / 200
    // Normal equations (Φᵀ V Φ / N + λ I) B = Φᵀ V Y / N, no penalty on the bias.
    let phi = (0..<200).map { i in [1] + (0..<4).map { data.features[i, $0] } }
    var gram = [Double](repeating: 0, count: 25)
    var moments = [Double](repeating: 0, count: 10)
    for i in 0..<200 {
      let v = weights[i] / mean / 200
      for a in 0..<5 {
        for b in 0..<5 { gram[a + 5 * b] += v * phi[i][a] * phi[i][b] }
        for o in 0..<2 { moments[a + 5 * o] += v * phi[i][a] * data.targets[i, o] }
      }
    }
    for a in 1..<5 { gram[6 * a] += decay }
    let exact = try #require(Cholesky(gram, order: 5)).solve(moments, columns: 2)
    for optimizer in PerceptronOptimizer.allCases {
      let spec = Self.spec {
        $0.layers = []
        $0.optimizer = optimizer
        $0.updates = .batch
        $0.weightDecay = [decay]
        $0.adam = LearningRate(initial: 0.02, decay: 0.02)
        $0.validationFraction = 0
        $0.epochs = 4000
        $0.patience = 4000
      }
      let found = try Self.fit(spec, data).model.layers[0].weights.values
      for (a, b) in zip(found, exact) { #expect(abs(a - b) < 1e-5, "\(optimizer)") }
    }
  }

  @Test(arguments: PerceptronOptimizer.allCases)
  func exclusiveOrIsLearned(optimizer: PerceptronOptimizer) throws {
    for (activation, gradient) in [(Activation.tanh, GradientRule.exact), (.logistic, .literal)] {
      let spec = Self.spec {
        $0.layers = [4]
        $0.activations = [activation]
        $0.gradient = gradient
        $0.optimizer = optimizer
        $0.updates = .online
        $0.descent = LearningRate(initial: 0.05, decay: 0.001)
        $0.adam = LearningRate(initial: 0.02, decay: 0.01)
        $0.epochs = 1000
        $0.patience = 1000
      }
      let model = try Self.fit(spec, Samples.exclusiveOr).model
      let outputs = model.outputs(for: Samples.exclusiveOr.features, workers: WorkerPool(threads: 1))
      #expect(outputs.values.map { $0 > 0.5 } == [false, true, true, false], "\(optimizer) \(activation)")
    }
  }

  @Test func deepNetworksLearnEveryTask() throws {
    for task in [Task.regression, .classification(classes: 2), .classification(classes: 3)] {
      let data = Samples.make(task, rows: 400)
      let recorder = Recorder()
      let spec = Self.spec {
        $0.layers = [20, 10]
        $0.adam = LearningRate(initial: 0.01, decay: 0.01)
        $0.validationFraction = 0
        $0.epochs = 200
      }
      _ = try Self.fit(spec, data, observer: recorder)
      let losses = recorder.trainLosses
      #expect((losses.last ?? .nan) < 0.4 * (losses.first ?? .nan), "\(task)")
    }
  }

  @Test func theBestEpochIsKept() throws {
    let data = Samples.make(.regression, rows: 60, features: 8)
    let apart = Samples.make(.regression, rows: 200, features: 8, seed: 2)
    let recorder = Recorder()
    let (model, report) = try Self.fit(
      Self.spec {
        $0.patience = 30
        $0.activations = [.tanh]
        $0.weightDecay = [1e-5]
        $0.refit = false
      }, data, validation: apart, observer: recorder)
    let losses = recorder.heldOutLosses
    let least = try #require(losses.min())
    #expect(abs(0.5 * Self.meanSquare(model, apart) - least) < 1e-12)
    #expect(report.stopReason == .patience)
    #expect(report.epochs == losses.count && losses.count == 31 + (losses.firstIndex(of: least) ?? -1))
  }

  @Test func refittingTrainsTheChosenEpochsOnAllSamples() throws {
    let data = Samples.make(.classification(classes: 2), rows: 120, features: 6)
    let recorder = Recorder()
    let one = Self.spec {
      $0.ending = .heldOutLoss
      $0.patience = 10
      $0.holdOuts = 1
      $0.activations = [.tanh]
      $0.weightDecay = [1e-5]
    }
    let (_, report) = try Self.fit(one, data, observer: recorder)
    let losses = recorder.heldOutLosses
    let kept = 1 + (losses.firstIndex(of: losses.min() ?? .nan) ?? -1)
    #expect(report.epochs == losses.count + kept)
    #expect(recorder.trainLosses.count == report.epochs)
    #expect(report.decisions.count == 1)
    var unrefitted = one
    unrefitted.refit = false
    let single = try Self.fit(unrefitted, data)
    #expect(single.report.epochs == losses.count && single.report.decisions.isEmpty)
  }

  @Test func weightTwoIsTheSampleTwice() throws {
    for task in [Task.regression, .classification(classes: 3)] {
      let plain = Samples.make(task, rows: 40)
      let weighted = Dataset(
        features: plain.features, targets: plain.targets, task: task,
        weights: (0..<40).map { $0 % 3 == 0 ? 2 : 1 })
      let repeated = plain.selecting((0..<40).flatMap { $0 % 3 == 0 ? [$0, $0] : [$0] })
      let spec = Self.spec {
        $0.optimizer = .descent
        $0.updates = .batch
        $0.layers = [6]
        $0.epochs = 50
        $0.validationFraction = 0
        $0.weightDecay = [0.01]
      }
      let a = try Self.fit(spec, weighted).model
      let b = try Self.fit(spec, repeated).model
      for (first, second) in zip(a.layers, b.layers) {
        for (x, y) in zip(first.weights.values, second.weights.values) { #expect(abs(x - y) < 1e-12) }
      }
    }
  }

  /// A decay that stifles every weight is never kept, and one that is kept is named.
  @Test(arguments: [[1000.0, 1e-5], [1e-5, 1000.0]])
  func heldOutSamplesChooseTheDecay(decays: [Double]) throws {
    let data = Samples.make(.regression, rows: 100)
    func fitted(_ decays: [Double]) throws -> (model: MultilayerPerceptronModel, report: FitReport) {
      try Self.fit(
        Self.spec {
          $0.activations = [.tanh]
          $0.weightDecay = decays
          $0.epochs = 60
        }, data)
    }
    let chosen = try fitted(decays)
    let expected = try fitted([1e-5]).model
    #expect(chosen.model == expected)
    #expect(chosen.report.decisions.contains { $0.contains("weight decay 1e-05") })
  }

  @Test func anInterruptEndsTheFitWithTheBestSoFar() throws {
    let data = Samples.make(.regression, rows: 100)
    for epochs in [1, 5] {
      let recorder = Recorder(interruptedAfter: epochs)
      let (_, report) = try Self.fit(Self.spec { $0.holdOuts = 1 }, data, observer: recorder)
      #expect(report.stopReason == .interrupted && report.epochs == epochs)
    }
  }

  @Test func overflowCostsRateNotTheFit() throws {
    let plain = Samples.make(.regression, rows: 50)
    let spec = Self.spec {
      $0.layers = []
      $0.optimizer = .descent
      $0.descent = LearningRate(initial: 500)
      $0.updates = .batch
      $0.epochs = 3000
    }
    let (model, report) = try Self.fit(spec, plain)
    #expect(model.layers[0].weights.values.allSatisfy { $0.isFinite })
    #expect(report.decisions.contains { $0.contains("overflowed") })
  }

  @Test func tinyDataIsLearnedWithoutHoldOut() throws {
    for task in [Task.regression, .classification(classes: 2), .classification(classes: 4)] {
      for (rows, features) in [(1, 1), (2, 3), (12, 0)] {
        let data = Samples.make(task, rows: rows, features: features)
        let (model, _) = try Self.fit(Self.spec { $0.epochs = 20 }, data)
        let outputs = model.outputs(for: data.features, workers: WorkerPool(threads: 1))
        #expect(outputs.values.allSatisfy { $0.isFinite })
      }
    }
  }
}
