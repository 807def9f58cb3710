internal import CambiumCore

/// What keeps the connections of a Boltzmann machine small: the penalty λ · ((1 − a) · ½ Σ w² + a · Σ |w|) on weights that
/// are no biases, and a largest length of what a unit reads (Srebro and others 2005).
struct ConnectionPenalty {
  /// λ.
  let weightDecay: Double
  /// a.
  let absoluteShare: Double
  /// 0: no limit.
  let largestNorm: Double

  /// Throws an `InputError` that names the first key whose value is out of range.
  func validate() throws {
    try require(weightDecay, in: 0...1e6, "weightDecay")
    try require(absoluteShare, in: 0...1, "absoluteShare")
    try require(largestNorm, in: 0...1e6, "largestNorm")
  }

  /// The slope of the penalty in a weight, 0 at 0.
  func slope(_ weight: Double) -> Double {
    let sign = weight == 0 ? 0.0 : weight > 0 ? 1.0 : -1.0
    return weightDecay * ((1 - absoluteShare) * weight + absoluteShare * sign)
  }

  /// Shortens what each unit of a layer reads, a column of its rows from `first` on, where it is longer than the largest norm.
  func limitColumns(of weights: inout Matrix, from first: (row: Int, column: Int) = (0, 0)) {
    guard largestNorm > 0 else { return }
    for unit in first.column..<weights.columns {
      let factor = factor(
        forSquare: (first.row..<weights.rows).reduce(0) { $0 + weights[$1, unit] * weights[$1, unit] })
      guard factor < 1 else { continue }
      for source in first.row..<weights.rows { weights[source, unit] *= factor }
    }
  }

  /// Shortens what each unit reads through symmetric connections, where it is longer than the largest norm. A connection
  /// shrinks as that of its two units asks for that has the more to lose, and so stays symmetric.
  func limitUnits(of weights: inout Matrix) {
    guard largestNorm > 0 else { return }
    let factors = (0..<weights.columns).map { unit in
      factor(forSquare: weights.column(unit).reduce(0) { $0 + $1 * $1 })
    }
    for unit in factors.indices {
      for other in factors.indices { weights[other, unit] *= min(factors[unit], factors[other]) }
    }
  }

  private func factor(forSquare square: Double) -> Double {
    square > largestNorm * largestNorm ? largestNorm / square.squareRoot() : 1
  }
}
