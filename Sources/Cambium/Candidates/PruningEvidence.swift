internal import CambiumCore

/// What the samples say of each connection of a pool, for the rules of pruning that ask them; infinite where a rule is off,
/// or nothing can be said. Laid out as the pool's parameters.
struct PruningEvidence {
  /// |mean| / standard deviation of the weight after one step on each of several batches.
  private(set) var steadiness: [Double]
  /// w² / var(w).
  private(set) var wald: [Double]
  /// ½ h w², as a share of what the candidate takes away.
  private(set) var saliency: [Double]

  /// The evidence on a pool as it stands; one pass of Gauss–Newton sums, and the batches.
  init(
    of pool: CandidatePool, on objective: TrainingObjective, for spec: PruningSpec, random: RandomStream
  ) {
    steadiness = [Double](repeating: .infinity, count: pool.parameters.count)
    (wald, saliency) = (steadiness, steadiness)
    let living = (0..<pool.count).map(pool.livingIndices)
    let expansions = objective.expand(pool, living: living)
    for (candidate, expansion) in expansions.enumerated() where expansion.objective > 0 {
      if spec.brainDamage > 0 { weighSaliency(pool, living[candidate], expansion) }
      if spec.wald > 0 {
        let fixed = pool.prunableRanges(of: candidate).compactMap { pool.largestWeight(in: $0) }
        weighAgainstVariance(pool, living[candidate], expansion, fixed: fixed, objective)
      }
    }
    if spec.batchFluctuation > 0 {
      watchBatches(pool, living, expansions, on: objective, spec, random: random)
    }
  }

  /// The expansion is of ½(1 − J) with the residual's energy as unit: J falls by h w².
  private mutating func weighSaliency(
    _ pool: CandidatePool, _ living: [Int], _ expansion: CandidateExpansion
  ) {
    for (place, index) in living.enumerated() {
      let curvature = expansion.matrix[place * (living.count + 1)]
      saliency[index] = curvature * pool.parameters[index] * pool.parameters[index] / expansion.objective
    }
  }

  private mutating func weighAgainstVariance(
    _ pool: CandidatePool, _ living: [Int], _ expansion: CandidateExpansion, fixed: [Int],
    _ objective: TrainingObjective
  ) {
    let free = living.indices.filter { !fixed.contains(living[$0]) }
    let freedom = objective.sampleCount * objective.outputCount - living.count - objective.outputCount - 1
    guard !free.isEmpty, freedom > 0 else { return }
    var system = [Double](repeating: 0, count: free.count * free.count)
    for (k, column) in free.enumerated() {
      for (j, row) in free[...k].enumerated() {
        system[j + k * free.count] = expansion.matrix[row + column * living.count]
      }
    }
    let scale = free.indices.reduce(0) { max($0, system[$1 * (free.count + 1)]) }
    for k in free.indices { system[k * (free.count + 1)] += 1e-9 * scale }
    guard let variances = Cholesky(system, order: free.count)?.inverseDiagonal() else { return }
    // σ² (N H)⁻¹ with σ² = N (1 − J) / freedom.
    let noise = max(1 - expansion.objective, 1e-12) / Double(freedom)
    for (place, variance) in zip(free, variances) where variance > 0 {
      let weight = pool.parameters[living[place]]
      wald[living[place]] = weight * weight / (noise * variance)
    }
  }

  private mutating func watchBatches(
    _ pool: CandidatePool, _ living: [[Int]], _ expansions: [CandidateExpansion],
    on objective: TrainingObjective, _ spec: PruningSpec, random: RandomStream
  ) {
    var seen = Fluctuation(count: pool.parameters.count)
    let share = Double(objective.sampleCount) / Double(spec.batchSize)
    let generator = random.generator()
    for _ in 0..<spec.batches {
      let rows = (0..<spec.batchSize).map { _ in generator.index(below: objective.sampleCount) }
      let gradient = objective.gradient(of: pool, overRows: rows)
      var moved = pool.parameters
      for (candidate, indices) in living.enumerated() {
        for (place, index) in indices.enumerated() {
          let curvature = expansions[candidate].matrix[place * (indices.count + 1)]
          if curvature > 0 { moved[index] += 0.5 * share * gradient[index] / curvature }
        }
      }
      seen.observe(moved)
    }
    for index in steadiness.indices { steadiness[index] = seen.steadiness(index) }
  }
}

extension CandidatePool {
  /// Where the largest living weight of a range stands.
  fileprivate func largestWeight(in range: Range<Int>) -> Int? {
    range.filter { mask[$0] != 0 }.max { abs(parameters[$0]) < abs(parameters[$1]) }
  }
}
