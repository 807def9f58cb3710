internal import CGSL

/// Two one-sided t tests (TOST) of whether two learners differ by less than a margin, in the mean of paired differences.
///
/// The usual test can only fail to find a difference. This one can find that there is none that matters: it rejects
/// μ ≤ −margin and μ ≥ margin (Schuirmann 1987, *A comparison of the two one-sided tests procedure and the power approach
/// for assessing the equivalence of average bioavailability*). The second alone says that the first learner is not worse.
public struct EquivalenceTest: Sendable, Equatable {
  /// The mean difference.
  public let meanDifference: Double
  /// The largest difference that does not matter.
  public let margin: Double
  /// The probability of a mean as large or larger, were it −margin: small where the first is not better by the margin.
  public let notLowerProbability: Double
  /// The probability of a mean as small or smaller, were it the margin: small where the first is not worse by the margin.
  public let notHigherProbability: Double
  /// The larger of both: equivalent where it is below the level.
  public var probability: Double { max(notLowerProbability, notHigherProbability) }

  /// The test of the `differences` of two learners' errors, one for each pair.
  ///
  /// - Parameters:
  ///   - differences: Error of the first less error of the second, in any order.
  ///   - margin: The largest difference that does not matter, > 0, in the differences' unit.
  ///   - heldOutRatio: Where the pairs are splits of one data set, held-out rows over training rows: corrects for the
  ///     overlap of training parts as ``CorrectedResampledTest`` does. 0 for independent pairs.
  /// - Returns: Nil for fewer than two differences, or where one is not finite.
  public init?(differences: [Double], margin: Double, heldOutRatio: Double = 0) {
    precondition(margin > 0 && heldOutRatio >= 0, "a margin above 0, and a ratio")
    guard let summary = Summary(of: differences), summary.count > 1 else { return nil }
    let count = Double(summary.count)
    let spread = summary.standardDeviation * (1 / count + heldOutRatio).squareRoot()
    /// P(T ≥ distance / spread); without spread 0 above, 1 from 0 down.
    func upperTail(_ distance: Double) -> Double {
      spread > 0 ? gsl_cdf_tdist_Q(distance / spread, count - 1) : distance > 0 ? 0 : 1
    }
    meanDifference = summary.mean
    self.margin = margin
    notLowerProbability = upperTail(summary.mean + margin)
    notHigherProbability = upperTail(margin - summary.mean)
  }
}
