/// The comparison of several learners by their scores on the same data sets: all learners together, and each with each.
///
/// Ranks, Friedman's and Nemenyi's tests are of all; Wilcoxon's, the sign test, the effect sizes and the Bayesian test are of
/// each pair, Wilcoxon's corrected for their number by Holm. Data sets are taken as independent: a row is a data set, not a
/// split of one (for splits see ``CorrectedResampledTest``). Neither the order of the learners nor that of the data sets
/// matters (Demšar 2006, *Statistical comparisons of classifiers over multiple data sets*, JMLR 7; Benavoli et al. 2017,
/// JMLR 18).
public struct LearnerComparison: Sendable, Equatable {
  /// Which scores are the better ones.
  public enum Direction: Sendable, Equatable {
    /// Errors, losses, seconds.
    case lowerIsBetter
    /// Accuracies, areas under a curve.
    case higherIsBetter
  }

  /// The largest size of a score, so that sums and differences stay finite.
  public static let largestScore = 1e300

  /// The learners' names.
  public let learners: [String]
  /// Which scores are the better ones.
  public let direction: Direction
  /// The level of significance, for the critical difference and the cliques.
  public let level: Double
  /// How many data sets are compared on: those with a score of every learner.
  public let dataSetCount: Int
  /// The places of the data sets that are left out, since a learner has no score there.
  public let leftOut: [Int]
  /// Friedman's test of all learners, and their average ranks.
  public let friedman: FriedmanTest
  /// Nemenyi's test of all average ranks.
  public let nemenyi: NemenyiTest
  /// The least difference of two average ranks that is significant by Nemenyi's test.
  public let criticalDifference: Double
  /// Each pair of learners, the first before the second: first with second, first with third, …
  public let pairs: [LearnerPair]
  /// The places of the learners from the best average rank to the worst; equal ones by name.
  public let order: [Int]
  /// Groups of learners, best first, in which no two differ by Wilcoxon's test after Holm's correction; see ``Cliques``.
  public let cliques: [[Int]]

  /// The average rank of each learner, 1 where it is the best on every data set.
  public var averageRanks: [Double] { friedman.averageRanks }

  /// Compares `learners` by their `scores`.
  ///
  /// - Parameters:
  ///   - scores: A row for each data set, in it a score for each learner, in any unit of the data set's; nil where there is
  ///     none. A data set without a score of every learner is left out of everything.
  ///   - learners: The learners' names, each another.
  ///   - direction: Which scores are the better ones.
  ///   - rope: The largest difference of scores that does not matter, ≥ 0, for the Bayesian test.
  ///   - level: The level of significance, 0 < level < 1.
  ///   - draws: How many weights the Bayesian test draws, ≥ 1.
  /// - Throws: ``ComparisonTrouble`` where there is nothing to compare, or a score is not a number in ±1e300.
  ///
  /// Cost for n data sets and k learners: k²/2 Bayesian tests of draws · n each.
  public init(
    scores: [[Double?]], learners: [String], direction: Direction = .lowerIsBetter, rope: Double = 0,
    level: Double = 0.05, draws: Int = BayesianSignedRankTest.drawCount
  ) throws(ComparisonTrouble) {
    precondition(scores.allSatisfy { $0.count == learners.count }, "one score for each learner, or nil")
    precondition(Set(learners).count == learners.count, "a different name for every learner")
    precondition(rope >= 0 && rope.isFinite && level > 0 && level < 1, "a width, and a level between 0 and 1")
    guard learners.count > 1 else { throw .tooFewLearners(learners.count) }
    for (dataSet, row) in scores.enumerated() {
      for (learner, score) in row.enumerated() {
        if let score, !(abs(score) <= Self.largestScore) {
          throw .unusableScore(dataSet: dataSet, learner: learner, score: score)
        }
      }
    }
    // As costs, so that less is better.
    let sign = direction == .lowerIsBetter ? 1.0 : -1
    let costs = scores.filter { !$0.contains(nil) }.map { row in row.map { sign * ($0 ?? 0) } }
    guard let friedman = FriedmanTest(scores: costs) else { throw .noCompleteDataSet }
    self.learners = learners
    self.direction = direction
    self.level = level
    self.friedman = friedman
    dataSetCount = costs.count
    leftOut = scores.indices.filter { scores[$0].contains(nil) }
    nemenyi = NemenyiTest(learnerCount: learners.count, dataSetCount: costs.count)
    criticalDifference = nemenyi.criticalDifference(level: level)
    pairs = LearnerPair.all(ofCosts: costs, sign: sign, rope: rope, draws: draws)

    let ranks = friedman.averageRanks
    let order = learners.indices.sorted { (ranks[$0], learners[$0]) < (ranks[$1], learners[$1]) }
    let different = Set(
      pairs.filter { $0.holmProbability <= level }.flatMap {
        [[$0.first, $0.second], [$0.second, $0.first]]
      })
    self.order = order
    cliques = Cliques.maximal(count: order.count) { different.contains([order[$0], order[$1]]) }
      .map { Array(order[$0]) }
  }
}

/// Why learners cannot be compared.
public enum ComparisonTrouble: Error, Sendable, Equatable {
  /// There are fewer than two learners.
  case tooFewLearners(Int)
  /// A score is not a number, or larger than ``LearnerComparison/largestScore``.
  case unusableScore(dataSet: Int, learner: Int, score: Double)
  /// No data set has a score of every learner.
  case noCompleteDataSet
}
