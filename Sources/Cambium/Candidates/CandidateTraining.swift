internal import CambiumCore

/// Step 3 and 4 of the strategy: a pool is trained against the residual, and loses connections on the way.
struct CandidateTraining {
  let spec: CandidateTrainingSpec
  let pruning: PruningSpec

  /// Trains `pool` and returns it with every candidate at the best parameters it had since its last cut.
  func train(_ pool: CandidatePool, on objective: TrainingObjective) -> CandidatePool {
    var pool = pool
    var optimizer = ResilientPropagation(count: pool.parameters.count)
    var best = BestCandidates(pool)
    var fluctuation = Fluctuation(count: pool.parameters.count)
    let cuts = Set(pruning.schedule.map { Int($0 * Double(spec.epochs)) })
    for epoch in 0..<spec.epochs {
      if epoch > 0, cuts.contains(epoch) {
        pruning.prune(&pool, fluctuation)
        fluctuation = Fluctuation(count: pool.parameters.count)
        best = BestCandidates(pool)
      }
      let (objectives, gradient) = objective.evaluate(pool)
      best.update(pool, objectives)
      // The optimiser goes downhill; the objective is to rise.
      optimizer.step(&pool.parameters, gradient: gradient.map { -$0 })
      fluctuation.observe(pool.parameters)
    }
    best.update(pool, objective.objectives(pool))
    pool.parameters = best.parameters
    return pool
  }
}

/// The best parameters that each candidate has had.
private struct BestCandidates {
  private(set) var parameters: [Double]
  private var objectives: [Double]

  init(_ pool: CandidatePool) {
    parameters = pool.parameters
    objectives = [Double](repeating: -1, count: pool.count)
  }

  mutating func update(_ pool: CandidatePool, _ current: [Double]) {
    for candidate in 0..<pool.count where current[candidate] > objectives[candidate] {
      objectives[candidate] = current[candidate]
      for range in pool.parameterRanges(of: candidate) {
        parameters.replaceSubrange(range, with: pool.parameters[range])
      }
    }
  }
}
