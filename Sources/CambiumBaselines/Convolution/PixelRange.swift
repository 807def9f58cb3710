internal import CambiumCore

/// How pixels become what a convolutional network reads: (x − shift) · factor of each.
struct PixelRange: Sendable, Equatable, Codable {
  private(set) var shifts: [Double]
  private(set) var factors: [Double]

  /// What leaves `count` pixels as they are.
  init(count: Int) {
    shifts = [Double](repeating: 0, count: count)
    factors = [Double](repeating: 1, count: count)
  }

  /// The scaling by N × d `features`.
  init(of features: Matrix, _ scaling: PixelScaling) {
    self.init(count: features.columns)
    guard scaling == .range else { return }
    let ranges = LayerScaling(of: features, for: .binary, noise: 1)
    shifts = ranges.shifts
    // 0 where the unit is infinite: a pixel that is the same in all samples says nothing.
    factors = ranges.units.map { 1 / $0 }
  }

  /// Whether there is a finite number for each of `count` pixels.
  func fits(_ count: Int) -> Bool {
    shifts.count == count && factors.count == count && (shifts + factors).allSatisfy(\.isFinite)
  }

  /// N × d pixels, scaled.
  func applied(to features: Matrix) -> Matrix {
    var scaled = features
    for j in 0..<features.columns {
      for i in 0..<features.rows { scaled[i, j] = (features[i, j] - shifts[j]) * factors[j] }
    }
    return scaled
  }
}
