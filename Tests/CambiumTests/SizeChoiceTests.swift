import CambiumCore
import Testing

@testable import Cambium

/// What held-out samples are asked, and when they are believed.
@Suite struct SizeChoiceTests {
  @Test(arguments: [2, 3])
  func unitsThatGainNoMoreThanChanceAreNotGrown(classes: Int) throws {
    let data = Samples.classes(120, classes)
    var spec = Samples.quickSpec(units: 4, holdOut: true)
    spec.stopping.standardErrors = 0
    let (network, fit) = try Grower.network(spec, data)
    #expect(!network.units.isEmpty)
    #expect(!fit.report.decisions.contains { $0.contains("units gain nothing") })
    spec.stopping.standardErrors = 10
    let (plain, plainFit) = try Grower.network(spec, data)
    #expect(plain.units.isEmpty)
    #expect(plainFit.report.decisions.contains { $0.contains("units gain nothing") })
  }

  /// Averaged readouts would bring in units that the best size has not.
  @Test func ofNoiseNoUnitsAreLearned() throws {
    for draw in 0..<6 {
      let features = Samples.matrix(120, 4, "noise \(draw)")
      let coins = Samples.numbers(120, "coins \(draw)")
      let data = Samples.dataset(features, classes: coins.map { $0 > 0 ? 1 : 0 }, of: 2)
      var spec = Samples.quickSpec(units: 4, holdOut: true)
      spec.stopping.standardErrors = 2
      let (network, fit) = try Grower.network(spec, data)
      #expect(network.units.isEmpty, "draw \(draw): \(fit.report.decisions)")
    }
  }

  @Test func unitsThatGainMuchAreGrownHoweverStrictTheRule() throws {
    var spec = Samples.quickSpec(units: 4, holdOut: true)
    spec.stopping.standardErrors = 3
    #expect(try !Grower.network(spec, Samples.regression(150)).network.units.isEmpty)
  }

  /// The naive twin: least squares under each ridge, of which the one stays with the least held-out loss.
  @Test func ofNumbersTheReadoutWithoutUnitsHasTheRidgeThatSuitsOthers() throws {
    func data(_ label: String) -> Dataset {
      let features = Samples.matrix(30, 20, label)
      let noise = Samples.numbers(30, label + " noise")
      return Dataset(
        features: features,
        targets: Matrix(rows: 30, columns: 1, values: (0..<30).map { features[$0, 0] + noise[$0] }),
        task: .regression)
    }
    let (training, heldOut) = (data("training"), data("held out"))
    var spec = Samples.quickSpec(units: 0)
    spec.stopping.regrow = false
    spec.pruning.readout = 0
    let fit = try Grower(spec: spec).fit(
      training, validation: heldOut, in: FitContext(random: RandomStream(seed: 1)))
    let network = try #require(fit.predictor as? Network)
    let losses = spec.readout.ridges.map { ridge in
      let plain = GrowingNetwork(data: training, heldOut: heldOut, ridge: ridge, workers: Samples.workers)
      return (loss: plain.heldOutLoss() ?? .infinity, readout: plain.readout)
    }
    let least = try #require(losses.min { $0.loss < $1.loss })
    #expect(least.loss < 0.9 * losses[0].loss)
    for (found, wanted) in zip(network.readout.values, least.readout.values) {
      #expect(isClose(found, wanted, 1e-9))
    }
  }
}

/// Growth that is tried again with another way of training.
@Suite struct SecondAttemptTests {
  private static func spirals() throws -> (data: Dataset, spec: GrowthSpec) {
    var spec = GrowthSpec()
    spec.topology = .flat
    spec.stopping.holdOuts = 2
    return (try Samples.classes(of: .twoSpirals, rows: 194), spec)
  }

  @Test func whatFirstOrderStepsDoNotFindSecondOrderOnesDo() throws {
    var (data, spec) = try Self.spirals()
    let both = try Grower.network(spec, data).fit
    #expect(both.report.decisions.contains { $0.contains("second-order method does better") })
    spec.training.optimizer = .resilientPropagation
    let first = try Grower.network(spec, data).fit
    #expect(!first.report.decisions.contains { $0.contains("second-order") })
    #expect(first.report.epochs < both.report.epochs)
    func wrong(_ fit: Fit) -> Int {
      let answers = Dataset.classIndices(
        of: fit.predictor.outputs(for: data.features, workers: Samples.workers), task: data.task)
      return zip(answers, data.classIndices).count { $0 != $1 }
    }
    #expect(2 * wrong(both) < wrong(first))
  }

  @Test func whatIsRightMostlyIsNotTriedAgain() throws {
    let spec = Samples.quickSpec(units: 4, holdOut: true)
    let features = Samples.matrix(80, 2)
    let data = Samples.dataset(features, classes: (0..<80).map { features[$0, 0] > 0 ? 1 : 0 }, of: 2)
    #expect(try !Grower.network(spec, data).fit.report.decisions.contains { $0.contains("second-order") })
    #expect(
      try !Grower.network(spec, Samples.regression(80, noise: 5)).fit.report.decisions
        .contains { $0.contains("second-order") })
  }

  private static func ofSecondOrder(_ fit: Fit) -> [String] {
    ((fit.state as? GrowthState)?.loops.keys.sorted() ?? []).filter { $0.contains("second order") }
  }

  /// Opposite quadrants, a tenth of whose samples are put into the wrong class: no network does better, and most are right.
  private static func noisyQuadrants() -> Dataset {
    let features = Samples.matrix(400, 2)
    let classes = (0..<400).map { (features[$0, 0] * features[$0, 1] > 0) != ($0 % 10 == 0) ? 1 : 0 }
    return Samples.dataset(features, classes: classes, of: 2)
  }

  @Test func unitsThatLeaveATwentiethWrongAreNotEnough() throws {
    let data = Self.noisyQuadrants()
    var spec = GrowthSpec()
    spec.stopping.holdOuts = 2
    spec.stopping.maximumUnits = 3
    let tried = try Grower.network(spec, data)
    #expect(!tried.network.units.isEmpty)
    let heldOut = try #require(tried.fit.heldOut)
    let answers = Dataset.classIndices(of: heldOut.outputs, task: data.task)
    let wrong = zip(answers, heldOut.data.classIndices).count { $0 != $1 }
    #expect((0.05...0.2).contains(Double(wrong) / Double(answers.count)), "not mostly wrong")
    #expect(!Self.ofSecondOrder(tried.fit).isEmpty)
    #expect(Self.ofSecondOrder(tried.fit).allSatisfy { $0.contains("flat") })
  }

  @Test func itMayHaveTwiceTheUnitsWhereTheCallerDoesNotSayHowMany() throws {
    var spec = Samples.quickSpec(units: -1)
    spec.stopping.patience = 1000
    func largest() throws -> Int {
      let state = try Grower.network(spec, Self.noisyQuadrants()).fit.state as? GrowthState
      let loops = state?.loops.filter { $0.key.contains("second order") } ?? [:]
      return loops.values.map { $0.network?.units.count ?? 0 }.max() ?? 0
    }
    #expect(try (41...80).contains(largest()))
    spec.stopping.maximumUnits = 20
    #expect(try (1...20).contains(largest()))
  }

  @Test func whereTheFirstNetworkGainsNothingTheOthersAreNotGrown() throws {
    let features = Samples.matrix(200, 2)
    let noise = Samples.numbers(200, "noise")
    let data = Samples.dataset(features, classes: noise.map { $0 > 0 ? 1 : 0 }, of: 2)
    var spec = Samples.quickSpec(units: 4)
    spec.stopping.holdOuts = 2
    let fit = try Grower.network(spec, data).fit
    #expect(fit.report.decisions.contains { $0.contains("gains nothing beyond chance") })
    #expect(Self.ofSecondOrder(fit).count == 1)
  }

  @Test func theMostFrequentClassIsSoByWeight() {
    func frequent(_ classes: [Double], _ weights: [Double]?) -> Int {
      Dataset(
        features: Samples.matrix(classes.count, 2),
        targets: Matrix(rows: classes.count, columns: 1, values: classes),
        task: .classification(classes: 2), weights: weights
      ).mostFrequentClass
    }
    #expect(frequent([0, 0, 1], nil) == 0)
    #expect(frequent([0, 0, 1], [1, 1, 3]) == 1)
    #expect(frequent([1, 0], [2, 2]) == 0, "of equals the first")
  }

  /// A penalty on weights is not for the second way of training.
  @Test func whatDoesNotGoTogetherIsNotTried() throws {
    var (data, spec) = try Self.spirals()
    spec.training.regularisation.weightDecay = 0.01
    spec.stopping.maximumUnits = 3
    #expect(try !Grower.network(spec, data).fit.report.decisions.contains { $0.contains("second-order") })
  }

  @Test func withoutMemoryForBothTheFirstStays() throws {
    var (data, spec) = try Self.spirals()
    spec.stopping.maximumUnits = 6
    let once = MemoryNeed(of: spec, data: data, holdOuts: 2).bytes
    func fit(memory: Double) throws -> Fit {
      try Grower(spec: spec).fit(
        data, validation: nil,
        in: FitContext(random: RandomStream(seed: 1), workers: Samples.workers, memory: memory))
    }
    let tight = try fit(memory: once)
    #expect(tight.report.decisions.contains { $0.contains("no memory") })
    #expect(Self.ofSecondOrder(tight).isEmpty)
    #expect(try !Self.ofSecondOrder(fit(memory: 10 * once)).isEmpty)
  }

  @Test func itGoesOnFromWhereItStood() throws {
    var (data, spec) = try Self.spirals()
    spec.stopping.maximumUnits = 6
    let whole = try Grower.network(spec, data)
    let again = try Grower(spec: spec, continuing: whole.fit.state as? GrowthState).fit(
      data, validation: nil, in: FitContext(random: RandomStream(seed: 1)))
    #expect(again.predictor as? Network == whole.network)
    #expect((whole.fit.state as? GrowthState)?.loops.keys.contains { $0.contains("second order") } == true)
  }
}
