package import CambiumCore

/// Step 3 and 4 of the strategy: a pool is trained against the residual, and loses connections on the way.
package struct CandidateTraining {
  private let spec: CandidateTrainingSpec
  private let pruning: PruningSpec
  private let random: RandomStream

  /// Training that draws what it draws from `random`.
  package init(
    spec: CandidateTrainingSpec, pruning: PruningSpec, random: RandomStream = RandomStream(seed: 0)
  ) {
    (self.spec, self.pruning, self.random) = (spec, pruning, random)
  }

  /// Trains `pool` and returns it with every candidate at the best parameters it had since its last cut.
  package func train(_ pool: CandidatePool, on objective: TrainingObjective) -> CandidatePool {
    var run = PoolRun(pool, ascent: spec.ascent(of: pool, random: random))
    let leaves = epochs(of: spec.leaving.schedule)
    let cuts = epochs(of: pruning.schedule)
    for epoch in 0..<spec.epochs {
      if epoch > 0, leaves.contains(epoch) { run.keep(spec.leaving.staying(run.best.objectives), objective) }
      if epoch > 0, cuts.contains(epoch) { run.prune(by: pruning) }
      run.step(on: objective)
    }
    return run.ended(objective)
  }

  private func epochs(of schedule: [Double]) -> Set<Int> {
    Set(schedule.map { Int($0 * Double(spec.epochs)) })
  }
}

/// A pool in training.
private struct PoolRun {
  /// All candidates there were, those that left as they left.
  private var whole: CandidatePool
  /// Where those in training stand among all.
  private var places: [Int]
  private var pool: CandidatePool
  private var ascent: any PoolAscent
  private var fluctuation: Fluctuation
  private(set) var best: BestCandidates

  init(_ pool: CandidatePool, ascent: any PoolAscent) {
    whole = pool
    places = Array(0..<pool.count)
    self.pool = pool
    self.ascent = ascent
    fluctuation = Fluctuation(count: pool.parameters.count)
    best = BestCandidates(pool)
  }

  mutating func step(on objective: TrainingObjective) {
    let (seen, objectives) = ascent.step(&pool, on: objective)
    best.update(seen, objectives)
    fluctuation.observe(pool.parameters)
  }

  mutating func prune(by pruning: PruningSpec) {
    pruning.prune(&pool, fluctuation)
    fluctuation = Fluctuation(count: pool.parameters.count)
    best = BestCandidates(pool)
  }

  /// Lets all candidates leave but these.
  mutating func keep(_ candidates: [Int], _ objective: TrainingObjective) {
    guard candidates.count < pool.count else { return }
    let parameters = pool.parameterIndices(of: candidates)
    putBack()
    places = candidates.map { places[$0] }
    pool = pool.selecting(candidates)
    ascent.keep(candidates, parameters: parameters)
    objective.keep(candidates)
    fluctuation.keep(parameters)
    best.keep(candidates, parameters: parameters)
  }

  /// All candidates, each at its best.
  mutating func ended(_ objective: TrainingObjective) -> CandidatePool {
    best.update(pool, objective.objectives(pool))
    putBack()
    return whole
  }

  private mutating func putBack() {
    var atBest = pool
    atBest.parameters = best.parameters
    whole.replace(places, with: atBest)
  }
}

/// The best parameters that each candidate has had.
private struct BestCandidates {
  private(set) var parameters: [Double]
  private(set) var objectives: [Double]

  init(_ pool: CandidatePool) {
    parameters = pool.parameters
    objectives = [Double](repeating: -.infinity, count: pool.count)
  }

  mutating func update(_ pool: CandidatePool, _ current: [Double]) {
    for candidate in 0..<pool.count where current[candidate] > objectives[candidate] {
      objectives[candidate] = current[candidate]
      for range in pool.parameterRanges(of: candidate) {
        parameters.replaceSubrange(range, with: pool.parameters[range])
      }
    }
  }

  mutating func keep(_ candidates: [Int], parameters kept: [Int]) {
    objectives = candidates.map { objectives[$0] }
    parameters = kept.map { parameters[$0] }
  }
}
