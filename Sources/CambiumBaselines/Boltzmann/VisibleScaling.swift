internal import CambiumCore

/// How standardised inputs become values of visible units: (x − shift) / unit of each.
struct VisibleScaling: Sendable, Equatable {
  let shifts: [Double]
  let units: [Double]

  /// Binary units: the range that each input has in `features` becomes 0…1. Gaussian units: inputs are counted in
  /// units of the noise, whose deviation is given.
  init(of features: Matrix, for visible: RestrictedBoltzmannMachine.Visible, noise: Double) {
    switch visible {
    case .gaussian:
      shifts = [Double](repeating: 0, count: features.columns)
      units = [Double](repeating: noise, count: features.columns)
    case .binary:
      let ranges = (0..<features.columns).map { j in
        let column = features.column(j)
        return (low: column.min() ?? 0, high: column.max() ?? 0)
      }
      shifts = ranges.map(\.low)
      // An input that is the same in all samples says nothing.
      units = ranges.map { $0.high > $0.low ? $0.high - $0.low : .infinity }
    }
  }

  /// The visible values of N × D inputs; of binary units within 0…1 for those that it was made of.
  func applied(to features: Matrix) -> Matrix {
    var scaled = features
    for j in 0..<features.columns {
      for i in 0..<features.rows { scaled[i, j] = (features[i, j] - shifts[j]) / units[j] }
    }
    return scaled
  }

  /// A (1 + D) × H layer that does with inputs what `layer` does with visible values.
  func folded(into layer: Matrix) -> Matrix {
    var folded = layer
    for u in 0..<layer.columns {
      for j in 0..<shifts.count {
        folded[1 + j, u] = layer[1 + j, u] / units[j]
        folded[0, u] -= folded[1 + j, u] * shifts[j]
      }
    }
    return folded
  }
}
