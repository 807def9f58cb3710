internal import CGSL

/// Wilcoxon's signed-rank test of paired differences.
///
/// Zero differences are left out, equal ones share their mean rank. Up to ``exactLimit`` differences the
/// distribution is exact, ties included, by counting the sign patterns of the ranks that occurred; beyond, it is
/// normal with the variance corrected for ties (Wilcoxon, Individual comparisons by ranking methods, 1945).
public struct WilcoxonSignedRankTest: Sendable, Equatable {
  /// The most differences for which the exact distribution is counted.
  public static let exactLimit = 50

  /// How many differences are not 0.
  public let count: Int
  /// The sum of the ranks of the positive differences.
  public let positiveRankSum: Double
  /// The sum of the ranks of the negative differences.
  public let negativeRankSum: Double
  /// The two-sided probability of rank sums as uneven, were the differences symmetric about 0; 1 where all are 0.
  public let probability: Double

  /// The test of `differences`.
  ///
  /// Cost: one sort, and for the exact distribution O(n³) additions.
  /// - Returns: Nil where there are none or one is not finite.
  public init?(differences: [Double]) {
    guard !differences.isEmpty, differences.allSatisfy(\.isFinite) else { return nil }
    let ordered = differences.filter { $0 != 0 }.sorted { abs($0) < abs($1) }
    let doubledRanks = MeanRanks.doubledRanks(ofSorted: ordered.map { abs($0) })
    let positive = zip(ordered, doubledRanks).filter { $0.0 > 0 }.map(\.1).reduce(0, +)
    let total = doubledRanks.reduce(0, +)
    count = ordered.count
    positiveRankSum = Double(positive) / 2
    negativeRankSum = Double(total - positive) / 2
    let smaller = min(positive, total - positive)
    if ordered.isEmpty {
      probability = 1
    } else if ordered.count <= Self.exactLimit {
      probability = Self.exactProbability(atMost: smaller, doubledRanks: doubledRanks, total: total)
    } else {
      probability = Self.normalProbability(atMost: smaller, doubledRanks: doubledRanks, total: total)
    }
  }

  private static func exactProbability(atMost sum: Int, doubledRanks: [Int], total: Int) -> Double {
    // patterns[s]: the share of the sign patterns seen so far whose positive ranks add up to s.
    var patterns = [Double](repeating: 0, count: total + 1)
    patterns[0] = 1
    for rank in doubledRanks {
      for s in stride(from: total, through: 0, by: -1) {
        patterns[s] = (patterns[s] + (s >= rank ? patterns[s - rank] : 0)) / 2
      }
    }
    return min(1, 2 * patterns[...sum].reduce(0, +))
  }

  private static func normalProbability(atMost sum: Int, doubledRanks: [Int], total: Int) -> Double {
    // Σ rank²/4 is the variance, ties included; in doubled ranks four times that.
    let variance = doubledRanks.map { Double($0) * Double($0) }.reduce(0, +) / 4
    let score = (Double(sum) - Double(total) / 2) / variance.squareRoot()
    return min(1, 2 * gsl_cdf_ugaussian_P(score))
  }
}
