/// Two of several learners beside each other, by their scores on the same data sets.
public struct LearnerPair: Sendable, Equatable {
  /// The place of the first learner.
  public let first: Int
  /// The place of the second.
  public let second: Int
  /// Wilcoxon's test of the differences; positive where the first learner is the worse.
  public let wilcoxon: WilcoxonSignedRankTest
  /// Wilcoxon's probability after Holm's correction for the number of pairs.
  public let holmProbability: Double
  /// The sign test of the differences; positive where the first learner is the worse.
  public let sign: SignTest
  /// How often a score of the first is above one of the second, whichever are the better ones: ``VarghaDelaney``.
  public let a12: Double
  /// The mean difference of scores, first less second, in standard deviations: ``CohenD/paired(differences:)``. Nil where the
  /// differences are equal and not 0, and for a single data set.
  public let cohenD: Double?
  /// The Bayesian test of the differences.
  public let bayes: BayesianSignedRankTest

  /// The probability that the first learner is practically better.
  public var firstIsBetter: Double { bayes.negativeProbability }
  /// The probability that neither is.
  public var equivalent: Double { bayes.equivalentProbability }
  /// The probability that the second is practically better.
  public var secondIsBetter: Double { bayes.positiveProbability }

  /// All pairs of columns of `costs`, which are scores times `sign` so that less is better: finite, a row a data set.
  static func all(ofCosts costs: [[Double]], sign: Double, rope: Double, draws: Int) -> [LearnerPair] {
    let learners = costs.first?.indices ?? 0..<0
    let places = learners.flatMap { first in learners[(first + 1)...].map { (first: first, second: $0) } }
    let differences = places.map { place in costs.map { $0[place.first] - $0[place.second] } }
    let wilcoxon = differences.compactMap { WilcoxonSignedRankTest(differences: $0) }
    let holm = AdjustedProbabilities.holm(wilcoxon.map(\.probability))
    return places.indices.map { index in
      let (first, second) = places[index]
      guard let signTest = SignTest(differences: differences[index]),
        let effect = VarghaDelaney(costs.map { sign * $0[first] }, costs.map { sign * $0[second] }),
        let bayes = BayesianSignedRankTest(differences: differences[index], rope: rope, draws: draws)
      else { preconditionFailure("finite differences have every test") }
      return LearnerPair(
        first: first, second: second, wilcoxon: wilcoxon[index], holmProbability: holm[index], sign: signTest,
        a12: effect.probability, cohenD: CohenD.paired(differences: differences[index].map { sign * $0 }),
        bayes: bayes)
    }
  }
}
