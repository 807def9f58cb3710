import CambiumCore
import Testing

@testable import Cambium

@Suite struct RefinementTests {
  /// A network grown without tuning.
  private static func grown(_ data: Dataset, units: Int = 5) -> GrowingNetwork {
    var spec = Samples.quickSpec(units: units, holdOut: false)
    spec.refinement.every = 0
    return GrowthLoop(
      spec: spec, topology: .cascade, data: data, heldOut: nil, largestSize: units,
      ridge: spec.readout.ridge, leastSizeAtFullCoverage: nil,
      context: FitContext(random: RandomStream(seed: 9))
    ).run().last
  }

  private static func loss(_ network: GrowingNetwork) -> Double {
    network.meanLoss(scores: network.scores, of: network.data)
  }

  private static func refinement(_ steps: Int = 12, largest: Int = 1200) -> Refinement {
    var spec = RefinementSpec()
    spec.steps = steps
    spec.largestWeightCount = largest
    return Refinement(spec: spec, workers: Samples.workers)
  }

  @Test(arguments: [1, 2], [false, true])
  func tuningNeverRaisesTheLossOfNoiselessData(outputs: Int, weighted: Bool) {
    var network = Self.grown(Samples.regression(90, outputs: outputs, weighted: weighted))
    var evidence: Evidence?
    for _ in 0..<5 {
      let before = Self.loss(network)
      _ = Self.refinement(4).tune(&network, evidence: &evidence, random: RandomStream(seed: 1))
      #expect(Self.loss(network) <= before)
    }
    #expect(network.readout.values.areFinite)
  }

  @Test(arguments: [0, 2, 3])
  func scoresAfterItAreThoseOfTheNetworkItMakes(kind: Int) {
    let data = kind == 0 ? Samples.regression(90, outputs: 2, noise: 0.2) : Samples.classes(90, kind)
    var network = Self.grown(data)
    var evidence: Evidence?
    let passes = Self.refinement().tune(&network, evidence: &evidence, random: RandomStream(seed: 1))
    #expect(passes > 0 && evidence != nil)
    let outputs = network.network.outputs(for: data.features, workers: Samples.workers)
    let wanted = network.loss.outputs(ofScores: network.scores.clipped(to: network.outputRanges))
    #expect(isClose(outputs.values, wanted.values, 1e-10))
    #expect(outputs.values.areFinite)
    for i in 0..<90 {
      #expect(isClose(outputs.row(i), network.network.naiveOutputs(data.features.row(i)), 1e-8))
    }
  }

  @Test(arguments: [2, 3])
  func tuningClassesLowersTheirPenalisedLoss(classes: Int) {
    var network = Self.grown(Samples.classes(90, classes))
    let before = Self.loss(network)
    var evidence: Evidence?
    _ = Self.refinement(1).tune(&network, evidence: &evidence, random: RandomStream(seed: 1))
    // The first decay is a hundredth for each weight.
    let squares = network.readout.values.reduce(0) { $0 + $1 * $1 }
    #expect(Self.loss(network) <= before + 0.005 * squares)
  }

  @Test func networksTooLargeToTuneAreLeftAsTheyWere() {
    let before = Self.grown(Samples.regression(60))
    var after = before
    var evidence: Evidence?
    #expect(Self.refinement(largest: 5).tune(&after, evidence: &evidence, random: RandomStream(seed: 1)) == 0)
    #expect(after.network == before.network && evidence == nil)
  }

  @Test func ofManySamplesSomeAreTunedOnAndAllAreFitted() {
    let data = Samples.regression(900, noise: 0.1)
    var network = Self.grown(data)
    let before = Self.loss(network)
    var spec = RefinementSpec()
    spec.sampleLimit = 300
    var evidence: Evidence?
    _ = Refinement(spec: spec, workers: Samples.workers)
      .tune(&network, evidence: &evidence, random: RandomStream(seed: 1))
    #expect(Self.loss(network) < before)
    #expect(network.design.rowCount == 900 && network.scores.rows == 900)
    let refitted = network.equations.leastSquares(penalties: network.penalties).readout
    #expect(isClose(refitted.values, network.readout.values, 1e-9))
  }

  @Test func aSampleFollowsTheWeightsWithinItsBounds() {
    let spec = RefinementSpec()
    #expect([1, 409, 410, 1000, 1_000_000].map(spec.sampleCount) == [4096, 4096, 4100, 10_000, 16_384])
  }

  @Test func decaysAndNoiseArePositive() throws {
    let noise = 0.3
    var network = Self.grown(Samples.regression(400, noise: noise))
    var found: Evidence?
    _ = Self.refinement(40).tune(&network, evidence: &found, random: RandomStream(seed: 1))
    let evidence = try #require(found)
    for (group, decay) in evidence.decays where group != .bias { #expect(decay > 0 && decay.isFinite) }
    #expect(evidence.decays[.bias] == 0)
    // The noise is known: β is one over its variance, give or take what a few hundred samples tell.
    #expect((0.5...2).contains(evidence.noisePrecision * noise * noise))
  }
}
