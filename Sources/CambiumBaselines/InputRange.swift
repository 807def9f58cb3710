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

  /// What does with inputs as a scaling of layers does.
  init(_ scaling: LayerScaling) {
    shifts = scaling.shifts
    // An input that is the same in all samples says nothing; infinite numbers have no place in a file.
    units = scaling.units.map { $0.isFinite ? $0 : 0 }
  }

  /// The same as a scaling of layers.
  var scaling: LayerScaling { LayerScaling(shifts: shifts, units: units.map { $0 == 0 ? .infinity : $0 }) }

  /// What makes 0…1 of the range that each input has in N × d `features`.
  init(of features: Matrix) {
    self.init(LayerScaling(of: features, for: .binary, noise: 1))
  }

  /// Whether there is a finite number for each of `count` inputs.
  func fits(_ count: Int) -> Bool {
    shifts.count == count && units.count == count && (shifts + units).allSatisfy(\.isFinite)
  }

  /// The inputs that N × d scaled values were; those of no range are what they are in all samples.
  func restored(_ values: Matrix) -> Matrix {
    var inputs = values
    for j in 0..<values.columns {
      for i in 0..<values.rows { inputs[i, j] = shifts[j] + units[j] * values[i, j] }
    }
    return inputs
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
