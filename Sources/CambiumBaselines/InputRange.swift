internal import CambiumCore

/// How inputs become what a network reads: (x − shift) / unit of each, and 0 where the unit is 0.
struct InputRange: Sendable, Equatable, Codable {
  private(set) var shifts: [Double]
  private(set) var units: [Double]

  /// What leaves `count` inputs as they are.
  init(count: Int) {
    shifts = [Double](repeating: 0, count: count)
    units = [Double](repeating: 1, count: count)
  }

  /// What makes 0…1 of the range that each input has in N × d `features`.
  init(of features: Matrix) {
    self.init(count: features.columns)
    let ranges = LayerScaling(of: features, for: .binary, noise: 1)
    shifts = ranges.shifts
    // An input that is the same in all samples says nothing; infinite numbers have no place in a file.
    units = ranges.units.map { $0.isFinite ? $0 : 0 }
  }

  /// Whether there is a finite number for each of `count` inputs.
  func fits(_ count: Int) -> Bool {
    shifts.count == count && units.count == count && (shifts + units).allSatisfy(\.isFinite)
  }

  /// N × d inputs, scaled.
  func applied(to features: Matrix) -> Matrix {
    var scaled = features
    for j in 0..<features.columns {
      for i in 0..<features.rows {
        scaled[i, j] = units[j] == 0 ? 0 : (features[i, j] - shifts[j]) / units[j]
      }
    }
    return scaled
  }
}
