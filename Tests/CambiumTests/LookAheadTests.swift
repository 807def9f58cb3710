import CambiumCore
import Testing

@testable import Cambium

/// A choice that looks at the round after it.
@Suite struct LookAheadTests {
  private static func spec(_ rule: SelectionRule) -> GrowthSpec {
    var spec = Samples.quickSpec(units: 3, holdOut: false)
    spec.selection.rule = rule
    spec.selection.lookAhead = 2
    spec.refinement.every = 0
    return spec
  }

  @Test(arguments: SelectionRule.allCases, [false, true])
  func everyRuleLooksAhead(rule: SelectionRule, isRegression: Bool) throws {
    let data = isRegression ? Samples.regression(150, noise: 0.2) : Samples.classes(150, 3)
    let (network, fit) = try Grower.network(Self.spec(rule), data)
    #expect(network.units.count == 3)
    #expect(try Grower.network(Self.spec(rule), data, threads: 3).network == network)
    var greedy = Self.spec(rule)
    greedy.selection.lookAhead = 1
    #expect(try Grower.network(greedy, data).fit.report.epochs < fit.report.epochs)
  }

  /// It is one of the best, and the loss after the next round is the least of them.
  @Test func theChosenIsTheBestAfterTheRoundThatFollows() throws {
    let data = Samples.regression(120, noise: 0.1)
    var spec = Self.spec(.errorReduction)
    spec.selection.lookAheadBreadth = 4
    let loop = GrowthLoop(
      spec: spec, topology: .cascade, data: data, heldOut: nil, largestSize: 3, ridge: 1e-6,
      leastSizeAtFullCoverage: nil, context: FitContext(random: RandomStream(seed: 9)))
    let network = GrowingNetwork(data: data, heldOut: nil, ridge: 1e-6, workers: Samples.workers)
    let random = RandomStream(seed: 5)
    let pool = loop.pool(over: network, round: 0, random: random.child("pool"))
    let (trained, objectives) = loop.train(
      pool, against: network, setAside: [], random: random.child("samples"))
    let chosen = loop.selectedLookingAhead(
      from: trained, objectives: objectives, over: network, round: 0, setAside: [], random: random)
    let best = network.ranked(
      4, from: trained, objectives: objectives, by: spec.selection, setAside: [],
      random: random.child("jury"))
    #expect(chosen.count == 1 && best.count == 4)
    // The round that follows, grown by the loop's own parts.
    let next = random.child("next")
    let losses = best.map { candidate -> Double in
      var grown = network
      grown.install(candidate.unit)
      grown.refitReadout()
      let pool = loop.pool(over: grown, round: 1, random: next.child("pool"))
      let (trained, objectives) = loop.train(
        pool, against: grown, setAside: [], random: next.child("samples"))
      for second in grown.selected(
        from: trained, objectives: objectives, by: spec.selection, random: next.child("jury"))
      {
        grown.install(second.unit)
        grown.refitReadout()
      }
      return grown.meanLoss(scores: grown.scores, of: data)
    }
    let least = losses.indices.reduce(0) { losses[$1] < losses[$0] ? $1 : $0 }
    #expect(chosen[0].unit == best[least].unit)
  }

  /// Samples that are set aside are never trained on: what they hold changes no candidate.
  @Test func samplesSetAsideAreNotTrainedOn() {
    let data = Samples.regression(120, noise: 0.1)
    let spec = Self.spec(.validation)
    func trained(_ data: Dataset) -> [Double] {
      let loop = GrowthLoop(
        spec: spec, topology: .cascade, data: data, heldOut: nil, largestSize: 3, ridge: 1e-6,
        leastSizeAtFullCoverage: nil, context: FitContext(random: RandomStream(seed: 9)))
      let plain = GrowingNetwork(data: Self.half(data), heldOut: nil, ridge: 1e-6, workers: Samples.workers)
      // The same residual for the samples that are learned, whatever the others hold.
      let pool = loop.pool(over: plain, round: 0, random: RandomStream(seed: 2))
      return loop.train(
        pool, against: GrowingNetwork(data: data, heldOut: nil, ridge: 1e12, workers: Samples.workers),
        setAside: Array(60..<120), random: RandomStream(seed: 3)
      ).pool.mask
    }
    var targets = data.targets
    // Pairs of changes that leave the mean, which is all that the readout of so large a ridge can say.
    for i in stride(from: 60, to: 120, by: 2) {
      targets[i, 0] += 5
      targets[i + 1, 0] -= 5
    }
    let other = Dataset(features: data.features, targets: targets, task: .regression)
    #expect(trained(data) == trained(other))
  }

  private static func half(_ data: Dataset) -> Dataset { data.selecting(Array(0..<60)) }
}
