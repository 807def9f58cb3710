internal import CambiumCore

/// A rule by which the candidates of a pool rise on their objective: all at once, and each by itself.
protocol PoolAscent {
  /// Moves the living parameters of the pool by one step. Returns the objective of every candidate before it.
  ///
  /// The pool is the one that the step before left, but for connections cut since.
  mutating func step(_ pool: inout CandidatePool, on objective: TrainingObjective) -> [Double]

  /// Forgets all candidates but these; `parameters` says where theirs stand in the pool there was.
  mutating func keep(_ candidates: [Int], parameters: [Int])
}

/// Resilient propagation: a step costs one pass.
struct ResilientAscent: PoolAscent {
  private var optimizer: ResilientPropagation

  init(_ pool: CandidatePool) { optimizer = ResilientPropagation(count: pool.parameters.count) }

  mutating func step(_ pool: inout CandidatePool, on objective: TrainingObjective) -> [Double] {
    let (objectives, gradient) = objective.evaluate(pool)
    // The optimiser goes downhill; the objective is to rise.
    optimizer.step(&pool.parameters, gradient: gradient.map { -$0 })
    return objectives
  }

  mutating func keep(_ candidates: [Int], parameters: [Int]) { optimizer.keep(parameters) }
}
