package import CambiumCore

/// ``PoolObjective`` in the precision that a spec asks for.
package enum TrainingObjective {
  case float32(PoolObjective<Float>)
  case float64(PoolObjective<Double>)

  /// The objective over the given rows of Φ's first columns, of the residual and of the samples' weights; over all rows
  /// where `rows` is nil.
  package init(
    in precision: TrainingPrecision, design: DesignMatrix, sourceCount: Int, residual: Matrix,
    weights: [Double]?, rows: [Int]? = nil, workers: WorkerPool
  ) {
    func objective<Scalar>() -> PoolObjective<Scalar> {
      PoolObjective(
        samples: PoolSamples(
          design: design, sourceCount: sourceCount, residual: residual, weights: weights, rows: rows),
        workers: workers)
    }
    switch precision {
    case .float32: self = .float32(objective())
    case .float64: self = .float64(objective())
    }
  }

  /// J of every candidate, and its gradient; see ``PoolObjective/evaluate(_:)``.
  package func evaluate(_ pool: CandidatePool) -> (objectives: [Double], gradient: [Double]) {
    switch self {
    case .float32(let objective): objective.evaluate(pool)
    case .float64(let objective): objective.evaluate(pool)
    }
  }

  /// Forgets what is known of all candidates but these.
  func keep(_ candidates: [Int]) {
    switch self {
    case .float32(let objective): objective.keep(candidates)
    case .float64(let objective): objective.keep(candidates)
    }
  }

  /// J of every candidate.
  package func objectives(_ pool: CandidatePool) -> [Double] {
    switch self {
    case .float32(let objective): objective.objectives(pool)
    case .float64(let objective): objective.objectives(pool)
    }
  }
}
