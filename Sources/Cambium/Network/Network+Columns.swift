internal import CambiumCore

extension Network {
  /// The range of values, with a fifth of its width more on both sides.
  static func widened(_ values: [Double]) -> ClosedRange<Double> {
    let low = values.min() ?? 0
    let high = values.max() ?? 0
    let margin = 0.2 * (high - low)
    return low - margin...high + margin
  }
}
