import CambiumCore
import Testing

@testable import Cambium

/// Units that bring too little are taken out, and tuning is kept where it helps.
@Suite struct UnitDeletionTests {
  private static func grown(_ data: Dataset, heldOut: Dataset? = nil, _ topology: Topology) -> GrowthPath {
    var spec = Samples.quickSpec(units: 7)
    spec.refinement.every = 0
    spec.stopping.patience = 100
    return GrowthLoop(
      spec: spec, topology: topology, data: data, heldOut: heldOut, largestSize: 7, ridge: 1e-6,
      leastSizeAtFullCoverage: nil, context: FitContext(random: RandomStream(seed: 9))
    ).run()
  }

  @Test(arguments: GrowerTests.Kind.allCases, [Topology.cascade, .flat])
  func aUnitThatNoOtherReadsCanGo(kind: GrowerTests.Kind, topology: Topology) {
    let data = kind.data(100)
    let network = Self.grown(data, topology).last
    let first = 1 + data.featureCount
    let read = Set(network.units.flatMap { $0.connections.map { $0.source - first } })
    for index in network.units.indices where !read.contains(index) {
      let smaller = network.removing(index)
      #expect(smaller.unitCount == 6)
      // Φ is that of the units that stay, as prediction computes it.
      for (place, unit) in smaller.units.enumerated() {
        let column = unit.column(over: smaller.design, workers: Samples.workers)
        #expect(isClose(smaller.design.column(first + place), column, 1e-9))
      }
    }
  }

  @Test(arguments: GrowerTests.Kind.allCases, [Topology.cascade, .flat])
  func whatGoesCostsLessThanTheShare(kind: GrowerTests.Kind, topology: Topology) {
    let data = kind.data(100)
    for heldOut in [nil, kind.data(60, label: "others")] {
      let network = Self.grown(data, heldOut: heldOut, topology).last
      func judgement(_ network: GrowingNetwork) -> Double {
        network.heldOutLoss() ?? network.informationCriterion
      }
      let plain = GrowingNetwork(data: data, heldOut: heldOut, ridge: 1e-6, workers: Samples.workers)
      let gain = max(0, judgement(plain) - judgement(network))
      var sizes: [Int] = []
      for share in [0, 0.05, 0.5] {
        let (smaller, kept) = network.removingUnits(share: share)
        #expect(smaller.unitCount == kept.count && kept == kept.sorted())
        if kept.count < 7 { #expect(judgement(smaller) < judgement(network) + share * gain + 1e-9) }
        sizes.append(kept.count)
      }
      #expect(sizes == sizes.sorted(by: >))
    }
  }

  @Test(arguments: GrowerTests.Kind.allCases, [0, 1, 2])
  func aFitSaysHowManyWent(kind: GrowerTests.Kind, flow: Int) throws {
    let data = kind.data(120)
    var spec = Samples.quickSpec(units: 6, holdOut: flow > 0)
    spec.stopping.regrow = flow == 1
    spec.pruning.units = 0.9
    let (network, fit) = try Grower.network(spec, data)
    let grown = fit.report.rounds.reduce(0) { $0 + $1.kept.count }
    #expect(network.units.count <= grown)
    let removed = grown - network.units.count
    #expect(fit.report.decisions.contains { $0.hasPrefix("\(removed) of \(grown) units") } == (removed > 0))
    #expect(fit.firstCoverage?.units.map { $0.count } == network.units.map(\.coveredFirst))
    if flow == 2, let heldOut = fit.heldOut {
      let outputs = network.outputs(for: heldOut.data.features, workers: Samples.workers)
      #expect(outputs == heldOut.outputs)
    }
    let again = try Grower.network(spec, data, threads: 3).network
    #expect(try again.bytes == network.bytes)
  }

  @Test func tuningThatHelpsNotIsNotKept() throws {
    let data = Samples.regression(60, noise: 1)
    let others = Samples.regression(200, noise: 1, label: "others")
    var spec = RefinementSpec()
    spec.keeping = .heldOut
    for steps in [1, 3, 30] {
      spec.steps = steps
      var network = Self.grown(data, heldOut: others, .cascade).last
      let before = try #require(network.heldOutLoss())
      var evidence: Evidence?
      let refinement = Refinement(spec: spec, workers: Samples.workers)
      #expect(refinement.refine(&network, evidence: &evidence, random: RandomStream(seed: 1)) > 0)
      #expect(try #require(network.heldOutLoss()) <= before)
    }
  }

  @Test func withoutHeldOutSamplesATuningIsTriedOnAPart() {
    let data = Samples.regression(150)
    var spec = RefinementSpec()
    let grown = Self.grown(data, .flat).last
    var (always, tried) = (grown, grown)
    var evidence: Evidence?
    _ = Refinement(spec: spec, workers: Samples.workers)
      .refine(&always, evidence: &evidence, random: RandomStream(seed: 1))
    spec.keeping = .heldOut
    var other: Evidence?
    _ = Refinement(spec: spec, workers: Samples.workers)
      .refine(&tried, evidence: &other, random: RandomStream(seed: 1))
    // Without noise tuning helps, and then is the same.
    #expect(tried.network == always.network)
  }

  @Test func tuningAtTheEndIsOfTheNetworkThatStays() throws {
    let data = Samples.regression(150, noise: 0.05)
    for holdOut in [false, true] {
      var spec = Samples.quickSpec(units: 5, holdOut: holdOut)
      spec.refinement.every = 0
      let untuned = try Grower.network(spec, data)
      (spec.refinement.every, spec.refinement.time) = (1, .end)
      let tuned = try Grower.network(spec, data)
      #expect(tuned.network.units.map(\.activation) == untuned.network.units.map(\.activation))
      #expect(tuned.fit.report.epochs > untuned.fit.report.epochs)
      func error(_ network: Network) -> Double {
        let outputs = network.outputs(for: data.features, workers: Samples.workers)
        return zip(outputs.values, data.targets.values).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      }
      #expect(error(tuned.network) < error(untuned.network))
    }
  }
}
