internal import CambiumCore

/// How numbers become what a layer is made to read: (x − shift) / unit of each column.
struct LayerScaling: Sendable, Equatable {
  let shifts: [Double]
  let units: [Double]

  /// N × d values in units of these, from these on.
  func applied(to features: Matrix) -> Matrix {
    var scaled = features
    for j in 0..<features.columns {
      for i in 0..<features.rows { scaled[i, j] = (features[i, j] - shifts[j]) / units[j] }
    }
    return scaled
  }

  /// A (1 + d) × units layer that does with plain values what `layer` does with scaled ones.
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

extension LayerScaling {
  /// Gives N × d codes mean 0 and variance 1. The unit is at least `least`, so that what a code that hardly moved on
  /// these samples does on others is not blown up.
  init(standardising codes: Matrix, least: Double = 0.01) {
    let count = Double(max(codes.rows, 1))
    let means = (0..<codes.columns).map { codes.column($0).reduce(0, +) / count }
    shifts = means
    units = means.enumerated().map { column, mean in
      let square = codes.column(column).reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
      return max(square.squareRoot(), least)
    }
  }

  /// Makes values of visible units of inputs. Binary units: the range that each input has in `features` becomes 0…1.
  /// Gaussian units: inputs are counted in units of the noise, whose deviation is given.
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
}
