import CambiumStatistics
import Testing

@Suite struct BayesianSignedRankTests {
  /// Four standard errors of 50 000 draws: two of each three weights are the same draws laid backwards, which can only
  /// make the error as large as that of 25 000.
  private func isClose(_ value: Double, _ reference: Double) -> Bool {
    abs(value - reference) <= 4 * (reference * (1 - reference) / 25_000).squareRoot() + 1e-4
  }

  @Test func probabilitiesAgreeWithManyMoreDrawsOfBaycomp() throws {
    for (first, second, rope, reference) in References.bayes {
      // Scores are the better the higher: costs are their negatives.
      let differences = References.scores.map { $0[second] - $0[first] }
      let test = try #require(BayesianSignedRankTest(differences: differences, rope: rope))
      #expect(isClose(test.negativeProbability, reference[0]), "\(test), \(reference)")
      #expect(isClose(test.equivalentProbability, reference[1]), "\(test), \(reference)")
      #expect(isClose(test.positiveProbability, reference[2]), "\(test), \(reference)")
    }
  }

  /// One difference d beside the prior's weight v, which is of the beta distribution (½, 1) with P(v ≤ x) = √x.
  @Test func aSingleDifferenceHasItsProbability() throws {
    // d = 3r: all pairs but the prior with itself are beyond, so that v² < ½ decides.
    let far = try #require(BayesianSignedRankTest(differences: [3], rope: 1))
    #expect(isClose(far.positiveProbability, 0.5.squareRoot().squareRoot()))
    #expect(far.negativeProbability == 0)
    // d = 1.5r: only the difference with itself is beyond, so that (1 − v)² > ½ decides.
    let near = try #require(BayesianSignedRankTest(differences: [-1.5], rope: 1))
    #expect(isClose(near.negativeProbability, (1 - 0.5.squareRoot()).squareRoot()))
    #expect(near.positiveProbability == 0)
    // Without a region any difference decides.
    #expect(BayesianSignedRankTest(differences: [0.1])?.positiveProbability == 1)
  }

  @Test func probabilitiesAddUpToOne() throws {
    for rope in [0, 0.005, 0.02, 10] {
      let differences = References.scores.map { $0[0] - $0[2] }
      let test = try #require(BayesianSignedRankTest(differences: differences, rope: rope, draws: 500))
      let sum = test.negativeProbability + test.equivalentProbability + test.positiveProbability
      #expect(abs(sum - 1) < 1e-12)
      if rope == 0 { #expect(test.equivalentProbability == 0) }
      if rope == 10 { #expect(test.equivalentProbability == 1) }
    }
  }

  @Test func orderDoesNotMatterAndSignsExchangeTheSides() throws {
    for rope in [0, 0.01] {
      let differences = References.scores.map { $0[1] - $0[3] }
      let test = try #require(BayesianSignedRankTest(differences: differences, rope: rope, draws: 2000))
      #expect(
        BayesianSignedRankTest(differences: differences.reversed(), rope: rope, draws: 2000) == test)
      let mirrored = try #require(
        BayesianSignedRankTest(differences: differences.map { -$0 }, rope: rope, draws: 2000))
      #expect(mirrored.negativeProbability == test.positiveProbability)
      #expect(mirrored.equivalentProbability == test.equivalentProbability)
      #expect(mirrored.positiveProbability == test.negativeProbability)
    }
  }

  @Test func aLearnerAgainstItselfIsEquivalent() throws {
    let rope = try #require(BayesianSignedRankTest(differences: [0, 0, 0], rope: 0.1))
    #expect(rope.equivalentProbability == 1)
    let none = try #require(BayesianSignedRankTest(differences: [0, 0, 0]))
    #expect(none.negativeProbability == 0.5 && none.positiveProbability == 0.5)
    #expect(BayesianSignedRankTest(differences: []) == nil)
    #expect(BayesianSignedRankTest(differences: [1, .nan]) == nil)
  }
}
