/// What a box plot shows of a sample (Tukey, *Exploratory data analysis*, 1977).
struct BoxStatistics: Equatable {
  /// The first quartile, by linear interpolation between order statistics, as the others.
  let lowerQuartile: Double
  let median: Double
  let upperQuartile: Double
  /// The least value that lies within 1.5 interquartile ranges below the box.
  let lowerWhisker: Double
  /// The greatest value that lies within 1.5 interquartile ranges above the box.
  let upperWhisker: Double
  /// The values beyond the whiskers, in ascending order.
  let outliers: [Double]

  /// The statistics of `values`; nil where there are none, or one is not finite.
  init?(of values: [Double]) {
    let sorted = values.sorted()
    guard let least = sorted.first, let greatest = sorted.last, sorted.allSatisfy(\.isFinite) else {
      return nil
    }
    func quantile(_ share: Double) -> Double {
      let place = share * Double(sorted.count - 1)
      let below = Int(place)
      let above = min(below + 1, sorted.count - 1)
      return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
    }
    lowerQuartile = quantile(0.25)
    median = quantile(0.5)
    upperQuartile = quantile(0.75)
    let reach = 1.5 * (upperQuartile - lowerQuartile)
    let (lowest, highest) = (lowerQuartile - reach, upperQuartile + reach)
    lowerWhisker = sorted.first { $0 >= lowest } ?? least
    upperWhisker = sorted.last { $0 <= highest } ?? greatest
    outliers = sorted.filter { $0 < lowest || $0 > highest }
  }
}
