package import CambiumCore

/// ``PoolObjective`` in the precision that a spec asks for.
package enum TrainingObjective {
  case float32(PoolObjective<Float>)
  case float64(PoolObjective<Double>)

  /// The objective over Φ's first columns, the residual and the samples' weights; what candidates read is disturbed where
  /// there is `noise`.
  init(
    _ kind: CandidateObjective = .errorReduction, in precision: TrainingPrecision, design: DesignMatrix,
    sourceCount: Int, residual: Matrix,
    weights: [Double]?, noise: SourceNoise?, workers: WorkerPool
  ) {
    let frame =
      kind == .orthogonalErrorReduction
      ? ResponseFrame(design: design, residual: residual, weights: weights, workers: workers)
      : nil
    func objective<Scalar>() -> PoolObjective<Scalar> {
      PoolObjective(
        samples: PoolSamples(
          design: design, sourceCount: sourceCount, residual: frame?.residual ?? residual, weights: weights,
          keepsFrame: frame != nil, noise: noise),
        objective: kind, frame: frame?.factor, workers: workers)
    }
    switch precision {
    case .float32: self = .float32(objective())
    case .float64: self = .float64(objective())
    }
  }

  /// The same without noise.
  package init(
    _ kind: CandidateObjective = .errorReduction, in precision: TrainingPrecision, design: DesignMatrix,
    sourceCount: Int, residual: Matrix,
    weights: [Double]?, workers: WorkerPool
  ) {
    self.init(
      kind, in: precision, design: design, sourceCount: sourceCount, residual: residual, weights: weights,
      noise: nil, workers: workers)
  }

  /// J of every candidate, and its gradient; see ``PoolObjective/evaluate(_:)``.
  package func evaluate(_ pool: CandidatePool) -> (objectives: [Double], gradient: [Double]) {
    switch self {
    case .float32(let objective): objective.evaluate(pool)
    case .float64(let objective): objective.evaluate(pool)
    }
  }

  /// The same with the gradient exact; see ``PoolObjective/evaluateExactly(_:)``.
  func evaluateExactly(_ pool: CandidatePool) -> (objectives: [Double], gradient: [Double]) {
    switch self {
    case .float32(let objective): objective.evaluateExactly(pool)
    case .float64(let objective): objective.evaluateExactly(pool)
    }
  }

  /// How many samples there are.
  var sampleCount: Int {
    switch self {
    case .float32(let objective): objective.samples.count
    case .float64(let objective): objective.samples.count
    }
  }

  /// m, the residual's columns.
  var outputCount: Int {
    switch self {
    case .float32(let objective): objective.samples.outputCount
    case .float64(let objective): objective.samples.outputCount
    }
  }

  /// The gradient by some samples; see ``PoolObjective/gradient(of:overRows:)``.
  func gradient(of pool: CandidatePool, overRows rows: [Int]) -> [Double] {
    switch self {
    case .float32(let objective): objective.gradient(of: pool, overRows: rows)
    case .float64(let objective): objective.gradient(of: pool, overRows: rows)
    }
  }

  /// What Gauss–Newton steps need; see ``PoolObjective/expand(_:living:)``.
  func expand(_ pool: CandidatePool, living: [[Int]]) -> [CandidateExpansion] {
    switch self {
    case .float32(let objective): objective.expand(pool, living: living)
    case .float64(let objective): objective.expand(pool, living: living)
    }
  }

  /// The objective of some candidates, with what is known of them, over some of the sources.
  func selecting(_ candidates: [Int], sources: [Int]) -> TrainingObjective {
    switch self {
    case .float32(let objective): .float32(objective.selecting(candidates, sources: sources))
    case .float64(let objective): .float64(objective.selecting(candidates, sources: sources))
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
