internal import CGSL

/// Friedman's test of whether several learners, ranked on each of the same data sets, differ at all.
///
/// With ranks r of n data sets (rows) and k learners (columns), ties sharing their mean rank, and R the columns' sums,
///
///     χ² = (k − 1) S / E,  S = Σⱼ (Rⱼ − n(k + 1)/2)²,  E = Σᵢⱼ (rᵢⱼ − (k + 1)/2)²,
///
/// which is the usual statistic with its correction for ties (Friedman 1937; Conover 1999, *Practical nonparametric
/// statistics*, section 5.8). Iman and Davenport's F = (n − 1)χ² / (n(k − 1) − χ²) is less conservative (Iman and Davenport
/// 1980, *Approximations of the critical region of the Friedman statistic*).
public struct FriedmanTest: Sendable, Equatable {
  /// The average rank of each learner, 1 for the least score everywhere.
  public let averageRanks: [Double]
  /// χ², ≥ 0; 0 where all scores of each data set are tied.
  public let chiSquare: Double
  /// The probability of a χ² as large with k − 1 degrees of freedom, were all learners alike.
  public let probability: Double
  /// Iman and Davenport's F; infinite where all data sets rank the learners alike. Nil for a single data set.
  public let f: Double?
  /// The probability of an F as large with k − 1 and (k − 1)(n − 1) degrees of freedom. Nil for a single data set.
  public let fProbability: Double?

  /// The test of `scores`: a row for each data set, in it a score for each learner.
  ///
  /// - Returns: Nil without a row, for fewer than two learners, or where a score is not finite.
  ///
  /// Cost: a sort of each row.
  public init?(scores: [[Double]]) {
    guard let learners = scores.first?.count, learners > 1, scores.joined().allSatisfy(\.isFinite) else {
      return nil
    }
    precondition(scores.allSatisfy { $0.count == learners }, "one score for each learner")
    let (n, k) = (Double(scores.count), Double(learners))
    var sums = [Double](repeating: 0, count: learners)
    var spread = 0.0  // E; like S in quarters of whole numbers, so that nothing is rounded
    for row in scores {
      for (learner, rank) in MeanRanks.ranks(of: row).enumerated() {
        sums[learner] += rank
        spread += (rank - (k + 1) / 2) * (rank - (k + 1) / 2)
      }
    }
    let agreement = sums.map { ($0 - n * (k + 1) / 2) * ($0 - n * (k + 1) / 2) }.reduce(0, +)
    averageRanks = sums.map { $0 / n }
    chiSquare = spread > 0 ? (k - 1) * agreement / spread : 0
    probability = chiSquare > 0 ? gsl_cdf_chisq_Q(chiSquare, k - 1) : 1
    let disagreement = n * spread - agreement
    if scores.count == 1 {
      f = nil
      fProbability = nil
    } else if agreement == 0 {
      f = 0
      fProbability = 1
    } else if disagreement == 0 {
      f = .infinity
      fProbability = 0
    } else {
      let f = (n - 1) * agreement / disagreement
      self.f = f
      fProbability = gsl_cdf_fdist_Q(f, k - 1, (k - 1) * (n - 1))
    }
  }
}
