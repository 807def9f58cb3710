import CambiumCore
import Testing

@testable import Cambium

@Suite struct LeavingTests {
  private static let samples = TrainingSamples(rows: 700)

  private static func pool() -> CandidatePool { samples.pool() }

  private static func objective(threads: Int = 1) -> TrainingObjective {
    samples.objective(in: .float32, threads: threads)
  }

  private static func train(_ change: (inout LeavingSpec) -> Void, threads: Int = 1) -> CandidatePool {
    var spec = CandidateTrainingSpec()
    spec.leaving.schedule = [0.25, 0.6]
    spec.leaving.least = 4
    change(&spec.leaving)
    return CandidateTraining(spec: spec, pruning: PruningSpec())
      .train(pool(), on: objective(threads: threads))
  }

  @Test func whoStaysTrainsAsIfNoneHadLeft() {
    let all = Self.train { $0.schedule = [] }
    let halved = Self.train { _ in }
    let same = (0..<all.count).filter { all.connections(of: $0) == halved.connections(of: $0) }
    // 33, then 17, then 9: those at least.
    #expect(same.count >= 9 && same.count < all.count)
    let objectives = Self.objective().objectives(halved)
    let unlike = (0..<all.count).filter { !same.contains($0) }
    #expect((unlike.map { objectives[$0] }.max() ?? 0) <= (same.map { objectives[$0] }.max() ?? 0))
  }

  @Test func whoLeavesIsNoWorseThanItStarted() {
    let before = Self.objective().objectives(Self.pool())
    let after = Self.objective().objectives(Self.train { $0.least = 1 })
    for candidate in before.indices { #expect(after[candidate] >= before[candidate] - 1e-5) }
  }

  @Test func threadsChangeNoBit() {
    let (one, four) = (Self.train({ _ in }), Self.train({ _ in }, threads: 4))
    #expect(one.parameters == four.parameters && one.mask == four.mask)
  }

  @Test func theBestStayAndAtLeastAsManyAsAreAsked() {
    var spec = LeavingSpec()
    spec.least = 2
    #expect(spec.staying([0.1, 0.5, 0.3, 0.5, 0]) == [1, 2, 3])
    spec.share = 0
    #expect(spec.staying([0.1, 0.5, 0.3, 0.5, 0]) == [1, 3])
    spec.least = 9
    #expect(spec.staying([0.1, 0.5]) == [0, 1])
  }

  @Test func aPoolOfSomeCandidatesAnswersAsTheyDoAmongAll() {
    var pool = Self.pool()
    pool.prune(pool.prunableRanges(of: 30)[0].lowerBound)
    let some = [0, 3, 4, 17, 30, 32]
    let sources = Array(0..<5)
    let selected = pool.selecting(some, sources: sources)
    for (place, candidate) in some.enumerated() {
      #expect(selected.activation(of: place) == pool.activation(of: candidate))
      #expect(selected.connections(of: place) == pool.connections(of: candidate))
    }
    let all = Self.objective().evaluate(pool)
    let few = Self.objective().evaluate(selected)
    #expect(few.objectives == some.map { all.objectives[$0] })
    #expect(few.gradient == pool.parameterIndices(of: some, sources: sources).map { all.gradient[$0] })
    var changed = selected
    for k in changed.parameters.indices { changed.parameters[k] += 1 }
    pool.replace(some, sources: sources, with: changed)
    #expect(pool.selecting(some, sources: sources).parameters == changed.parameters)
  }

  /// Weights of 0 add nothing, so to drop their sources changes no bit.
  @Test func sourcesThatNoCandidateReadsCanBeDropped() {
    var pool = Self.pool()
    for candidate in 0..<pool.count {
      for range in pool.prunableRanges(of: candidate) {
        for source in [1, 3] { pool.prune(range.lowerBound + source - 1) }
      }
    }
    #expect(pool.livingSources == [0, 2, 4])
    let objective = Self.objective()
    _ = objective.evaluate(pool)
    let all = Array(0..<pool.count)
    let fewer = pool.selecting(all, sources: pool.livingSources)
    let compact = objective.selecting(all, sources: pool.livingSources)
    for _ in 0..<2 {
      let (whole, part) = (objective.evaluate(pool), compact.evaluate(fewer))
      #expect(part.objectives == whole.objectives)
      let indices = pool.parameterIndices(of: all, sources: [0, 2, 4])
      #expect(part.gradient == indices.map { whole.gradient[$0] })
    }
    let before = pool
    pool.replace(all, sources: [0, 2, 4], with: fewer)
    #expect(pool.parameters == before.parameters && pool.mask == before.mask)
  }
}
