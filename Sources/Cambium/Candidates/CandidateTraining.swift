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

  /// Trains `pool` and returns it with every candidate at the best parameters it had since its last cut; `recorder` hears of
  /// each epoch.
  package func train(
    _ pool: CandidatePool, on objective: TrainingObjective, recorder: WeightRecorder? = nil
  ) -> CandidatePool {
    let pool = PoolEvolution(spec: spec.evolution, random: random.child("evolution"))
      .evolved(pool, on: objective)
    var run = PoolRun(
      pool, on: objective, ascent: spec.ascent(of: pool, random: random), regularisation: spec.regularisation)
    // Sources in nobody's receptive field.
    run.keep(Array(0..<pool.count))
    let leaves = epochs(of: spec.leaving.schedule)
    let cuts = epochs(of: pruning.schedule)
    for epoch in 0..<spec.epochs {
      if epoch > 0, leaves.contains(epoch) { run.keep(spec.leaving.staying(run.best.objectives)) }
      if epoch > 0, cuts.contains(epoch) {
        run.prune(by: pruning, random: random.child("pruning", epoch))
      }
      run.step()
      recorder.map(run.tell)
    }
    return run.ended()
  }

  private func epochs(of schedule: [Double]) -> Set<Int> {
    Set(schedule.map { Int($0 * Double(spec.epochs)) })
  }
}

/// A pool in training, which shrinks: candidates leave, and with them go the sources that none is connected to any more.
private struct PoolRun {
  /// All candidates there were, those that left as they left.
  private var whole: CandidatePool
  /// Where those in training, and the sources that they read, stand among all.
  private var places: [Int]
  private var sources: [Int]
  private var pool: CandidatePool
  private var objective: TrainingObjective
  private var ascent: any PoolAscent
  private let regularisation: RegularisationSpec
  private var fluctuation: Fluctuation
  private(set) var best: BestCandidates

  init(
    _ pool: CandidatePool, on objective: TrainingObjective, ascent: any PoolAscent,
    regularisation: RegularisationSpec
  ) {
    whole = pool
    places = Array(0..<pool.count)
    sources = Array(0..<pool.sourceCount)
    self.pool = pool
    self.objective = objective
    self.ascent = ascent
    self.regularisation = regularisation
    fluctuation = Fluctuation(count: pool.parameters.count)
    best = BestCandidates(pool)
  }

  mutating func step() {
    let (seen, objectives) = ascent.step(&pool, on: objective)
    best.update(seen, objectives)
    regularisation.limitNorms(of: &pool)
    fluctuation.observe(pool.parameters)
  }

  func tell(_ recorder: WeightRecorder) { recorder.note(pool, candidates: places, sources: sources) }

  mutating func prune(by pruning: PruningSpec, random: RandomStream) {
    let evidence =
      pruning.needsEvidence ? PruningEvidence(of: pool, on: objective, for: pruning, random: random) : nil
    pruning.prune(&pool, fluctuation, evidence)
    fluctuation = Fluctuation(count: pool.parameters.count)
    best = BestCandidates(pool)
    keep(Array(0..<pool.count))
  }

  /// Lets all candidates leave but these.
  mutating func keep(_ candidates: [Int]) {
    let isAll = candidates.count == pool.count
    if !isAll { putBack() }
    let living = (isAll ? pool : pool.selecting(candidates, sources: Array(sources.indices))).livingSources
    guard !isAll || living.count < pool.sourceCount else { return }
    let parameters = pool.parameterIndices(of: candidates, sources: living)
    pool = pool.selecting(candidates, sources: living)
    places = candidates.map { places[$0] }
    sources = living.map { sources[$0] }
    objective = objective.selecting(candidates, sources: living)
    ascent.keep(candidates, parameters: parameters)
    fluctuation.keep(parameters)
    best.keep(candidates, parameters: parameters)
  }

  /// All candidates, each at its best.
  mutating func ended() -> CandidatePool {
    best.update(pool, regularisation.penalised(objective.objectives(pool), of: pool))
    putBack()
    return whole
  }

  private mutating func putBack() {
    var atBest = pool
    atBest.parameters = best.parameters
    whole.replace(places, sources: sources, with: atBest)
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
        for index in range { parameters[index] = pool.parameters[index] }
      }
    }
  }

  mutating func keep(_ candidates: [Int], parameters kept: [Int]) {
    objectives = candidates.map { objectives[$0] }
    parameters = kept.map { parameters[$0] }
  }
}
