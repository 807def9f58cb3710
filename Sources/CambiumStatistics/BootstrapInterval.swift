internal import CGSL

/// What a bootstrap interval is of.
public enum BootstrapStatistic: Sendable, CaseIterable {
  /// The arithmetic mean.
  case mean
  /// The middle value; between two middle values their mean.
  case median
}

/// How the ends of a bootstrap interval are read off the resampled statistics.
public enum BootstrapMethod: Sendable, CaseIterable {
  /// Their quantiles at (1 ∓ level)/2 (Efron 1979, *Bootstrap methods: another look at the jackknife*).
  case percentile
  /// Their quantiles at Φ(z₀ + (z₀ ± z)/(1 − a(z₀ ± z))), which correct for bias and skewness (BCa; Efron 1987, *Better
  /// bootstrap confidence intervals*). z₀ is Φ⁻¹ of the share of resampled statistics below the estimate, those equal to
  /// it counted half; a is the acceleration Σu³ / 6(Σu²)^(3/2) of the jackknife's deviations u.
  case biasCorrected
}

extension ConfidenceInterval {
  /// The bootstrap interval of a statistic of `values`: of many samples drawn from them with replacement.
  ///
  /// The same values, in any order, and seed give the same interval. Quantiles lie between two resampled statistics as
  /// the straight line does.
  ///
  /// - Parameters:
  ///   - statistic: What the interval is of. Of a median's jackknife values few differ, which makes its acceleration
  ///     rough: for small samples the percentile method is the safer.
  ///   - values: The sample.
  ///   - method: How its ends are found.
  ///   - level: The probability, 0 < level < 1.
  ///   - resamples: How many samples are drawn, ≥ 1.
  ///   - seed: The seed of the draws; its lower 32 bits count.
  /// - Returns: Nil for fewer than two values, or where one is not finite. Equal values have an interval of no width.
  ///
  /// Cost: resamples · n draws, and for the median as many sorts of n values.
  public static func bootstrap(
    _ statistic: BootstrapStatistic, of values: [Double], method: BootstrapMethod = .biasCorrected,
    level: Double = 0.95, resamples: Int = 10_000, seed: UInt64 = 1
  ) -> ConfidenceInterval? {
    precondition(
      level > 0 && level < 1 && resamples > 0, "a level between 0 and 1, and a number of resamples")
    guard values.count > 1, values.allSatisfy(\.isFinite) else { return nil }
    let sorted = values.sorted()
    let generator = SeededGenerator(seed: seed)
    let resampled = (0..<resamples).map { _ in
      statistic.value(of: sorted.map { _ in sorted[generator.index(below: sorted.count)] })
    }
    let distribution = BootstrapDistribution(
      resampled: resampled, estimate: statistic.value(of: sorted),
      leftOut: method == .percentile ? [] : statistic.leavingOneOut(of: sorted))
    return distribution.interval(method, level: level)
  }
}

/// The statistics of resampled values, and what their bias and skewness are judged by.
struct BootstrapDistribution {
  private let sorted: [Double]
  private let estimate: Double
  private let acceleration: Double

  /// - Parameters:
  ///   - resampled: The resampled statistics.
  ///   - estimate: The statistic of the sample itself.
  ///   - leftOut: The statistics of the sample with one value left out each; empty for no acceleration.
  init(resampled: [Double], estimate: Double, leftOut: [Double]) {
    sorted = resampled.sorted()
    self.estimate = estimate
    let mean = Summary(of: leftOut)?.mean ?? 0
    let largest = leftOut.map { abs(mean - $0) }.max() ?? 0
    // Scaled by the largest, so that no power overflows or vanishes.
    let deviations = largest > 0 ? leftOut.map { (mean - $0) / largest } : []
    let squares = deviations.map { $0 * $0 }.reduce(0, +)
    let cubes = deviations.map { $0 * $0 * $0 }.reduce(0, +)
    acceleration = squares > 0 ? cubes / (6 * squares * squares.squareRoot()) : 0
  }

  func interval(_ method: BootstrapMethod, level: Double) -> ConfidenceInterval {
    let tail = (1 - level) / 2
    return ConfidenceInterval(
      lower: quantile(method == .percentile ? tail : corrected(tail)),
      upper: quantile(method == .percentile ? 1 - tail : corrected(1 - tail)), level: level)
  }

  /// The share whose quantile is the corrected end.
  private func corrected(_ share: Double) -> Double {
    let below = sorted.count { $0 < estimate }
    let equal = sorted.count { $0 == estimate }
    let half = 0.5 / Double(sorted.count)
    // At most half a resample from either end, where the normal quantile would be infinite.
    let shareBelow = min(1 - half, max(half, (Double(below) + Double(equal) / 2) / Double(sorted.count)))
    let bias = gsl_cdf_ugaussian_Pinv(shareBelow)
    let shifted = bias + gsl_cdf_ugaussian_Pinv(share)
    let stretch = 1 - acceleration * shifted
    guard stretch > 0 else { return shifted > 0 ? 1 : 0 }
    return gsl_cdf_ugaussian_P(bias + shifted / stretch)
  }

  private func quantile(_ share: Double) -> Double {
    gsl_stats_quantile_from_sorted_data(sorted, 1, sorted.count, share)
  }
}

extension BootstrapStatistic {
  fileprivate func value(of values: [Double]) -> Double {
    switch self {
    case .mean: gsl_stats_mean(values, 1, values.count)
    case .median: gsl_stats_median_from_sorted_data(values.sorted(), 1, values.count)
    }
  }

  /// The statistic without each of the values in turn.
  fileprivate func leavingOneOut(of values: [Double]) -> [Double] {
    values.indices.map { index in
      var rest = values
      rest.remove(at: index)
      return value(of: rest)
    }
  }
}
