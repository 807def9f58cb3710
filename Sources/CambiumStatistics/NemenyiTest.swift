/// Nemenyi's test of the average ranks of several learners on the same data sets: all with all.
///
/// Two learners differ where their average ranks differ by at least the critical difference q_α/√2 · √(k(k + 1)/6n), with
/// q_α of the studentised range of k at infinite degrees of freedom (Nemenyi 1963, *Distribution-free multiple comparisons*;
/// Demšar 2006, JMLR 7).
public struct NemenyiTest: Sendable, Equatable {
  /// How many learners there are, k ≥ 2.
  public let learnerCount: Int
  /// How many data sets there are, n ≥ 1.
  public let dataSetCount: Int

  /// The test for `learnerCount` ≥ 2 learners on `dataSetCount` ≥ 1 data sets.
  public init(learnerCount: Int, dataSetCount: Int) {
    precondition(learnerCount >= 2 && dataSetCount >= 1, "two learners and a data set")
    self.learnerCount = learnerCount
    self.dataSetCount = dataSetCount
  }

  /// The least difference of average ranks that is significant at `level`, 0 < level < 1.
  ///
  /// It can be larger than k − 1, the largest there is: then no difference of so many learners on so few data sets is
  /// significant. Cost: some tens of integrals.
  public func criticalDifference(level: Double = 0.05) -> Double {
    StudentizedRange(count: learnerCount).quantile(upperTail: level) * scale
  }

  /// The probability of two average ranks so far apart, were all learners equally good; corrected for all pairs.
  public func probability(ofRankDifference difference: Double) -> Double {
    StudentizedRange(count: learnerCount).upperTail(abs(difference) / scale)
  }

  /// A unit of the studentised range in average ranks.
  private var scale: Double {
    let k = Double(learnerCount)
    return (k * (k + 1) / (12 * Double(dataSetCount))).squareRoot()
  }
}
