import CambiumCore
import Foundation
import Testing

@testable import Cambium

@Suite struct GrowthSpecTests {
  /// A spec with one value out of range.
  struct Fault: Sendable, CustomTestStringConvertible {
    let key: String
    let testDescription: String
    let change: @Sendable (inout GrowthSpec) -> Void

    init<Value: Sendable>(
      _ key: String, _ path: any WritableKeyPath<GrowthSpec, Value> & Sendable, _ value: Value
    ) {
      self.key = key
      testDescription = "\(key) = \(value)"
      change = { $0[keyPath: path] = value }
    }
  }

  static let faults: [Fault] = [
    Fault("activations", \.activations, []),
    Fault("activations", \.activations, [.sin, .cos, .sin]),
    Fault("restarts", \.restarts, 0), Fault("restarts", \.restarts, 1001),
    Fault("layerWidth", \.layerWidth, 0), Fault("layerWidth", \.layerWidth, 10_001),
    Fault("fields.fanIn", \.fields.fanIn, -1), Fault("fields.fanIn", \.fields.fanIn, .max),
    Fault("fields.fanIn", \.fields.kind, .random), Fault("fields.fanIn", \.fields.kind, .mostCorrelated),
    Fault("fields.earlierUnits", \.fields.earlierUnits, -1),
    Fault("fields.earlierUnits", \.fields.earlierUnits, .max),
    Fault("fields.shape", \.fields.shape, [3, 0]), Fault("fields.window", \.fields.window, [3, 0]),
    Fault("training.regularisation.weightDecay", \.training.regularisation.weightDecay, -1),
    Fault("training.regularisation.absoluteShare", \.training.regularisation.absoluteShare, 1.1),
    Fault("training.regularisation.largestNorm", \.training.regularisation.largestNorm, .nan),
    Fault("training.regularisation.dropout", \.training.regularisation.dropout, 0.96),
    Fault("training.regularisation.inputNoise", \.training.regularisation.inputNoise, 11),
    Fault("fields.groups", \.fields.groups, [[.name("a")], []]),
    Fault("fields.groups", \.fields.groups, [[.number(0)]]), Fault("fields.groups", \.fields.kind, .groups),
    Fault("training.epochs", \.training.epochs, 0), Fault("training.epochs", \.training.epochs, .max),
    Fault("training.sampleShare", \.training.sampleShare, 0.005),
    Fault("training.sampleShare", \.training.sampleShare, 1.01),
    Fault("training.sampleShare", \.training.sampleShare, .nan),
    Fault("training.sampleLimit", \.training.sampleLimit, 15),
    Fault("training.sampleLimit", \.training.sampleLimit, .max),
    Fault("training.batch", \.training.batch, -1),
    Fault("training.learningRate.initial", \.training.learningRate.initial, 0),
    Fault("training.learningRate.decay", \.training.learningRate.decay, .nan),
    Fault("training.evolution.generations", \.training.evolution.generations, -1),
    Fault("training.evolution.crossover", \.training.evolution.crossover, 1.1),
    Fault("training.evolution.functions", \.training.evolution.functions, -0.1),
    Fault("training.evolution.fields", \.training.evolution.fields, .nan),
    Fault("training.evolution.step", \.training.evolution.step, 0),
    Fault("training.leaving.schedule", \.training.leaving.schedule, [0]),
    Fault("training.leaving.schedule", \.training.leaving.schedule, [0.5, 0.4]),
    Fault("training.leaving.share", \.training.leaving.share, -0.1),
    Fault("training.leaving.share", \.training.leaving.share, .nan),
    Fault("training.leaving.least", \.training.leaving.least, 0),
    Fault("pruning.nearZero", \.pruning.nearZero, -0.1), Fault("pruning.nearZero", \.pruning.nearZero, 1.1),
    Fault("pruning.nearZero", \.pruning.nearZero, .nan),
    Fault("pruning.fluctuation", \.pruning.fluctuation, -1),
    Fault("pruning.fluctuation", \.pruning.fluctuation, .infinity),
    Fault("pruning.batchFluctuation", \.pruning.batchFluctuation, -1),
    Fault("pruning.batchFluctuation", \.pruning.batchFluctuation, .nan),
    Fault("pruning.batches", \.pruning.batches, 1), Fault("pruning.batches", \.pruning.batches, 1001),
    Fault("pruning.batchSize", \.pruning.batchSize, 0),
    Fault("pruning.batchSize", \.pruning.batchSize, .max),
    Fault("pruning.wald", \.pruning.wald, -1), Fault("pruning.wald", \.pruning.wald, .infinity),
    Fault("pruning.readout", \.pruning.readout, 1.1),
    Fault("pruning.brainDamage", \.pruning.brainDamage, -0.1),
    Fault("pruning.brainDamage", \.pruning.brainDamage, 1.1),
    Fault("pruning.units", \.pruning.units, -0.1), Fault("pruning.units", \.pruning.units, .nan),
    Fault("stopping.sampleLimit", \.stopping.sampleLimit, 99),
    Fault("stopping.sampleLimit", \.stopping.sampleLimit, .max),
    Fault("stopping.sufficientError", \.stopping.sufficientError, -0.1),
    Fault("stopping.sufficientError", \.stopping.sufficientError, .nan),
    Fault("distillation.share", \.distillation.share, 1.1),
    Fault("distillation.share", \.distillation.share, .nan),
    Fault("distillation.mixedSamples", \.distillation.mixedSamples, -1),
    Fault("distillation.mixedSamples", \.distillation.mixedSamples, 101),
    Fault("distillation.leastError", \.distillation.leastError, -0.1),
    Fault("distillation.sampleLimit", \.distillation.sampleLimit, 99),
    Fault("refinement.heldOutShare", \.refinement.heldOutShare, 0),
    Fault("refinement.heldOutShare", \.refinement.heldOutShare, 0.95),
    Fault("pruning.schedule", \.pruning.schedule, [0]), Fault("pruning.schedule", \.pruning.schedule, [1]),
    Fault("pruning.schedule", \.pruning.schedule, [0.5, 0.4]),
    Fault("pruning.schedule", \.pruning.schedule, [0.5, 0.5]),
    Fault("pruning.schedule", \.pruning.schedule, [.nan]),
    Fault("selection.shortlist", \.selection.shortlist, 0),
    Fault("selection.shortlist", \.selection.shortlist, 10_001),
    Fault("selection.keep", \.selection.keep, 0), Fault("selection.keep", \.selection.keep, 101),
    Fault("selection.keep", \.selection.keep, -1),
    Fault("selection.margin", \.selection.margin, -0.1), Fault("selection.margin", \.selection.margin, 1.1),
    Fault("selection.margin", \.selection.margin, .nan),
    Fault("selection.validationShare", \.selection.validationShare, 0.01),
    Fault("selection.validationShare", \.selection.validationShare, 0.95),
    Fault("selection.lookAhead", \.selection.lookAhead, 0),
    Fault("selection.lookAhead", \.selection.lookAhead, 3),
    Fault("selection.lookAheadBreadth", \.selection.lookAheadBreadth, 1),
    Fault("selection.lookAheadBreadth", \.selection.lookAheadBreadth, 101),
    Fault("selection.tolerance", \.selection.tolerance, 0),
    Fault("selection.tolerance", \.selection.tolerance, .infinity),
    Fault("readout.ridge", \.readout.ridge, -1e-9), Fault("readout.ridge", \.readout.ridge, .infinity),
    Fault("readout.ridge", \.readout.ridge, .nan),
    Fault("readout.largestRidge", \.readout.largestRidge, 1e-7),
    Fault("readout.largestRidge", \.readout.largestRidge, 1e7),
    Fault("readout.averaged", \.readout.averaged, 0), Fault("readout.averaged", \.readout.averaged, 1001),
    Fault("stopping.maximumUnits", \.stopping.maximumUnits, -2),
    Fault("stopping.maximumUnits", \.stopping.maximumUnits, 10_001),
    Fault("stopping.validationFraction", \.stopping.validationFraction, -0.1),
    Fault("stopping.validationFraction", \.stopping.validationFraction, 0.95),
    Fault("stopping.validationFraction", \.stopping.validationFraction, .nan),
    Fault("stopping.holdOuts", \.stopping.holdOuts, -1), Fault("stopping.holdOuts", \.stopping.holdOuts, 101),
    Fault("stopping.folds", \.stopping.folds, -1), Fault("stopping.folds", \.stopping.folds, 1),
    Fault("stopping.folds", \.stopping.folds, 101),
    Fault("stopping.connections", \.stopping.connections, -1),
    Fault("stopping.connections", \.stopping.connections, .max),
    Fault("stopping.seconds", \.stopping.seconds, -1), Fault("stopping.seconds", \.stopping.seconds, .nan),
    Fault("stopping.patience", \.stopping.patience, 0),
    Fault("stopping.patience", \.stopping.patience, 10_001),
    Fault("stopping.tolerance", \.stopping.tolerance, -0.1),
    Fault("stopping.tolerance", \.stopping.tolerance, .nan),
    Fault("stopping.standardErrors", \.stopping.standardErrors, -0.1),
    Fault("stopping.standardErrors", \.stopping.standardErrors, 11),
    Fault("refinement.every", \.refinement.every, -1), Fault("refinement.every", \.refinement.every, 10_001),
    Fault("refinement.steps", \.refinement.steps, 0), Fault("refinement.steps", \.refinement.steps, 10_001),
    Fault("refinement.sampleLimit", \.refinement.sampleLimit, 99),
    Fault("refinement.samplesPerWeight", \.refinement.samplesPerWeight, 0),
    Fault("selection.sampleLimit", \.selection.sampleLimit, 99),
    Fault("refinement.largestWeightCount", \.refinement.largestWeightCount, -1),
    Fault("refinement.largestWeightCount", \.refinement.largestWeightCount, 20_001),
  ]

  @Test func defaultsAreValid() throws {
    try GrowthSpec().validate()
    #expect(try Grower().spec == GrowthSpec())
  }

  @Test(arguments: faults)
  func aValueOutOfRangeIsRefusedAndNamed(fault: Fault) throws {
    var spec = GrowthSpec()
    fault.change(&spec)
    let error = try #require(throws: InputError.self) { try Grower(spec: spec) }
    #expect(error.kind == .content && error.location.column == fault.key)
    #expect(!error.found.isEmpty && !error.expected.isEmpty)
  }

  /// Choices and switches have no values out of range; every other key must be among the faults.
  @Test func everyKeyHasItsFault() throws {
    let json = try JSONSerialization.jsonObject(with: JSONEncoder().encode(GrowthSpec()))
    func paths(_ group: [String: Any]) -> [String] {
      group.flatMap { key, value in
        (value as? [String: Any]).map { paths($0).map { "\(key).\($0)" } } ?? [key]
      }
    }
    let keys = Set(paths(try #require(json as? [String: Any])))
    let free: Set = [
      "topology", "fields.kind", "selection.rule", "selection.toleranceUnit", "selection.marginOver",
      "stopping.regrow", "stopping.rule", "refinement.tasks", "refinement.time", "refinement.keeping",
      "training.precision", "training.optimizer", "training.objective", "start",
      "targetScale",
    ]
    #expect(keys.subtracting(free) == Set(Self.faults.map(\.key)))
  }

  @Test func levenbergMarquardtClimbsSharesOfAnEnergy() throws {
    var spec = GrowthSpec()
    spec.training.optimizer = .levenbergMarquardt
    for objective in [CandidateObjective.errorReduction, .logLossReduction] {
      spec.training.objective = objective
      try spec.validate()
    }
    for objective in [CandidateObjective.covariance, .orthogonalErrorReduction, .jointBackpropagation] {
      spec.training.objective = objective
      let error = try #require(throws: InputError.self) { try spec.validate() }
      #expect(error.location.column == "training.objective")
    }
  }

  @Test func jointBackpropagationClimbsByItsSignsAlone() throws {
    var spec = GrowthSpec()
    spec.training.objective = .jointBackpropagation
    try spec.validate()
    for optimizer in [TrainingOptimizer.gradientDescent, .lbfgs] {
      spec.training.optimizer = optimizer
      let error = try #require(throws: InputError.self) { try spec.validate() }
      #expect(error.location.column == "training.optimizer")
    }
  }

  @Test(arguments: 0..<3)
  func evidenceIsOfErrorReduction(rule: Int) throws {
    var spec = GrowthSpec()
    switch rule {
    case 0: spec.pruning.wald = 0.5
    case 1: spec.pruning.brainDamage = 0.5
    default: spec.pruning.batchFluctuation = 0.5
    }
    try spec.validate()
    spec.training.objective = .covariance
    let error = try #require(throws: InputError.self) { try spec.validate() }
    #expect(error.location.column == "training.objective")
  }

  @Test func aLookAheadKeepsOneUnit() throws {
    var spec = GrowthSpec()
    spec.selection.lookAhead = 2
    try spec.validate()
    spec.selection.keep = 2
    let error = try #require(throws: InputError.self) { try spec.validate() }
    #expect(error.location.column == "selection.keep")
  }

  @Test func limitsThemselvesAreValid() throws {
    var spec = GrowthSpec()
    spec.stopping.maximumUnits = 0
    spec.stopping.validationFraction = 0
    spec.refinement.every = 0
    spec.refinement.largestWeightCount = 0
    spec.readout.ridge = 0
    spec.readout.largestRidge = 0
    spec.pruning.nearZero = 1
    spec.pruning.schedule = []
    spec.training.sampleLimit = 16
    try spec.validate()
  }

  /// What is grown without a word about it, recorded as a list.
  @Test func theDefaultPoolIsAListThatStays() throws {
    let functions: [Activation] = [
      .logistic, .tanh, .sin, .cos, .log, .softplus, .square, .cube, .gaussian, .radial, .product,
    ]
    #expect(GrowthSpec().activations.functions == functions)
    let json = try JSONSerialization.jsonObject(with: JSONEncoder().encode(GrowthSpec())) as? [String: Any]
    #expect(json?["activations"] as? [String] == functions.map(\.rawValue))
  }

  @Test(arguments: ActivationSet.Name.allCases)
  func everyNamedSetMakesAPool(name: ActivationSet.Name) throws {
    var spec = Samples.quickSpec(units: 2, holdOut: false)
    spec.activations = ActivationSet(name)
    let network = try Grower.network(spec, Samples.regression(60, noise: 0.1)).network
    #expect(network.units.count == 2)
    #expect(network.units.allSatisfy { name.functions.contains($0.activation) })
  }

  @Test func isReadBackAsItWasWritten() throws {
    var spec = GrowthSpec()
    spec.activations = [.radial, .sin]
    spec.topology = .layered
    spec.layerWidth = 3
    spec.fields.kind = .groups
    spec.fields.shape = [8, 8]
    spec.fields.groups = [[.name("a"), .number(2)], [.name("3")]]
    spec.selection.rule = .hardCoverage
    spec.refinement.tasks = .all
    #expect(try JSONDecoder().decode(GrowthSpec.self, from: JSONEncoder().encode(spec)) == spec)
  }
}
