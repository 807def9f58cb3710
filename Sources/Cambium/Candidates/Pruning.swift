/// The running mean and variance of every parameter of a pool over the epochs since the last cut (Welford 1962).
struct Fluctuation {
  private(set) var count = 0.0
  private var means: [Double]
  private var squares: [Double]

  init(count: Int) {
    means = [Double](repeating: 0, count: count)
    squares = means
  }

  mutating func observe(_ parameters: [Double]) {
    count += 1
    for k in parameters.indices {
      let difference = parameters[k] - means[k]
      means[k] += difference / count
      squares[k] += difference * (parameters[k] - means[k])
    }
  }

  /// Forgets all parameters but these.
  mutating func keep(_ parameters: [Int]) {
    means = parameters.map { means[$0] }
    squares = parameters.map { squares[$0] }
  }

  /// |mean| / standard deviation of a parameter; infinite where it never moved.
  func steadiness(_ index: Int) -> Double {
    guard count > 1, squares[index] > 0 else { return .infinity }
    return abs(means[index]) / (squares[index] / (count - 1)).squareRoot()
  }
}

extension PruningSpec {
  /// Step 4 of the strategy: cuts the connections of each candidate that approach zero beside its others, or
  /// fluctuate, or that the evidence of the samples speaks against. A candidate keeps at least its largest connection, a
  /// product that of each factor.
  func prune(_ pool: inout CandidatePool, _ fluctuation: Fluctuation, _ evidence: PruningEvidence? = nil) {
    for range in (0..<pool.count).flatMap(pool.prunableRanges) {
      let alive = range.filter { pool.mask[$0] != 0 }
      let magnitudes = alive.map { abs(pool.parameters[$0]) }
      guard let largest = magnitudes.max(), largest > 0 else { continue }
      let meanSquare = magnitudes.reduce(0) { $0 + $1 * $1 } / Double(magnitudes.count)
      let least = nearZero * meanSquare.squareRoot()
      for (index, magnitude) in zip(alive, magnitudes) where magnitude < largest {
        let isAgainst = evidence.map { isRefuted(index, by: $0) } ?? false
        if magnitude < least || fluctuation.steadiness(index) < self.fluctuation || isAgainst {
          pool.prune(index)
        }
      }
    }
  }

  private func isRefuted(_ index: Int, by evidence: PruningEvidence) -> Bool {
    evidence.steadiness[index] < batchFluctuation || evidence.wald[index] < wald
      || evidence.saliency[index] < brainDamage
  }
}
