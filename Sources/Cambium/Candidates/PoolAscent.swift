internal import CambiumCore

/// A rule by which the candidates of a pool rise on their objective: all at once, and each by itself.
protocol PoolAscent {
  /// Moves the living parameters of the pool by one step. Returns the pool as it was at some moment of that, and the
  /// objective of every candidate then.
  ///
  /// The pool is the one that the step before left, but for connections cut since.
  mutating func step(
    _ pool: inout CandidatePool, on objective: TrainingObjective
  ) -> (pool: CandidatePool, objectives: [Double])

  /// Forgets all candidates but these; `parameters` says where theirs stand in the pool there was.
  mutating func keep(_ candidates: [Int], parameters: [Int])
}

/// Resilient propagation: a step costs one pass.
struct ResilientAscent: PoolAscent {
  private var optimizer: ResilientPropagation
  private let regularisation: RegularisationSpec

  init(_ pool: CandidatePool, _ regularisation: RegularisationSpec) {
    optimizer = ResilientPropagation(count: pool.parameters.count)
    self.regularisation = regularisation
  }

  mutating func step(
    _ pool: inout CandidatePool, on objective: TrainingObjective
  ) -> (pool: CandidatePool, objectives: [Double]) {
    let before = pool
    var (objectives, gradient) = objective.evaluate(pool)
    regularisation.penalise(&objectives, &gradient, of: pool)
    // The optimiser goes downhill; the objective is to rise.
    optimizer.step(&pool.parameters, gradient: gradient.map { -$0 })
    return (before, objectives)
  }

  mutating func keep(_ candidates: [Int], parameters: [Int]) { optimizer.keep(parameters) }
}

/// Gradient descent on −log J, so that a rate means the same whatever share is left to take. Penalties are
/// taken in proportion.
struct GradientAscent: PoolAscent {
  private let rate: LearningRate
  private let batch: Int
  private let regularisation: RegularisationSpec
  private let random: RandomStream
  private var epoch = 0

  init(_ spec: CandidateTrainingSpec, random: RandomStream) {
    (rate, batch, self.random) = (spec.learningRate, spec.batch, random)
    regularisation = spec.regularisation
  }

  mutating func step(
    _ pool: inout CandidatePool, on objective: TrainingObjective
  ) -> (pool: CandidatePool, objectives: [Double]) {
    let before = pool
    let length = rate.value(after: Double(epoch))
    let count = objective.sampleCount
    defer { epoch += 1 }
    guard batch > 0, batch < count else {
      var (objectives, gradient) = objective.evaluateExactly(pool)
      let penalised = regularisation.penalised(objectives, of: pool)
      regularisation.addPenalty(share: 1, to: &gradient, of: pool)
      move(&pool, by: length, gradient, objectives)
      return (before, penalised)
    }
    let (objectives, _) = objective.evaluate(pool)
    let penalised = regularisation.penalised(objectives, of: pool)
    let order = random.child("epoch", epoch).generator().permutation(count)
    for start in stride(from: 0, to: count, by: batch) {
      let rows = Array(order[start..<min(start + batch, count)])
      let share = Double(count) / Double(rows.count)
      var gradient = objective.gradient(of: pool, overRows: rows)
      regularisation.addPenalty(share: 1 / share, to: &gradient, of: pool)
      move(&pool, by: length * share, gradient, objectives)
    }
    return (before, penalised)
  }

  /// A candidate whose step is not finite stays where it is.
  private func move(
    _ pool: inout CandidatePool, by length: Double, _ gradient: [Double], _ objectives: [Double]
  ) {
    for candidate in 0..<pool.count where objectives[candidate] > 0 {
      let ranges = pool.parameterRanges(of: candidate)
      let factor = length / objectives[candidate]
      guard ranges.allSatisfy({ $0.allSatisfy { (factor * gradient[$0]).isFinite } }) else { continue }
      for range in ranges { for k in range { pool.parameters[k] += factor * gradient[k] } }
    }
  }

  mutating func keep(_ candidates: [Int], parameters: [Int]) {}
}

extension CandidateTrainingSpec {
  /// The rule at its start.
  func ascent(of pool: CandidatePool, random: RandomStream) -> any PoolAscent {
    switch optimizer {
    case .automatic, .resilientPropagation: ResilientAscent(pool, regularisation)
    case .gradientDescent: GradientAscent(self, random: random)
    case .lbfgs: LockstepAscent<LimitedMemoryClimber>(pool)
    case .levenbergMarquardt: LockstepAscent<LevenbergMarquardtClimber>(pool)
    }
  }
}
