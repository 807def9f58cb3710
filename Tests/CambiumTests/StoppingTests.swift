import CambiumCore
import Testing

@testable import Cambium

/// What ends growth, and that it says so.
@Suite struct StoppingTests {
  @Test(arguments: [12, 20, 35, 60], [false, true])
  func noNetworkHasMoreConnectionsThanAllowed(connections: Int, holdOut: Bool) throws {
    for data in [Samples.regression(100, outputs: 2, noise: 0.1), Samples.classes(100, 3)] {
      var spec = Samples.quickSpec(units: 30, holdOut: holdOut)
      spec.stopping.connections = connections
      let (network, fit) = try Grower.network(spec, data)
      let count = network.units.reduce(network.readout.values.count) { $0 + $1.connections.count }
      #expect(count <= max(connections, network.readout.columns * 3))
      if !holdOut { #expect(fit.report.stopReason == .connectionBudget) }
    }
  }

  @Test(arguments: [false, true])
  func noSecondsAtAllEndWithTheReadout(holdOut: Bool) throws {
    var spec = Samples.quickSpec(units: 30, holdOut: holdOut)
    spec.stopping.seconds = 1e-9
    for data in [Samples.regression(60), Samples.classes(60, 2)] {
      let (network, fit) = try Grower.network(spec, data)
      #expect(network.units.isEmpty && fit.report.stopReason == .timeBudget)
      #expect(network.outputs(for: data.features, workers: Samples.workers).values.areFinite)
    }
  }

  @Test func moreSecondsThanItTakesChangeNothing() throws {
    let data = Samples.regression(100, noise: 0.1)
    var spec = Samples.quickSpec(units: 4)
    let free = try Grower.network(spec, data).network
    spec.stopping.seconds = 1e6
    #expect(try Grower.network(spec, data).network == free)
  }

  @Test(arguments: [2, 5])
  func everySampleIsHeldOutOnceByFolds(folds: Int) throws {
    var spec = StoppingSpec()
    spec.folds = folds
    for data in [Samples.regression(53), Samples.classes(53, 3)] {
      let holdOuts = try HoldOut.all(of: data, validation: nil, spec: spec, random: RandomStream(seed: 1))
      #expect(holdOuts.count == folds)
      var times = [Int](repeating: 0, count: 53)
      for holdOut in holdOuts {
        for row in holdOut.rows { times[row] += 1 }
        #expect(holdOut.training.features == data.features.selectingRows(holdOut.rows))
        #expect(holdOut.heldOut.sampleCount + holdOut.rows.count == 53)
      }
      #expect(times.allSatisfy { $0 == folds - 1 })
    }
    spec.validationFraction = 0
    #expect(
      try HoldOut.all(
        of: Samples.regression(53), validation: nil, spec: spec, random: RandomStream(seed: 1)
      ).isEmpty)
  }

  @Test func moreFoldsThanSamplesLeaveOneOut() throws {
    var spec = Samples.quickSpec(units: 2)
    spec.stopping.folds = 100
    let fit = try Grower.network(spec, Samples.regression(8)).fit
    #expect(fit.report.stopReason == .bestHeldOutSize)
    #expect(try Grower.network(spec, Samples.regression(1)).fit.predictor.size.units == 0)
  }

  @Test func theCriterionIsSchwarzs() {
    let regression = Samples.regression(80, outputs: 2, noise: 0.3, weighted: true)
    let plain = GrowingNetwork(data: regression, heldOut: nil, ridge: 1e-6, workers: Samples.workers)
    var (squares, total) = (0.0, 0.0)
    for i in 0..<80 {
      let weight = regression.weights?[i] ?? 1
      total += weight
      for o in 0..<2 { squares += weight * plain.residual[i, o] * plain.residual[i, o] }
    }
    let wanted = 2 * total * logarithm(squares / (2 * total)) + 6 * logarithm(total)
    #expect(isClose(plain.informationCriterion, wanted, 1e-9))

    let classes = Samples.classes(80, 2)
    let grown = GrowingNetwork(data: classes, heldOut: nil, ridge: 1e-6, workers: Samples.workers)
    let outputs = grown.loss.outputs(ofScores: grown.scores)
    let logLikelihood = (0..<80).reduce(0.0) { sum, i in
      let share = classes.targets[i, 0]
      return sum + share * logarithm(outputs[i, 0]) + (1 - share) * logarithm(1 - outputs[i, 0])
    }
    #expect(isClose(grown.informationCriterion, -2 * logLikelihood + 3 * logarithm(80), 1e-9))
  }

  @Test(arguments: GrowerTests.Kind.allCases)
  func theSizeOfTheLeastCriterionStays(kind: GrowerTests.Kind) throws {
    let data = kind.data(150)
    var spec = Samples.quickSpec(units: 12)
    spec.stopping.rule = .bic
    spec.stopping.patience = 3
    spec.refinement.every = 0
    let (network, fit) = try Grower.network(spec, data)
    #expect(fit.heldOut == nil && fit.report.rounds.count == network.units.count)
    #expect(fit.stages.count == network.units.count + 1)
    let criteria = try fit.stages.map { stage in
      let network = try #require(stage as? Network)
      let outputs = network.outputs(for: data.features, workers: Samples.workers)
      var loss = 0.0
      for i in 0..<150 {
        let weight = data.weights?[i] ?? 1
        for o in 0..<outputs.columns {
          let (y, t) = (outputs[i, o], data.targets[i, o])
          switch data.task {
          case .regression: loss += 0.5 * weight * (y - t) * (y - t)
          case .classification(2): loss -= weight * logarithm(max(1e-300, t > 0.5 ? y : 1 - y))
          case .classification: loss -= weight * t * logarithm(max(1e-300, y))
          }
        }
      }
      let connections = network.units.reduce(network.readout.values.count) { $0 + $1.connections.count }
      return InformationCriterion.value(loss: loss, of: data, connections: connections)
    }
    let last = try #require(criteria.last)
    #expect(last <= (criteria.min() ?? 0) + 1e-6 * abs(last))
  }

  @Test func pureNoiseHasItsLeastCriterionEarly() throws {
    let data = Dataset(
      features: Samples.matrix(150, 3), targets: Samples.matrix(150, 1, "noise"), task: .regression)
    var spec = Samples.quickSpec(units: 20)
    spec.stopping.rule = .bic
    spec.stopping.patience = 4
    let (network, fit) = try Grower.network(spec, data)
    #expect(network.units.count <= 2 && fit.report.stopReason == .leastInformationCriterion)
  }

  @Test func theReportSaysWhatEndedTheNetworksToChooseBy() throws {
    let report = try Grower.network(Samples.quickSpec(units: 2), Samples.regression(90, noise: 0.1)).fit
      .report
    #expect(report.decisions.contains { $0.contains("unitBudget (2)") })
  }

  /// The smallest size is kept whose error is small enough: with one unit less it is not.
  @Test(arguments: [1, 3], [0.1, 0.03])
  func growthEndsWhereTheErrorIsSmallEnough(holdOuts: Int, sufficient: Double) throws {
    let data = Samples.regression(200)
    var spec = Samples.quickSpec(units: 12)
    spec.topology = .flat
    spec.stopping.holdOuts = holdOuts
    spec.stopping.sufficientError = sufficient
    let (network, fit) = try Grower.network(spec, data)
    #expect(fit.report.stopReason == .sufficientError)
    let context = FitContext(random: RandomStream(seed: 1), workers: Samples.workers)
    let all = try HoldOut.all(of: data, validation: nil, spec: spec.stopping, random: context.random)
    let trials = Trials(of: spec, on: all, deadline: nil, context)
    func error(_ rounds: Int) -> Double {
      trials.paths.reduce(0) { sum, path in
        let grown = path.networks[min(rounds, path.networks.count - 1)]
        guard let heldOut = path.last.heldOut else { return .infinity }
        let error = grown.error(on: heldOut, workers: Samples.workers)
        return sum + error * error
      } / Double(holdOuts)
    }
    #expect(trials.choice.rounds == network.units.count && network.units.count > 0)
    #expect(error(network.units.count) <= sufficient)
    for smaller in 0..<network.units.count { #expect(error(smaller) > sufficient) }
    spec.stopping.sufficientError = 0
    #expect(try Grower.network(spec, data).network.units.count > network.units.count)
  }

  @Test func withNothingHeldOutTheErrorOnAllSamplesCounts() throws {
    let data = Samples.regression(200)
    var spec = Samples.quickSpec(units: 12, holdOut: false)
    spec.selection.tolerance = 1e-9
    spec.selection.toleranceUnit = .deviations
    spec.stopping.sufficientError = 0.1
    let (network, fit) = try Grower.network(spec, data)
    #expect(fit.report.stopReason == .sufficientError)
    let errors = fit.stages.compactMap { ($0 as? Network)?.error(on: data, workers: Samples.workers) }
    #expect(errors.count == network.units.count + 1)
    #expect((errors.last ?? 1) * (errors.last ?? 1) <= 0.1)
    #expect(errors.dropLast().allSatisfy { $0 * $0 > 0.1 })
  }

  @Test func whatIsNeverSmallEnoughIsChosenAsBefore() throws {
    let data = Samples.regression(150, noise: 0.5)
    var spec = Samples.quickSpec(units: 4)
    let plain = try Grower.network(spec, data)
    spec.stopping.sufficientError = 1e-12
    let asked = try Grower.network(spec, data)
    #expect(asked.network == plain.network)
    #expect(asked.fit.report.stopReason == plain.fit.report.stopReason)
  }

  /// Every sample stands at most once, and those that the last network represents are all there.
  @Test(arguments: GrowerTests.Kind.allCases, [1, 3])
  func whatWasCoveredFirstAddsUp(kind: GrowerTests.Kind, keep: Int) throws {
    var spec = Samples.quickSpec(units: 6, holdOut: false)
    spec.selection.keep = keep
    spec.selection.tolerance = 0.3
    let data = kind.data(120)
    let (network, fit) = try Grower.network(spec, data)
    let first = try #require(fit.firstCoverage)
    let all = first.readout + first.units.flatMap { $0 }
    #expect(Set(all).count == all.count && all.allSatisfy { (0..<120).contains($0) })
    #expect(network.units.map(\.coveredFirst) == first.units.map { $0.count })
    let kept = fit.report.rounds.flatMap { $0.kept.map(\.coveredFirst) }
    #expect(kept == network.units.map(\.coveredFirst))
    let outputs = network.outputs(for: data.features, workers: Samples.workers)
    for i in 0..<120 where !all.contains(i) {
      if data.task == .regression {
        #expect((0..<outputs.columns).contains { abs(outputs[i, $0] - data.targets[i, $0]) > 0.3 })
      } else if outputs.columns > 1 {
        #expect((0..<outputs.columns).contains { outputs[i, $0] > outputs[i, data.classIndices[i]] })
      }
    }
  }

  @Test func samplesCoveredFirstAreNamedAsTheCallerKnowsThem() throws {
    var spec = Samples.quickSpec(units: 4)
    spec.stopping.regrow = false
    spec.selection.tolerance = 0.2
    let data = Samples.regression(100)
    let (network, fit) = try Grower.network(spec, data)
    let first = try #require(fit.firstCoverage)
    let holdOut = try HoldOut.all(
      of: data, validation: nil, spec: spec.stopping, random: RandomStream(seed: 1)
    )[0]
    let known = Set(first.readout + first.units.flatMap { $0 })
    #expect(known.isSubset(of: holdOut.rows))
    #expect(first.units.count == network.units.count)
  }
}
