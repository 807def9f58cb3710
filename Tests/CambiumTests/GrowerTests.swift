import CambiumCore
import Foundation
import Testing

@testable import Cambium

@Suite struct GrowerTests {
  /// The tasks that growth is tried on.
  enum Kind: String, CaseIterable, Sendable {
    case regression, severalOutputs, twoClasses, fourClasses

    func data(_ count: Int, label: String = "features") -> Dataset {
      switch self {
      case .regression: Samples.regression(count, noise: 0.1, label: label)
      case .severalOutputs: Samples.regression(count, outputs: 3, noise: 0.1, weighted: true, label: label)
      case .twoClasses: Samples.classes(count, 2, label: label)
      case .fourClasses: Samples.classes(count, 4, weighted: true, label: label)
      }
    }
  }

  @Test(arguments: Kind.allCases, [false, true])
  func theResultDependsOnDataSpecAndSeedAlone(kind: Kind, holdOut: Bool) throws {
    // Enough rows for threads to share.
    let data = kind.data(1100)
    let spec = Samples.quickSpec(units: 3, holdOut: holdOut)
    let first = try Grower.network(spec, data).network.bytes
    for threads in [1, 2, 4] {
      #expect(try Grower.network(spec, data, threads: threads).network.bytes == first, "\(threads) threads")
    }
    #expect(try Grower.network(spec, data, seed: 2).network.bytes != first)
  }

  @Test(arguments: Kind.allCases, [false, true])
  func growthIsBetterThanThePlainReadout(kind: Kind, holdOut: Bool) throws {
    let data = kind.data(200)
    func error(_ units: Int) throws -> Double {
      var spec = Samples.quickSpec(units: units, holdOut: holdOut)
      spec.stopping.standardErrors = 0
      let network = try Grower.network(spec, data).network
      let outputs = network.outputs(for: data.features, workers: Samples.workers)
      return zip(outputs.values, data.targets.values).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }
    #expect(try error(6) < 0.9 * error(0))
  }

  @Test(arguments: Kind.allCases, [false, true])
  func theReportTellsWhatTheNetworkIs(kind: Kind, holdOut: Bool) throws {
    let (network, fit) = try Grower.network(Samples.quickSpec(units: 5, holdOut: holdOut), kind.data(150))
    #expect(fit.report.rounds.reduce(0) { $0 + $1.kept.count } == network.units.count)
    #expect(fit.report.rounds.map(\.index) == Array(1..<fit.report.rounds.count + 1))
    for (round, unit) in zip(fit.report.rounds, network.units) {
      #expect(round.kept.map(\.activation) == [unit.activation])
      #expect(round.kept.map(\.pruned) == [unit.prunedConnections])
      #expect((0...1).contains(round.coverage) && round.trainError >= 0)
    }
    #expect((fit.heldOut != nil) == holdOut && fit.report.decisions.isEmpty != holdOut)
    #expect(fit.report.epochs > 0)
    if holdOut { #expect(fit.report.rounds.allSatisfy { $0.validationError != nil }) }
  }

  @Test(arguments: Kind.allCases, [false, true])
  func noUnitsAreThePlainReadout(kind: Kind, holdOut: Bool) throws {
    let data = kind.data(80)
    var spec = Samples.quickSpec(units: 0, holdOut: holdOut)
    spec.readout.largestRidge = spec.readout.ridge
    spec.pruning.readout = 0
    let network = try Grower.network(spec, data).network
    #expect(network.units.isEmpty)
    let plain = GrowingNetwork(data: data, heldOut: nil, ridge: 1e-6, workers: Samples.workers).network
    let (a, b) = (
      network.outputs(for: data.features, workers: Samples.workers).values,
      plain.outputs(for: data.features, workers: Samples.workers).values
    )
    // Classes are fitted from another start, to the same minimum.
    #expect(isClose(a, b, data.task == .regression ? 1e-12 : 2e-3))
  }

  @Test(arguments: Topology.allCases, [1, 3])
  func unitsReadWhatTheTopologyAllows(topology: Topology, keep: Int) throws {
    var spec = Samples.quickSpec(units: 7, holdOut: false)
    spec.topology = topology
    spec.layerWidth = 3
    spec.selection.keep = keep
    let network = try Grower.network(spec, Samples.regression(100, noise: 0.2)).network
    #expect(network.units.count == 7)
    if topology == .flat { #expect(network.size.depth == 1) } else { #expect(network.size.depth > 1) }
    for unit in network.units { #expect(unit.connections.contains { $0.source > 0 }) }
  }

  @Test func moreRowsThanTheSampleLimitAreLearnedFromSamples() throws {
    var spec = Samples.quickSpec(units: 3, holdOut: false)
    spec.training.sampleLimit = 50
    let (network, fit) = try Grower.network(spec, Samples.regression(300, noise: 0.2, weighted: true))
    #expect(network.units.count == 3)
    let errors = fit.report.rounds.map(\.trainError)
    #expect(zip(errors, errors.dropFirst()).allSatisfy { $0 >= $1 - 1e-9 })
  }

  @Test func aUnitNeverRaisesTheTrainingErrorOfLeastSquares() throws {
    var spec = Samples.quickSpec(units: 12, holdOut: false)
    spec.refinement.every = 0
    let report = try Grower.network(spec, Samples.regression(120, outputs: 2, noise: 0.3)).fit.report
    let errors = report.rounds.map(\.trainError)
    #expect(errors.count == 12 && zip(errors, errors.dropFirst()).allSatisfy { $0 >= $1 - 1e-9 })
  }
}

// MARK: - What is chosen

extension GrowerTests {
  @Test func validationSamplesAreChosenBy() throws {
    var spec = Samples.quickSpec(units: 6)
    spec.stopping.regrow = false
    // Products would need two units alone.
    spec.activations = ActivationSet(.sigmoid)
    let training = Samples.regression(150)
    let alike = Samples.regression(80, label: "others")
    // There, what is learned is wrong in everything but the mean.
    let opposite = Dataset(
      features: alike.features,
      targets: Matrix(rows: 80, columns: 1, values: alike.targets.values.map { -0.6 - $0 }), task: .regression
    )
    let grown = try Grower.network(spec, training, validation: alike)
    let ungrown = try Grower.network(spec, training, validation: opposite)
    #expect(grown.network.units.count > 2)
    #expect(ungrown.network.units.count < grown.network.units.count)
    #expect(grown.fit.heldOut?.data.features == alike.features)
    #expect(
      grown.fit.heldOut?.outputs == grown.network.outputs(for: alike.features, workers: Samples.workers))
    #expect(grown.fit.report.stopReason == .bestHeldOutSize)
  }

  @Test func validationSamplesAreLearnedInTheEnd() throws {
    var spec = Samples.quickSpec(units: 0)
    spec.pruning.readout = 0
    let data = Samples.regression(90)
    let split = try Grower.network(
      spec, data.selecting(Array(0..<60)), validation: data.selecting(Array(60..<90)))
    let whole = GrowingNetwork(data: data, heldOut: nil, ridge: 1e-6, workers: Samples.workers).network
    #expect(isClose(split.network.readout.values, whole.readout.values, 1e-9))
    let few = data.selecting(Array(0..<60))
    #expect(
      split.network.readout
        != GrowingNetwork(
          data: few, heldOut: nil, ridge: 1e-6, workers: Samples.workers
        ).network.readout)
  }

  @Test(arguments: [false, true])
  func pureNoiseMayEndWithoutUnits(isRegression: Bool) throws {
    let features = Samples.matrix(100, 3)
    let noise = Samples.matrix(100, 1, "noise")
    let data =
      isRegression
      ? Dataset(features: features, targets: noise, task: .regression)
      : Samples.dataset(features, classes: noise.values.map { $0 > 0 ? 1 : 0 }, of: 2)
    for seed in 1...3 {
      var spec = Samples.quickSpec(units: 8)
      spec.stopping.holdOuts = 3
      let network = try Grower.network(spec, data, seed: UInt64(seed)).network
      #expect(network.units.count <= 8)
      let fresh = Samples.matrix(200, 3, "fresh")
      #expect(network.outputs(for: fresh, workers: Samples.workers).values.areFinite)
    }
  }

  @Test func constantTargetsNeedNoUnits() throws {
    let features = Samples.matrix(50, 2)
    let data = Dataset(features: features, targets: Matrix(rows: 50, columns: 1), task: .regression)
    for holdOut in [false, true] {
      let network = try Grower.network(Samples.quickSpec(holdOut: holdOut), data).network
      #expect(network.units.isEmpty)
      #expect(network.outputs(for: features, workers: Samples.workers).values.allSatisfy { $0 == 0 })
    }
  }

  @Test(arguments: Kind.allCases)
  func rowsTwiceWithHalfTheWeightAreTheSame(kind: Kind) throws {
    let data = kind.data(70)
    let order = Array(0..<70) + Array(0..<70)
    let twice = data.selecting(order)
    let halves = Dataset(
      features: twice.features, targets: twice.targets, task: data.task,
      weights: order.map { 0.5 * (data.weights?[$0] ?? 1) })
    let spec = Samples.quickSpec(units: 0, holdOut: false)
    let a = try Grower.network(spec, data).network.readout
    let b = try Grower.network(spec, halves).network.readout
    #expect(isClose(a.values, b.values, 1e-9))
  }

  @Test(arguments: 1...3)
  func twoSpiralsAreAllLearned(seed: Int) throws {
    var spec = GrowthSpec()
    spec.stopping.validationFraction = 0
    let data = try Samples.classes(of: .twoSpirals, rows: 194)
    let (network, fit) = try Grower.network(spec, data, seed: UInt64(seed), threads: 2)
    #expect(fit.report.stopReason == .fullCoverage && fit.report.rounds.last?.coverage == 1)
    let outputs = network.outputs(for: data.features, workers: Samples.workers)
    for i in 0..<194 { #expect((outputs[i, 0] > 0.5) == (data.targets[i, 0] > 0.5)) }
  }

  /// However wide the tolerance, held-out samples say how far a regression goes.
  @Test func aRegressionKeepsTheSizeThatWasChosen() throws {
    var spec = Samples.quickSpec(units: 6)
    spec.selection.tolerance = 10
    let fit = try Grower.network(spec, Samples.regression(120)).fit
    #expect(fit.report.rounds.allSatisfy { $0.coverage == 1 })
    #expect(fit.report.stopReason == .bestHeldOutSize && fit.predictor.size.units == fit.report.rounds.count)
  }

  @Test(arguments: 1...3)
  func parityOfFourBitsIsLearned(seed: Int) throws {
    var spec = GrowthSpec()
    spec.stopping.validationFraction = 0
    let data = try Samples.classes(of: .parity(bits: 4), rows: 16)
    let fit = try Grower.network(spec, data, seed: UInt64(seed)).fit
    #expect(fit.report.stopReason == .fullCoverage)
  }

  /// One sine whose weights all move it by half a turn: as many bits as there are, no sum of few others is that.
  @Test(arguments: [2, 5, 8])
  func parityIsOneUnit(bits: Int) throws {
    let data = try Samples.classes(of: .parity(bits: bits), rows: 1 << bits)
    for fraction in bits < 5 ? [0] : [0, 0.2] {
      var spec = GrowthSpec()
      spec.stopping.validationFraction = fraction
      let fit = try Grower.network(spec, data).fit
      #expect(fit.predictor.size.units == 1)
      #expect(fit.report.rounds.last?.coverage == 1)
    }
  }
}
