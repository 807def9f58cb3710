/// The Bayesian signed-rank test of paired differences, with a region of practical equivalence.
///
/// The prior of the differences' distribution is a Dirichlet process of strength ½ at 0. Of its posterior, weights
/// w ~ Dirichlet(½, 1, …, 1) of z₀ = 0 and the differences z₁…zₙ are drawn, and
///
///     θ(negative) = Σᵢⱼ wᵢwⱼ H(−2r − zᵢ − zⱼ),  θ(positive) = Σᵢⱼ wᵢwⱼ H(zᵢ + zⱼ − 2r),  θ(equivalent) = the rest,
///
/// with H(0) = ½. The probability of each is the share of the draws in which it is the largest; where several are,
/// they share the draw (Benavoli, Corani, Demšar and Zaffalon 2017, *Time for a change: a tutorial for comparing multiple
/// classifiers through Bayesian analysis*, JMLR 18). Without a region (r = 0) nothing is equivalent.
public struct BayesianSignedRankTest: Sendable, Equatable {
  /// How many weights are drawn: a probability p errs by about √(p(1 − p)/25 000), at most 0.0032.
  public static let drawCount = 25_000

  /// The probability that differences are practically below 0.
  public let negativeProbability: Double
  /// The probability that they are practically none.
  public let equivalentProbability: Double
  /// The probability that differences are practically above 0.
  public let positiveProbability: Double

  /// The test of `differences`.
  ///
  /// The order of the differences changes nothing, and their negatives have the first and the last probability exchanged,
  /// for each draw of weights is laid on the sorted differences once forwards and once backwards.
  ///
  /// - Parameters:
  ///   - differences: One for each data set.
  ///   - rope: The largest difference r ≥ 0 that does not matter.
  ///   - draws: How many weights are drawn, ≥ 1.
  ///   - seed: The seed of the draws; its lower 32 bits count.
  /// - Returns: Nil where there are none or one is not finite.
  ///
  /// Cost: n² comparisons, and draws · n.
  public init?(
    differences: [Double], rope: Double = 0, draws: Int = BayesianSignedRankTest.drawCount, seed: UInt64 = 1
  ) {
    precondition(rope >= 0 && rope.isFinite && draws > 0, "a finite width, and a number of draws")
    guard !differences.isEmpty, differences.allSatisfy(\.isFinite) else { return nil }
    var sums = PairSums(differences: differences, rope: rope)
    let generator = SeededGenerator(seed: seed)
    var wins = (negative: 0.0, equivalent: 0.0, positive: 0.0)
    var weights = [Double](repeating: 0, count: differences.count)
    for _ in 0..<draws {
      // Dirichlet weights but for their sum, which changes no comparison.
      let prior = generator.gamma(shape: 0.5)
      for index in weights.indices { weights[index] = generator.exponential() }
      for _ in 0..<2 {
        let shares = sums.shares(prior: prior, weights: weights)
        // Equal shares differ by rounding.
        let largest = max(shares.negative, shares.equivalent, shares.positive) - 1e-12
        let won = (
          negative: shares.negative >= largest ? 1.0 : 0, equivalent: shares.equivalent >= largest ? 1.0 : 0,
          positive: shares.positive >= largest ? 1.0 : 0
        )
        let winners = won.negative + won.equivalent + won.positive
        wins.negative += won.negative / winners
        wins.equivalent += won.equivalent / winners
        wins.positive += won.positive / winners
        weights.reverse()
      }
    }
    let total = Double(2 * draws)
    negativeProbability = wins.negative / total
    equivalentProbability = wins.equivalent / total
    positiveProbability = wins.positive / total
  }
}

/// Sorted values, 0 among them, and which sums of two lie beyond the region.
private struct PairSums {
  /// Where 0 stands among the sorted values.
  private let priorPlace: Int
  /// For each value, how many others lie so low that their sum is below −2r, and at most −2r.
  private var below: [Int] = []
  private var notAbove: [Int] = []
  /// For each value, from which place on the sum is above 2r, and at least 2r.
  private var above: [Int] = []
  private var notBelow: [Int] = []
  /// The weights of the sorted values, and their sums before each place.
  private var weights: [Double]
  private var sums: [Double]

  init(differences: [Double], rope: Double) {
    let sorted = differences.sorted()
    // In the middle of other zeros it would not matter where it stands: they are equal.
    priorPlace = sorted.firstIndex { $0 >= 0 } ?? sorted.count
    weights = [Double](repeating: 0, count: sorted.count + 1)
    sums = [Double](repeating: 0, count: sorted.count + 2)
    let values = Array(sorted[..<priorPlace]) + [0] + Array(sorted[priorPlace...])
    for value in values {
      func firstPlace(where isReached: (Double) -> Bool) -> Int {
        values.firstIndex { isReached(value + $0) } ?? values.count
      }
      below.append(firstPlace { $0 >= -2 * rope })
      notAbove.append(firstPlace { $0 > -2 * rope })
      above.append(firstPlace { $0 > 2 * rope })
      notBelow.append(firstPlace { $0 >= 2 * rope })
    }
  }

  /// The shares θ of the pairs, for the weight of the prior's 0 and those of the sorted differences.
  mutating func shares(
    prior: Double, weights drawn: [Double]
  ) -> (negative: Double, equivalent: Double, positive: Double) {
    for place in 0..<priorPlace { weights[place] = drawn[place] }
    weights[priorPlace] = prior
    for place in priorPlace..<drawn.count { weights[place + 1] = drawn[place] }
    for place in weights.indices { sums[place + 1] = sums[place] + weights[place] }
    let total = sums[weights.count]
    var (negative, positive) = (0.0, 0.0)
    for place in weights.indices {
      negative += weights[place] * (sums[below[place]] + sums[notAbove[place]]) / 2
      positive += weights[place] * (total - (sums[above[place]] + sums[notBelow[place]]) / 2)
    }
    negative /= total * total
    positive /= total * total
    return (negative, 1 - negative - positive, positive)
  }
}
