internal import CambiumCore

/// What each source tells of the residual by itself: the correlation ratio η² (Pearson 1905), the share of the residual's
/// energy that is left in its means over the samples whose source lies in the same half standard deviation, corrected
/// for their number (Kelley 1935).
///
/// Linear correlation would not do: the readout reads every source, and has taken it away. O(N) a source.
struct SourceRelevance {
  /// One value for each column of Φ, at most 1; 0 is what chance gives.
  let values: [Double]

  /// Intervals of half a standard deviation up to three on both sides, and what lies beyond.
  private static let intervalCount = 14

  init(values: [Double]) { self.values = values }

  init(of network: GrowingNetwork) {
    self.init(
      design: network.design, residual: network.residual, weights: network.data.weights,
      workers: network.workers)
  }

  init(design: DesignMatrix, residual: Matrix, weights: [Double]?, workers: WorkerPool) {
    let criterion = PoolCriterion(residual: residual, weights: weights)
    values = workers.map(design.columnCount) {
      Self.relevance(of: design.column($0), residual: residual, weights: weights, criterion)
    }
  }

  /// The sources, the most telling first.
  func ordered(_ sources: [Int]) -> [Int] {
    sources.sorted { (values[$0], $1) > (values[$1], $0) }
  }

  private static func relevance(
    of column: [Double], residual: Matrix, weights: [Double]?, _ criterion: PoolCriterion
  ) -> Double {
    let intervals = column.map { Int((2 * min(max($0, -3.25), 3.25)).rounded(.down)) + intervalCount / 2 }
    var total = [Double](repeating: 0, count: intervalCount)
    for (i, interval) in intervals.enumerated() { total[interval] += weights?[i] ?? 1 }
    var explained = 0.0
    for o in 0..<residual.columns {
      var sums = [Double](repeating: 0, count: intervalCount)
      for (i, interval) in intervals.enumerated() {
        sums[interval] += (weights?[i] ?? 1) * (residual[i, o] - criterion.residualMeans[o])
      }
      for (sum, weight) in zip(sums, total) where weight > 0 { explained += sum * sum / weight }
    }
    let freedom = column.count - total.count { $0 > 0 }
    guard criterion.energy > 0, freedom > 0 else { return 0 }
    return 1 - (1 - explained / criterion.energy) * Double(column.count - 1) / Double(freedom)
  }
}
