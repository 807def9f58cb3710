internal import CGSL

/// The sign test of paired differences: whether one of two learners wins more often than chance would let it.
///
/// Exact, by the binomial distribution of wins at probability ½. Zero differences are left out
/// (Demšar 2006, *Statistical comparisons of classifiers over multiple data sets*, JMLR 7, section 3.1.4).
public struct SignTest: Sendable, Equatable {
  /// How many differences are above 0.
  public let positiveCount: Int
  /// How many differences are below 0.
  public let negativeCount: Int
  /// The two-sided probability of counts as uneven, were both signs as likely; 1 where all differences are 0.
  public let probability: Double

  /// The test of `differences`.
  ///
  /// - Returns: Nil where there are none or one is not finite.
  public init?(differences: [Double]) {
    guard !differences.isEmpty, differences.allSatisfy(\.isFinite) else { return nil }
    positiveCount = differences.count { $0 > 0 }
    negativeCount = differences.count { $0 < 0 }
    let fewer = UInt32(min(positiveCount, negativeCount))
    let total = UInt32(positiveCount + negativeCount)
    probability = total == 0 ? 1 : min(1, 2 * gsl_cdf_binomial_P(fewer, 0.5, total))
  }
}
