internal import CambiumCore

/// The weights, none below 0 and 1 in all, with which several models' outputs together are nearest to the targets.
enum SimplexWeights {
  private static let largestTurnCount = 10_000
  private static let leastStep = 1e-12

  /// The minimum of Σ_i v_i Σ_o (Σ_k w_k p_ko(i) − y_o(i))², v the samples' weights (Breiman 1996, "Stacked
  /// regressions", whose weights sum to 1 here).
  ///
  /// A convex problem: weight goes from one model to another, each time as much as helps most, until no pair is left that
  /// would gain by it. O(N · m · K²), and K³ for each turn.
  static func nearest(_ outputs: [Matrix], to targets: Matrix, weights: [Double]?) -> [Double] {
    let count = outputs.count
    // Aᵦ꜀ = Σ v (p_b − y)(p_c − y): with weights of sum 1 the objective is wᵀ A w.
    let errors = outputs.map { output in
      var error = output
      for k in error.values.indices { error.values[k] -= targets.values[k] }
      return error
    }
    var products = Matrix(rows: count, columns: count)
    for b in 0..<count {
      for c in 0...b {
        var sum = 0.0
        for k in errors[b].values.indices {
          sum += (weights?[k % targets.rows] ?? 1) * errors[b].values[k] * errors[c].values[k]
        }
        products[b, c] = sum
        products[c, b] = sum
      }
    }
    var shares = [Double](repeating: 1 / Double(count), count: count)
    for _ in 0..<largestTurnCount {
      var largest = 0.0
      for from in 0..<count {
        for to in 0..<count where to != from && shares[from] > 0 {
          let slope = (0..<count).reduce(0) { $0 + (products[from, $1] - products[to, $1]) * shares[$1] }
          let curvature = products[from, from] + products[to, to] - 2 * products[from, to]
          guard slope > 0, slope.isFinite else { continue }
          let step = curvature > 0 ? min(slope / curvature, shares[from]) : shares[from]
          shares[from] = step == shares[from] ? 0 : shares[from] - step
          shares[to] += step
          largest = max(largest, step)
        }
      }
      if largest < leastStep { break }
    }
    return shares
  }
}
