extension Scaling {
  /// The standardisation of a column that is 1 in `ones` of `count` rows and else 0; nil where it is constant.
  init?(ones: Int, of count: Int) {
    guard ones > 0, ones < count else { return nil }
    let share = Double(ones) / Double(count)
    let variance = share * (1 - share) * Double(count) / Double(count - 1)
    self.init(mean: share, standardDeviation: variance.squareRoot())
  }

  /// The same where the rows have weights.
  init?(rows ones: [Int], of rows: RowWeights) {
    guard let weights = rows.weights else {
      self.init(ones: ones.count, of: rows.count)
      return
    }
    guard !ones.isEmpty, ones.count < rows.count else { return nil }
    let total = weights.reduce(0, +)
    let share = ones.reduce(0) { $0 + weights[$1] } / total
    let effective = total * total / weights.reduce(0) { $0 + $1 * $1 }
    let variance = share * (1 - share) * effective / (effective - 1)
    guard variance > 0, variance.isFinite else { return nil }
    self.init(mean: share, standardDeviation: variance.squareRoot())
  }
}
