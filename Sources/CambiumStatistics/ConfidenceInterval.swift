internal import CGSL

/// An interval that holds a parameter with a stated probability.
public struct ConfidenceInterval: Sendable, Equatable {
  /// Its lower end.
  public let lower: Double
  /// Its upper end.
  public let upper: Double
  /// The probability, 0 < level < 1.
  public let level: Double

  /// Student's interval of a mean: mean ± t · sd/√n with n − 1 degrees of freedom.
  ///
  /// - Parameters:
  ///   - summary: The sample's summary.
  ///   - level: The probability, 0 < level < 1.
  /// - Returns: Nil for fewer than two values, where the spread is unknown.
  public static func ofMean(_ summary: Summary, level: Double = 0.95) -> ConfidenceInterval? {
    precondition(level > 0 && level < 1, "a level lies between 0 and 1")
    guard summary.count > 1 else { return nil }
    let quantile = gsl_cdf_tdist_Pinv((1 + level) / 2, Double(summary.count - 1))
    let half = quantile * summary.standardError
    return ConfidenceInterval(lower: summary.mean - half, upper: summary.mean + half, level: level)
  }
}
