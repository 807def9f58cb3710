internal import CGSL

/// Figures that describe numbers, by GSL: each is nil where it is not defined, never not-a-number.
public enum DescriptiveStatistics {
  /// The mean; nil of no numbers.
  public static func mean(of values: [Double]) -> Double? {
    values.isEmpty ? nil : finite(gsl_stats_mean(values, 1, values.count))
  }

  /// The sample standard deviation, with n − 1; nil of fewer than two numbers, or where it is too large.
  public static func standardDeviation(of values: [Double]) -> Double? {
    mean(of: values).flatMap { standardDeviation(of: values, around: $0) }
  }

  private static func standardDeviation(of values: [Double], around mean: Double) -> Double? {
    values.count > 1 ? finite(gsl_stats_sd_m(values, 1, values.count, mean)) : nil
  }

  /// The mean of numbers with weights, each above 0; the plain mean without.
  public static func mean(of values: [Double], weights: [Double]?) -> Double? {
    guard let weights else { return mean(of: values) }
    return values.isEmpty ? nil : finite(gsl_stats_wmean(weights, 1, values, 1, values.count))
  }

  /// The standard deviation of numbers with weights v, each above 0: the root of Σ v (x − x̄)² · V / (V² − Σ v²) with
  /// V = Σ v, which knows no unit of the weights, and with equal ones is the sample standard deviation.
  public static func standardDeviation(of values: [Double], weights: [Double]?) -> Double? {
    guard let weights else { return standardDeviation(of: values) }
    guard values.count > 1, let mean = mean(of: values, weights: weights) else { return nil }
    return finite(gsl_stats_wsd_m(weights, 1, values, 1, values.count, mean))
  }

  /// The third standardised moment of numbers with weights, each above 0; the plain one without.
  public static func skewness(of values: [Double], weights: [Double]?) -> Double? {
    guard let weights else { return skewness(of: values) }
    guard let deviation = standardDeviation(of: values, weights: weights), deviation > 0 else { return nil }
    return finite(gsl_stats_wskew(weights, 1, values, 1, values.count))
  }

  /// The median; nil of no numbers. Sorts a copy.
  public static func median(of values: [Double]) -> Double? { quantile(0.5, of: values) }

  /// The value below which a share `fraction`, 0…1, of the numbers lies, interpolated between neighbours; nil of no
  /// numbers. Sorts a copy.
  public static func quantile(_ fraction: Double, of values: [Double]) -> Double? {
    precondition((0...1).contains(fraction), "a quantile's fraction")
    guard !values.isEmpty else { return nil }
    return finite(gsl_stats_quantile_from_sorted_data(values.sorted(), 1, values.count, fraction))
  }

  /// The third standardised moment; nil of fewer than two numbers or without spread.
  public static func skewness(of values: [Double]) -> Double? { moments(of: values).skewness }

  /// Mean, standard deviation and skewness together: three passes over the numbers, where each by itself takes up to three.
  static func moments(of values: [Double]) -> (mean: Double?, deviation: Double?, skewness: Double?) {
    guard let mean = mean(of: values), let deviation = standardDeviation(of: values, around: mean) else {
      return (mean(of: values), nil, nil)
    }
    guard deviation > 0 else { return (mean, deviation, nil) }
    return (mean, deviation, finite(gsl_stats_skew_m_sd(values, 1, values.count, mean, deviation)))
  }

  /// The same of numbers with weights, each above 0.
  static func moments(of values: [Double], weights: [Double]?) -> (
    mean: Double?, deviation: Double?, skewness: Double?
  ) {
    guard let weights else { return moments(of: values) }
    return (
      mean(of: values, weights: weights), standardDeviation(of: values, weights: weights),
      skewness(of: values, weights: weights)
    )
  }

  /// Pearson's correlation, −1…1; nil of fewer than two pairs or where one side has no spread.
  public static func correlation(between first: [Double], and second: [Double]) -> Double? {
    precondition(first.count == second.count, "correlation of different lengths")
    guard let firstDeviation = standardDeviation(of: first), firstDeviation > 0,
      let secondDeviation = standardDeviation(of: second), secondDeviation > 0
    else { return nil }
    return finite(gsl_stats_correlation(first, 1, second, 1, first.count)).map { min(1, max(-1, $0)) }
  }

  private static func finite(_ value: Double) -> Double? { value.isFinite ? value : nil }
}
