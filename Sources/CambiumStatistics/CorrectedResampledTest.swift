internal import CGSL

/// The corrected resampled t test of two learners on the same repeated splits of one data set.
///
/// Training parts of repeated splits overlap, so their errors are correlated and the plain paired t test finds
/// differences where there are none. The correction replaces 1/n in the variance by 1/n + held-out/training
/// (Nadeau and Bengio, Inference for the generalization error, Machine Learning 52, 2003).
public struct CorrectedResampledTest: Sendable, Equatable {
  /// The mean difference.
  public let meanDifference: Double
  /// The test statistic; 0 where all differences are 0, ± infinity where they are equal and not 0.
  public let statistic: Double
  /// The two-sided probability of a statistic as large, were the learners equally good.
  public let probability: Double

  /// The test of the `differences` of two learners' errors, one for each split.
  ///
  /// - Parameters:
  ///   - differences: Error of the first less error of the second, in any order of the splits.
  ///   - heldOutRatio: Held-out rows over training rows, for example 1/9 in 10-fold cross-validation.
  /// - Returns: Nil for fewer than two differences, or where one is not finite.
  public init?(differences: [Double], heldOutRatio: Double) {
    precondition(heldOutRatio >= 0, "a ratio is not negative")
    guard let summary = Summary(of: differences), summary.count > 1 else { return nil }
    let count = Double(summary.count)
    let spread = summary.standardDeviation * (1 / count + heldOutRatio).squareRoot()
    meanDifference = summary.mean
    guard spread > 0 else {
      statistic = summary.mean == 0 ? 0 : (summary.mean > 0 ? .infinity : -.infinity)
      probability = summary.mean == 0 ? 1 : 0
      return
    }
    statistic = summary.mean / spread
    probability = min(1, 2 * gsl_cdf_tdist_Q(abs(statistic), count - 1))
  }
}
