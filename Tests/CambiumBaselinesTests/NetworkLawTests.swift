import Foundation
import Synchronization
import Testing

@testable import CambiumBaselines
import CambiumCore

/// Asks for an end after the first epoch.
private final class Impatient: FitObserver {
  private let heard = Mutex(false)
  var isInterrupted: Bool { heard.withLock { $0 } }
  func observe(_ event: FitEvent) {
    if case .epoch = event { heard.withLock { $0 = true } }
  }
}

/// What holds of every network of this target, whatever it is.
@Suite struct NetworkLawTests {
  /// Every learner, small and brief; those that read pictures or sequences, for one of as many inputs as are asked for.
  static let names = [
    "rbm", "rbm gaussian", "dbn", "autoencoder", "dsn", "hybrid", "cnn", "rnn", "rnn elman", "boltzmann",
    "dbm", "snapshots", "mlp lbfgs",
  ]

  private static func learner(_ name: String, features: Int) throws -> any Learner {
    var training = BackpropagationSpec()
    training.batchSize = 16
    switch name {
    case "cnn":
      var spec = ConvolutionSpec()
      spec.shape = [1, features]
      spec.filters = [4, 3]
      spec.units = [8]
      spec.training = training
      return try ConvolutionalNetwork(spec: spec)
    case "rnn", "rnn elman":
      var spec = RecurrentSpec()
      spec.kind = name == "rnn" ? .gru : .elman
      spec.units = 8
      spec.training = training
      return try RecurrentNetwork(spec: spec)
    case "boltzmann":
      var spec = BoltzmannClassifierSpec()
      spec.units = 8
      spec.training = training
      return try BoltzmannClassifier(spec: spec)
    default: return try #require(learners.first { $0.name == name }?.learner)
    }
  }

  private static let learners: [(name: String, learner: any Learner)] = {
    var fineTuning = FineTuningSpec()
    fineTuning.epochs = 150
    fineTuning.holdOuts = 1
    fineTuning.weightDecay = [1e-5]
    var belief = DeepBeliefSpec()
    belief.units = [12, 8]
    belief.fineTuning = fineTuning
    var machine = RestrictedBoltzmannSpec()
    machine.units = 20
    machine.fineTuning = fineTuning
    machine.fineTuning.weights = .readout
    var gaussian = machine
    gaussian.visible = .gaussian
    gaussian.pretraining.estimator = .persistent
    var autoencoder = AutoencoderSpec()
    autoencoder.units = [12, 8]
    autoencoder.pretraining.corruption = 0.1
    autoencoder.fineTuning = fineTuning
    var deep = DeepBoltzmannSpec()
    deep.units = [12, 8]
    deep.fineTuning = fineTuning
    var stacking = StackingSpec()
    stacking.units = 15
    stacking.blocks = 3
    var snapshots = SnapshotSpec()
    snapshots.layers = [10]
    snapshots.cycles = 3
    snapshots.epochs = 20
    var searching = MultilayerPerceptronSpec()
    searching.layers = [8]
    searching.activations = [.tanh]
    searching.optimizer = .lbfgs
    searching.epochs = 80
    searching.holdOuts = 1
    var features = FeatureSpec()
    features.units = [10]
    do {
      return [
        ("rbm", try RestrictedBoltzmannLearner(spec: machine)),
        ("rbm gaussian", try RestrictedBoltzmannLearner(spec: gaussian)),
        ("dbn", try DeepBeliefLearner(spec: belief)),
        ("dbm", try DeepBoltzmannLearner(spec: deep)),
        ("autoencoder", try AutoencoderLearner(spec: autoencoder)),
        ("snapshots", try SnapshotEnsemble(spec: snapshots)),
        ("mlp lbfgs", try MultilayerPerceptron(spec: searching)),
        ("dsn", try DeepStacking(spec: stacking)),
        ("hybrid", try HybridLearner(features: features, learner: DeepStacking(spec: stacking))),
      ]
    } catch {
      preconditionFailure("\(error)")
    }
  }()
  static let tasks: [Task] = [.regression, .classification(classes: 2), .classification(classes: 3)]

  /// The units of a Boltzmann machine are on or off.
  private static func learns(_ name: String, _ task: Task) -> Bool {
    name != "boltzmann" || task != .regression
  }

  private static func fit(
    _ name: String, _ data: Dataset, validation: Dataset? = nil, threads: Int = 1,
    observer: any FitObserver = SilentObserver()
  ) throws -> Fit {
    let learner = try learner(name, features: data.featureCount)
    let context = FitContext(
      random: RandomStream(seed: 4), workers: WorkerPool(threads: threads), observer: observer)
    return try learner.fit(data, validation: validation, in: context)
  }

  private static func bytes(_ predictor: any Predictor) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return try encoder.encode(predictor)
  }

  private static func read<Kind: Predictor>(like model: Kind, _ data: Data) throws -> any Predictor {
    try JSONDecoder().decode(Kind.self, from: data)
  }

  @Test(arguments: names, tasks)
  func threadsChangeNoBitAndFilesKeepEveryOne(name: String, task: Task) throws {
    guard Self.learns(name, task) else { return }
    let data = Samples.make(task, rows: 150, weighted: true)
    let one = try Self.fit(name, data).predictor
    let many = try Self.fit(name, data, threads: 3).predictor
    let written = try Self.bytes(one)
    #expect(try Self.bytes(many) == written)
    let read = try Self.read(like: one, written)
    let workers = WorkerPool(threads: 2)
    let features = Samples.make(task, rows: 300, seed: 8).features
    let outputs = one.outputs(for: features, workers: workers)
    #expect(read.outputs(for: features, workers: workers) == outputs && read.size == one.size)
    #expect(one.size.inputs == 3 && one.size.outputs == data.outputCount)
    #expect(one.size.units > 0 && one.size.depth > 0 && one.size.connections > one.size.units)

    // An output depends on its row alone, and is a probability where it should be.
    let order = RandomStream(seed: 2).generator().permutation(300)
    let shuffled = one.outputs(for: features.selectingRows(order), workers: WorkerPool(threads: 1))
    for (k, i) in order.enumerated() {
      for o in 0..<outputs.columns { #expect(abs(shuffled[k, o] - outputs[i, o]) < 1e-12) }
      guard task != .regression else { continue }
      let row = (0..<outputs.columns).map { outputs[i, $0] }
      #expect(row.allSatisfy { (0...1).contains($0) })
      if outputs.columns > 1 { #expect(abs(row.reduce(0, +) - 1) < 1e-12) }
    }
  }

  /// Samples of three groups, of which the inputs tell without the targets.
  private static func groups(_ task: Task, rows: Int, seed: UInt64 = 1) -> Dataset {
    let generator = RandomStream(seed: seed).child("groups").generator()
    var features = Matrix(rows: rows, columns: 6)
    var targets = Matrix(rows: rows, columns: task.outputCount(targets: 1))
    for i in 0..<rows {
      let group = generator.index(below: 3)
      for j in 0..<6 { features[i, j] = (j / 2 == group ? 1.4 : -0.7) + 0.5 * generator.gaussian() }
      switch task {
      case .regression: targets[i, 0] = [1.5, -1, -0.5][group] + 0.2 * generator.gaussian()
      case .classification(2): targets[i, 0] = group == 0 ? 1 : 0
      case .classification: targets[i, group] = 1
      }
    }
    return Dataset(features: features, targets: targets, task: task)
  }

  @Test(arguments: names, tasks)
  func samplesThatWereNotLearnedAreToldBetterThanByTheMean(name: String, task: Task) throws {
    guard Self.learns(name, task) else { return }
    let data = Self.groups(task, rows: 600)
    let apart = Self.groups(task, rows: 300, seed: 2)
    let fit = try Self.fit(name, data)
    let outputs = fit.predictor.outputs(for: apart.features, workers: WorkerPool(threads: 1))
    var (error, spread) = (0.0, 0.0)
    for o in 0..<outputs.columns {
      let mean = data.targets.column(o).reduce(0, +) / 600
      for i in 0..<300 {
        error += (outputs[i, o] - apart.targets[i, o]) * (outputs[i, o] - apart.targets[i, o])
        spread += (mean - apart.targets[i, o]) * (mean - apart.targets[i, o])
      }
    }
    #expect(error < 0.5 * spread, "\(error / spread)")
    #expect(fit.report.epochs > 0)
    let heldOut = try #require(fit.heldOut)
    #expect(heldOut.data.sampleCount == heldOut.outputs.rows && heldOut.data.sampleCount < 600)
  }

  @Test(arguments: names)
  func samplesKeptApartAreWhatIsChosenBy(name: String) throws {
    let task = Task.classification(classes: 3)
    let data = Samples.make(task, rows: 60)
    let apart = Samples.make(task, rows: 40, seed: 2)
    let fit = try Self.fit(name, data, validation: apart)
    #expect(fit.heldOut?.data.targets == apart.targets)
  }

  @Test(arguments: names, tasks)
  func littleDataIsLearnedAndHugeInputsOverflowNothing(name: String, task: Task) throws {
    guard Self.learns(name, task) else { return }
    for (rows, features) in [(1, 1), (2, 3), (12, 0), (25, 2)] {
      // A picture has a pixel, a sequence a step.
      if features == 0, ["cnn", "rnn", "rnn elman"].contains(name) { continue }
      let data = Samples.make(task, rows: rows, features: features)
      let model = try Self.fit(name, data).predictor
      let outputs = model.outputs(for: data.features, workers: WorkerPool(threads: 1))
      #expect(outputs.rows == rows && outputs.values.allSatisfy { $0.isFinite })
      for size in [1e300, -1e300] {
        let far = Matrix(rows: 2, columns: features, repeating: size)
        let outputs = model.outputs(for: far, workers: WorkerPool(threads: 1))
        #expect(outputs.values.allSatisfy { $0.isFinite })
      }
    }
  }

  @Test(arguments: names)
  func anInterruptEndsTheFitWithAModel(name: String) throws {
    let data = Samples.make(.classification(classes: 3), rows: 100)
    let fit = try Self.fit(name, data, observer: Impatient())
    #expect(fit.report.stopReason == .interrupted)
    let outputs = fit.predictor.outputs(for: data.features, workers: WorkerPool(threads: 1))
    #expect(outputs.values.allSatisfy { $0.isFinite })
  }
}
