import CambiumCore
import Testing

@testable import Cambium

@Suite struct EvolutionTests {
  private static let samples = TrainingSamples(rows: 300)

  private static func pool() -> CandidatePool { samples.pool() }

  private static func objective(threads: Int = 1) -> TrainingObjective {
    samples.objective(in: .float64, threads: threads)
  }

  private static func evolved(
    seed: UInt64 = 1, threads: Int = 1, _ change: (inout EvolutionSpec) -> Void = { _ in }
  ) -> CandidatePool {
    var spec = EvolutionSpec()
    spec.generations = 30
    change(&spec)
    return PoolEvolution(spec: spec, random: RandomStream(seed: seed))
      .evolved(pool(), on: objective(threads: threads))
  }

  @Test func noCandidateFallsAndMostRise() {
    let before = Self.objective().objectives(Self.pool())
    let few = Self.objective().objectives(Self.evolved { $0.generations = 10 })
    let many = Self.objective().objectives(Self.evolved())
    for candidate in before.indices {
      #expect(few[candidate] >= before[candidate] && many[candidate] >= few[candidate])
    }
    #expect(before.indices.count { many[$0] > 1.2 * before[$0] } > before.count / 2)
  }

  @Test func aSeedIsAPoolWhateverTheThreads() {
    #expect(Self.evolved().parameters == Self.evolved(threads: 3).parameters)
    #expect(Self.evolved().parameters != Self.evolved(seed: 2).parameters)
  }

  @Test func fieldsStaySound() {
    let pool = Self.evolved { ($0.fields, $0.crossover, $0.functions) = (3, 1, 0.5) }
    for k in pool.parameters.indices where pool.mask[k] == 0 { #expect(pool.parameters[k] == 0) }
    var lost = 0
    for candidate in 0..<pool.count {
      #expect(pool.prunableRanges(of: candidate)[0].contains { pool.mask[$0] != 0 })
      lost += pool.prunedCount(of: candidate)
      guard pool.activation(of: candidate) == .radial else { continue }
      let ranges = pool.parameterRanges(of: candidate)
      #expect(
        Array(pool.mask[ranges[0]]) == Array(pool.mask[ranges[1]]) && pool.mask[ranges[0].lowerBound] == 0)
    }
    #expect(lost > 0 && pool.parameters.areFinite)
  }

  @Test func withoutChancesOnlyWeightsMove() {
    let pool = Self.evolved { ($0.fields, $0.crossover, $0.functions) = (0, 0, 0) }
    #expect(pool.mask == Self.pool().mask && pool.parameters != Self.pool().parameters)
    #expect(Self.evolved { $0.generations = 0 }.parameters == Self.pool().parameters)
  }

  @Test func whatEvolvedIsPolishedByTheGradient() {
    var spec = CandidateTrainingSpec()
    spec.evolution.generations = 10
    spec.leaving.schedule = []
    var pruning = PruningSpec()
    pruning.schedule = []
    let random = RandomStream(seed: 1)
    let trained = CandidateTraining(spec: spec, pruning: pruning, random: random)
      .train(Self.pool(), on: Self.objective())
    let evolved = PoolEvolution(spec: spec.evolution, random: random.child("evolution"))
      .evolved(Self.pool(), on: Self.objective())
    let (before, after) = (Self.objective().objectives(evolved), Self.objective().objectives(trained))
    for candidate in before.indices { #expect(after[candidate] >= before[candidate]) }
    #expect(after.reduce(0, +) > before.reduce(0, +))
  }
}
