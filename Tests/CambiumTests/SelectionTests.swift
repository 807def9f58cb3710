import CambiumCore
import Foundation
import Testing

@testable import Cambium

/// The choice against refits of every candidate.
@Suite struct SelectionTests {
  private static let rules: [SelectionRule] = [.coverage, .hardCoverage, .errorReduction]

  private static func network(_ data: Dataset) -> GrowingNetwork {
    GrowingNetwork(data: data, heldOut: nil, ridge: 1e-6, workers: Samples.workers)
  }

  private static func pool(_ network: GrowingNetwork) -> CandidatePool {
    CandidatePool(
      activations: Activation.allCases, restarts: 2, sourceCount: network.design.columnCount,
      design: network.design, random: RandomStream(seed: 17))
  }

  private static func objectives(_ pool: CandidatePool, _ network: GrowingNetwork) -> [Double] {
    PoolRanking(
      design: network.design, residual: network.residual, weights: network.data.weights,
      workers: Samples.workers
    ).objectives(pool)
  }

  private static func spec(_ rule: SelectionRule, keep: Int = 1, shortlist: Int = 100) -> SelectionSpec {
    var spec = SelectionSpec()
    spec.rule = rule
    spec.keep = keep
    spec.shortlist = shortlist
    spec.tolerance = 0.3
    return spec
  }

  /// How good the network is with a column more, fitted anew.
  private static func naiveScore(_ column: [Double], _ network: GrowingNetwork, _ rule: SelectionRule)
    -> Double
  {
    let data = network.data
    let columns = network.design.plainColumns + [column]
    let penalties = network.penalties + [network.decay.units]
    let readout = naiveLeastSquares(columns, data.targets, data.weights, penalties)
    let before = network.residual
    let meanSquare = before.values.reduce(0) { $0 + $1 * $1 } / Double(before.values.count)
    var (squares, soft, hard) = (0.0, 0.0, 0.0)
    for i in 0..<data.sampleCount {
      let v = data.weights?[i] ?? 1
      let scores = naiveScores(columns.map { $0[i] }, readout)
      let errors = scores.indices.map { scores[$0] - data.targets[i, $0] }
      let square = errors.reduce(0) { $0 + $1 * $1 }
      squares += v * square
      soft += v * max(0, 1 - square / (9 * meanSquare * Double(errors.count)))
      if errors.allSatisfy({ abs($0) <= 0.3 }) { hard += v }
    }
    switch rule {
    case .coverage: return soft
    case .hardCoverage: return hard
    case .errorReduction: return -squares
    }
  }

  @Test(arguments: rules, [false, true])
  func theChosenCandidateIsTheBestOfAllRefits(rule: SelectionRule, weighted: Bool) throws {
    let network = Self.network(Samples.regression(90, outputs: 2, noise: 0.2, weighted: weighted))
    let pool = Self.pool(network)
    let objectives = Self.objectives(pool, network)
    let all = network.selected(
      from: pool, objectives: objectives, by: Self.spec(rule, keep: 100), random: RandomStream(seed: 1))
    #expect(all.count > 15)
    let best = try #require(all.map { Self.naiveScore($0.column, network, rule) }.max())
    let chosen = network.selected(
      from: pool, objectives: objectives, by: Self.spec(rule), random: RandomStream(seed: 1))
    #expect(chosen.count == 1)
    let score = Self.naiveScore(chosen[0].column, network, rule)
    #expect(isClose(score, best, 1e-8), "\(score), not \(best)")
  }

  @Test(arguments: rules, [2, 3])
  func theChosenClassifierIsTheBestOfAllRefits(rule: SelectionRule, classes: Int) {
    let network = Self.network(Samples.classes(90, classes))
    let pool = Self.pool(network)
    let objectives = Self.objectives(pool, network)
    func score(_ candidate: Candidate) -> Double {
      var grown = network
      grown.install(candidate.unit, column: candidate.column)
      grown.refitReadout()
      let targets = network.data.targets
      switch rule {
      case .errorReduction: return -grown.meanLoss(scores: grown.scores, of: network.data)
      case .coverage:
        let outputs = grown.loss.outputs(ofScores: grown.scores)
        return Coverage.expectedCount(probabilities: outputs, targets: targets, weights: nil) / 90
      case .hardCoverage:
        return Coverage(task: network.data.task, tolerance: 0)
          .share(scores: grown.scores, targets: targets, weights: nil)
      }
    }
    let all = network.selected(
      from: pool, objectives: objectives, by: Self.spec(rule, keep: 100), random: RandomStream(seed: 1)
    ).map(score)
    let chosen = network.selected(
      from: pool, objectives: objectives, by: Self.spec(rule), random: RandomStream(seed: 1)
    ).map(score)
    // A trial refit takes fewer steps than the last one: near ties may fall either way, by a sample of 90.
    #expect(chosen.count == 1)
    #expect(chosen[0] >= (all.max() ?? .infinity) - 0.012)
  }

  @Test(arguments: rules)
  func constantAndBoundlessCandidatesAreNeverChosen(rule: SelectionRule) {
    for data in [Samples.regression(60), Samples.classes(60, 3)] {
      let network = Self.network(data)
      var pool = Self.pool(network)
      for candidate in 0..<pool.count {
        for range in pool.parameterRanges(of: candidate) {
          for k in range { pool.parameters[k] = pool.activation(of: candidate) == .cube ? 1e200 : 0 }
        }
      }
      // Though their objectives say that they are good.
      let praise = [Double](repeating: 1, count: pool.count)
      #expect(
        network.selected(from: pool, objectives: praise, by: Self.spec(rule), random: RandomStream(seed: 1))
          .isEmpty)
      #expect(
        network.selected(
          from: pool, objectives: praise, by: Self.spec(rule, keep: 5), random: RandomStream(seed: 1)
        ).isEmpty)
    }
  }

  @Test func candidatesWithoutObjectiveAreNeverChosen() {
    let network = Self.network(Samples.regression(60))
    let pool = Self.pool(network)
    let none = [Double](repeating: 0, count: pool.count)
    #expect(
      network.selected(from: pool, objectives: none, by: Self.spec(.coverage), random: RandomStream(seed: 1))
        .isEmpty)
  }

  @Test func theColumnIsThatOfTheUnitAndStandardised() {
    let data = Samples.regression(90, weighted: true)
    let network = Self.network(data)
    let pool = Self.pool(network)
    let spec = Self.spec(.coverage, keep: 100)
    for candidate in network.selected(
      from: pool, objectives: Self.objectives(pool, network), by: spec, random: RandomStream(seed: 1))
    {
      let column = candidate.unit.column(over: network.design, workers: Samples.workers)
      #expect(isClose(column, candidate.column, 1e-9))
      let weights = data.weights ?? []
      let total = weights.reduce(0, +)
      let mean = zip(weights, column).reduce(0) { $0 + $1.0 * $1.1 } / total
      let variance = zip(weights, column).reduce(0) { $0 + $1.0 * $1.1 * $1.1 } / total
      #expect(abs(mean) < 1e-9 && isClose(variance, 1, 1e-9))
    }
  }

  @Test func keepSaysHowManyStay() {
    let network = Self.network(Samples.regression(60))
    let pool = Self.pool(network)
    let objectives = Self.objectives(pool, network)
    for keep in [1, 2, 5] {
      let chosen = network.selected(
        from: pool, objectives: objectives, by: Self.spec(.coverage, keep: keep, shortlist: 8),
        random: RandomStream(seed: 1))
      #expect(chosen.count == keep)
    }
  }

  @Test(arguments: [1, 3])
  func ofManySamplesSomeAreJudgedAndAllAreInstalled(classes: Int) throws {
    let data = classes == 1 ? Samples.regression(900, noise: 0.2) : Samples.classes(900, classes)
    let network = Self.network(data)
    let pool = Self.pool(network)
    let objectives = Self.objectives(pool, network)
    var spec = Self.spec(.coverage, keep: 2)
    spec.sampleLimit = 200
    let chosen = network.selected(
      from: pool, objectives: objectives, by: spec, random: RandomStream(seed: 1))
    #expect(chosen.count == 2)
    for candidate in chosen {
      #expect(candidate.column.count == 900)
      #expect(
        isClose(candidate.unit.column(over: network.design, workers: Samples.workers), candidate.column, 1e-9)
      )
    }
    let again = network.selected(from: pool, objectives: objectives, by: spec, random: RandomStream(seed: 1))
    #expect(again.map(\.unit) == chosen.map(\.unit))
  }

  @Test func aSampleOfANetworkIsThatNetworkOnSomeOfItsSamples() {
    var network = Self.network(Samples.regression(300, outputs: 2, weighted: true))
    let pool = Self.pool(network)
    for candidate in network.selected(
      from: pool, objectives: Self.objectives(pool, network), by: Self.spec(.coverage),
      random: RandomStream(seed: 1))
    {
      network.install(candidate.unit, column: candidate.column)
    }
    network.refitReadout()
    let sampled = network.sampled(100, random: RandomStream(seed: 2))
    #expect(sampled.data.sampleCount == 100 && sampled.design.rowCount == 100)
    #expect(sampled.network.units == network.network.units && sampled.readout == network.readout)
    let scores = sampled.design.product(with: network.readout, workers: Samples.workers)
    #expect(isClose(scores.values, sampled.scores.values, 1e-10))
  }
}
