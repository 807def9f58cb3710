internal import CGSL

/// Location and spread of a sample.
public struct Summary: Sendable, Equatable {
  /// How many values there are.
  public let count: Int
  /// Their mean.
  public let mean: Double
  /// Their standard deviation, with n − 1; 0 for a single value.
  public let standardDeviation: Double
  /// The smallest.
  public let minimum: Double
  /// The median; between two middle values their mean.
  public let median: Double
  /// The largest.
  public let maximum: Double

  /// The summary of `values`; nil where there are none or one of them is not finite.
  ///
  /// Cost: one sort. The mean and the standard deviation come from GSL's recurrences, which lose no digits to
  /// a large mean.
  public init?(of values: [Double]) {
    guard !values.isEmpty, values.allSatisfy(\.isFinite) else { return nil }
    let sorted = values.sorted()
    count = values.count
    mean = gsl_stats_mean(values, 1, values.count)
    standardDeviation = values.count > 1 ? gsl_stats_sd(values, 1, values.count) : 0
    minimum = sorted[0]
    maximum = sorted[sorted.count - 1]
    median = gsl_stats_median_from_sorted_data(sorted, 1, sorted.count)
  }

  /// The standard error of the mean, sd/√n.
  public var standardError: Double { standardDeviation / Double(count).squareRoot() }
}
