import CambiumCore
import Testing

@testable import Cambium

/// What the network that stays is taught by the networks to choose by.
@Suite struct DistillationTests {
  private static let random = RandomStream(seed: 8)

  private static func spec(holdOuts: Int = 3) -> GrowthSpec {
    var spec = Samples.quickSpec(units: 4)
    spec.stopping.holdOuts = holdOuts
    spec.stopping.patience = 100
    return spec
  }

  private static func trials(_ data: Dataset, _ spec: GrowthSpec) throws -> Trials {
    let context = FitContext(random: random, workers: Samples.workers)
    let holdOuts = try HoldOut.all(of: data, validation: nil, spec: spec.stopping, random: random)
    return Trials(of: spec, on: holdOuts, deadline: nil, context)
  }

  private static func lesson(_ data: Dataset, _ trials: Trials, _ spec: GrowthSpec) -> Lesson {
    Lesson(
      data, taughtBy: trials.paths, at: trials.choice, spec: spec, random: random, workers: Samples.workers)
  }

  /// The naive twin: every network asked about every sample by itself.
  @Test(arguments: [false, true], [1, 3])
  func targetsAreMixedWithTheMeanOfWhatNetworksSay(weighted: Bool, copies: Int) throws {
    let data = Samples.regression(60, outputs: 2, noise: 0.3, weighted: weighted)
    var spec = Self.spec()
    spec.distillation.share = 0.7
    spec.distillation.mixedSamples = copies
    let trials = try Self.trials(data, spec)
    let lesson = Self.lesson(data, trials, spec)
    let networks = trials.paths.map { $0.network(of: trials.choice, spec: spec) }
    #expect(lesson.data.sampleCount == 60 * (1 + copies))
    for i in 0..<lesson.data.sampleCount {
      let said = networks.map {
        $0.outputs(for: lesson.data.features.rows(i..<i + 1), workers: Samples.workers)
      }
      for o in 0..<2 {
        let mean = (said[0][0, o] + said[1][0, o] + said[2][0, o]) / 3
        let wanted = i < 60 ? 0.3 * data.targets[i, o] + 0.7 * mean : mean
        #expect(isClose(lesson.data.targets[i, o], wanted, 1e-12))
      }
    }
    #expect(lesson.own?.targets == data.targets)
    #expect(lesson.data.features.rows(0..<60) == data.features)
    let weights = try #require(lesson.data.weights)
    let (own, mixed) = (weights[..<60].reduce(0, +), weights[60...].reduce(0, +))
    #expect(isClose(own, mixed, 1e-12))
  }

  @Test func whatIsTaughtIsNearerTheTruthThanNoisyTargets() throws {
    let (noisy, truth) = (Samples.regression(150, noise: 0.6), Samples.regression(150))
    let spec = Self.spec(holdOuts: 6)
    let lesson = Self.lesson(noisy, try Self.trials(noisy, spec), spec)
    func distance(_ targets: Matrix) -> Double {
      (0..<150).reduce(0) {
        let difference = targets[$1, 0] - truth.targets[$1, 0]
        return $0 + difference * difference
      }
    }
    #expect(distance(lesson.data.targets) < 0.5 * distance(noisy.targets))
  }

  /// Each case has a reason to learn the targets alone.
  @Test(arguments: ["one hold-out", "no share", "classes", "no noise", "many samples", "no units"])
  func targetsAloneAreLearnedWhereThereIsNothingToTeach(reason: String) throws {
    var spec = Self.spec(holdOuts: reason == "one hold-out" ? 1 : 3)
    var data = Samples.regression(120, noise: 0.3)
    switch reason {
    case "no share": spec.distillation.share = 0
    case "classes": data = Samples.classes(120, 2)
    case "no noise": spec.distillation.leastError = 1
    case "many samples": spec.distillation.sampleLimit = 100
    case "no units": spec.stopping.standardErrors = 10; data = Samples.regression(120, noise: 3)
    default: break
    }
    let trials = try Self.trials(data, spec)
    let lesson = Self.lesson(data, trials, spec)
    #expect(lesson.own == nil && lesson.fingerprint == nil)
    #expect(lesson.data.targets == data.targets && lesson.data.sampleCount == 120)
  }

  /// Whatever the targets' unit is.
  @Test(arguments: [1e-3, 1e3])
  func noiseIsMeasuredInVariancesOfTheTargets(unit: Double) throws {
    let data = Samples.regression(90, noise: 0.3)
    var targets = data.targets
    for k in targets.values.indices { targets.values[k] = 5 * unit + unit * targets.values[k] }
    let scaled = Dataset(features: data.features, targets: targets, task: .regression)
    var spec = Self.spec()
    let trials = try Self.trials(scaled, spec)
    spec.distillation.leastError = 0.01
    #expect(Self.lesson(scaled, trials, spec).own != nil)
    spec.distillation.leastError = 1
    #expect(Self.lesson(scaled, trials, spec).own == nil)
  }

  /// Rounds, coverage and ranges tell of the samples that the caller gave.
  @Test func reportsAreOfTheSamplesAsTheyAre() throws {
    let data = Samples.regression(90, noise: 0.3, weighted: true)
    let (network, fit) = try Grower.network(Self.spec(), data)
    #expect(fit.report.decisions.contains { $0.contains("learns from what the 3 networks") })
    #expect(network.outputRanges[0] == Network.widened(data.targets.column(0)))
    let last = try #require(fit.stages.last as? Network)
    let outputs = last.outputs(for: data.features, workers: Samples.workers)
    let coverage = Self.spec().selection.coverage(for: .regression)
    let covered = coverage.covers(scores: outputs, targets: data.targets)
    let weights = try #require(data.weights)
    var (squares, right) = (0.0, 0.0)
    for i in 0..<90 {
      squares += weights[i] * (outputs[i, 0] - data.targets[i, 0]) * (outputs[i, 0] - data.targets[i, 0])
      if covered[i] { right += weights[i] }
    }
    let total = weights.reduce(0, +)
    let round = try #require(fit.report.rounds.last)
    #expect(isClose(round.trainError, (squares / total).squareRoot(), 1e-9))
    #expect(isClose(round.coverage, right / total, 1e-12))
    let first = try #require(fit.firstCoverage)
    let listed = first.readout + first.units.flatMap { $0 }
    #expect(Set(listed).count == listed.count && listed.allSatisfy((0..<90).contains))
  }

  @Test func theSameBytesOnAnyNumberOfThreads() throws {
    let data = Samples.regression(90, outputs: 2, noise: 0.3)
    let networks = try [1, 2, 5].map { try Grower.network(Self.spec(), data, threads: $0).network.bytes }
    #expect(networks[0] == networks[1] && networks[0] == networks[2])
  }

  /// A network that was taught something else is not gone on with.
  @Test(arguments: [0, 2, 3, 4])
  func goingOnIsNotHavingStopped(units: Int) throws {
    let data = Samples.regression(90, noise: 0.3)
    func fit(_ units: Int, from state: GrowthState? = nil) throws -> Fit {
      var spec = Self.spec()
      spec.refinement.every = 3
      spec.stopping.maximumUnits = units
      return try Grower(spec: spec, continuing: state).fit(
        data, validation: nil, in: FitContext(random: Self.random, workers: Samples.workers))
    }
    let whole = try fit(6)
    let state = try #require(try fit(units).state as? GrowthState)
    let gone = try fit(6, from: state)
    let networks = try [whole, gone].map { try #require($0.predictor as? Network) }
    #expect(networks[0] == networks[1])
    #expect(whole.report.rounds.map(\.kept) == gone.report.rounds.map(\.kept))
    #expect(whole.firstCoverage == gone.firstCoverage)
  }
}
