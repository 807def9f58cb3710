import CambiumCore
import Foundation
import Testing

@testable import Cambium

/// A plan follows what a growth does: it counts as the growth counts, and its parts add up.
@Suite struct GrowthPlanTests {
  private func plan(
    _ rows: Int, _ inputs: Int, processes: Int = 1, _ change: (inout GrowthSpec) -> Void = { _ in }
  ) -> GrowthPlan {
    var spec = GrowthSpec()
    spec.stopping.maximumUnits = 10
    change(&spec)
    return GrowthPlan(
      of: spec, shape: GrowthShape(rows: rows, inputs: inputs), costs: .builtIn, processes: processes)
  }

  @Test func moreOfAnythingTakesLonger() {
    let seconds = plan(100_000, 20).growthSeconds
    #expect(seconds > 0)
    #expect(plan(200_000, 20).growthSeconds > seconds)
    #expect(plan(100_000, 40).growthSeconds > seconds)
    #expect(plan(100_000, 20) { $0.stopping.maximumUnits = 20 }.growthSeconds > seconds)
    #expect(plan(100_000, 20) { $0.restarts = 4 }.growthSeconds > seconds)
    #expect(plan(100_000, 20) { $0.training.epochs = 80 }.growthSeconds > seconds)
    #expect(plan(100_000, 20) { $0.stopping.validationFraction = 0 }.growthSeconds < seconds)
  }

  @Test func ofManyRowsTwiceAsManyTakeTwiceAsLong() {
    let ratio = plan(2_000_000_000, 20).growthSeconds / plan(1_000_000_000, 20).growthSeconds
    #expect(abs(ratio - 2) < 0.01)
  }

  @Test func processesShareWhatGrowsWithTheRows() {
    let (alone, shared) = (plan(1_000_000_000, 20), plan(1_000_000_000, 20, processes: 100))
    #expect(alone.exchanged == 0 && shared.exchanged > 0)
    #expect(shared.growthSeconds < 0.1 * alone.growthSeconds)
    #expect(shared.memory < alone.memory)
    let kinds = shared.kinds.reduce(0) { $0 + $1.seconds }
    #expect(abs(kinds - shared.growthSeconds) < 1e-9 * kinds)
  }

  /// A round's products are those of its candidates, sources, samples and epochs; tuning comes every so many units.
  @Test func workIsCountedAsItIsDone() {
    var spec = GrowthSpec()
    spec.activations = [.tanh, .sin]
    spec.restarts = 3
    spec.refinement.every = 4
    let loop = PlannedLoop(
      spec: spec, shape: GrowthShape(rows: 1000, inputs: 7), isEncoded: false, keepsUnits: true,
      topology: .cascade, units: 10, isHeldOut: false, keptShares: [0.5])
    let round = loop.round(after: 5)
    #expect(round[.training] == 40 * 1000 * 13 * 6)
    #expect(round[.ranking] == 1000 * 13 * 6)
    #expect(round[.tuning] == 0 && round[.looking] == 0 && round[.reading] == 0 && round[.computing] == 0)
    let tuned = (0..<10).filter { loop.round(after: $0)[.tuning] > 0 }
    #expect(tuned == [3, 7, 9])
    #expect(loop.weights(ofUnits: 2) == 0.5 * (8 + 9) + 10)
  }

  /// What is measured explains what it was measured on, and comes back from a file as it was.
  @Test func costsAreMeasuredAndKept() throws {
    let costs = try GrowthCosts.measured(threads: 1)
    #expect(costs.residual < 1 && costs.onOne.values.allSatisfy { $0 >= 0 && $0.isFinite })
    #expect(costs.onOne["training"] ?? 0 > 0)
    let kept = try JSONDecoder().decode(GrowthCosts.self, from: JSONEncoder().encode(costs))
    #expect(kept.onOne == costs.onOne && kept.keptShares == costs.keptShares)
  }
}
