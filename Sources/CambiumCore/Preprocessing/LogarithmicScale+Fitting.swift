extension LogarithmicScale {
  /// Columns with less skewness stay as they are.
  public static let leastSkewness = 1.0
  /// Columns with fewer different values stay as they are: they are categories.
  static let leastValueCount = 6

  /// The scale for training values whose skewness is above `leastSkewness`; of seven units, the range of the values
  /// and down to a thousandth of it, the one that leaves the least skewness. Nil where none halves it.
  init?(fittingTo values: [Double], weights: [Double]? = nil) {
    self.init(
      fittingTo: values, weights: weights,
      skewness: DescriptiveStatistics.skewness(of: values, weights: weights))
  }

  /// The same of values whose skewness is known.
  init?(fittingTo values: [Double], weights: [Double]?, skewness: Double?) {
    guard let skewness, skewness > Self.leastSkewness,
      let low = values.min(), let high = values.max(), (high - low).isFinite,
      Set(values.prefix(10_000)).count >= Self.leastValueCount
    else { return nil }
    var best: (scale: LogarithmicScale, skewness: Double)?
    for step in 0..<7 {
      let unit = (high - low) * power(10, -0.5 * Double(step))
      guard unit > 0 else { break }
      let scale = LogarithmicScale(origin: low, unit: unit)
      let scaled = values.map { scale.value(of: $0) }
      guard let left = DescriptiveStatistics.skewness(of: scaled, weights: weights) else { continue }
      if abs(left) < best?.skewness ?? (0.5 * skewness) { best = (scale, abs(left)) }
    }
    guard let best else { return nil }
    self = best.scale
  }
}
