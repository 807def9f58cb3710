import Testing

@testable import CambiumStatistics

// What other programs say stands, with its origin, in References.swift.

/// Equal to 1e-8 of the reference, or to 1e-12 where it is nearly 0.
func agrees(_ value: Double?, _ reference: Double) -> Bool {
  value.map { abs($0 - reference) <= max(1e-12, 1e-8 * abs(reference)) } ?? false
}

@Suite struct ReferenceTests {
  let comparison: LearnerComparison

  init() throws {
    comparison = try LearnerComparison(
      scores: References.scores.map { $0.map(Optional.some) }, learners: ["a", "b", "c", "d"],
      direction: .higherIsBetter, rope: 0.01)
  }

  @Test func ranksAndFriedmanAgreeWithSciPy() {
    for (rank, reference) in zip(comparison.averageRanks, References.averageRanks) {
      #expect(agrees(rank, reference))
    }
    #expect(agrees(comparison.friedman.chiSquare, References.friedman[0]))
    #expect(agrees(comparison.friedman.probability, References.friedman[1]))
    #expect(agrees(comparison.friedman.f, References.imanDavenport[0]))
    #expect(agrees(comparison.friedman.fProbability, References.imanDavenport[1]))
  }

  @Test func pairsAgreeWithSciPyAndStatsmodels() {
    #expect(comparison.pairs.count == 6)
    for (index, pair) in comparison.pairs.enumerated() {
      #expect(agrees(pair.wilcoxon.probability, References.wilcoxon[index]))
      #expect(agrees(pair.holmProbability, References.holm[index]))
      #expect(agrees(pair.sign.probability, References.sign[index]))
      #expect(agrees(pair.a12, References.a12[index]))
      #expect(agrees(pair.cohenD, References.cohenPaired[index]))
    }
  }

  @Test func signsOfManyAgreeWithSciPy() {
    for ((wins, total), reference) in zip([(40, 100), (700, 1500), (0, 30)], References.signsOfMany) {
      let differences = (0..<total).map { $0 < wins ? 1.0 : -1 }
      #expect(agrees(SignTest(differences: differences)?.probability, reference))
    }
  }

  @Test func correctionsAgreeWithStatsmodels() {
    let probabilities = References.probabilities
    for (value, reference) in zip(
      AdjustedProbabilities.holm(probabilities), References.probabilitiesByHolm)
    {
      #expect(agrees(value, reference))
    }
    for (value, reference) in zip(
      AdjustedProbabilities.hochberg(probabilities), References.probabilitiesByHochberg)
    {
      #expect(agrees(value, reference))
    }
    for (value, reference) in zip(AdjustedProbabilities.hochberg(References.wilcoxon), References.hochberg) {
      #expect(agrees(value, reference))
    }
  }

  @Test func nemenyiAgreesWithScikitPosthocs() {
    for (pair, reference) in zip(comparison.pairs, References.nemenyi) {
      let difference = comparison.averageRanks[pair.first] - comparison.averageRanks[pair.second]
      #expect(agrees(comparison.nemenyi.probability(ofRankDifference: difference), reference))
    }
  }

  @Test func effectSizesOfUnequalSamplesAgreeWithSciPyAndNumPy() {
    let column = References.scores.map { $0[0] }
    #expect(
      agrees(
        VarghaDelaney(References.sample.map { $0 / 5 }, column)?.probability, References.a12OfUnequalSizes))
    #expect(agrees(CohenD.unpaired(References.sample, column), References.cohenUnpaired))
  }

  @Test func theStudentizedRangeAgreesWithManyDigits() {
    for (count, tail, quantile) in References.studentizedRange {
      let range = StudentizedRange(count: count)
      #expect(agrees(range.quantile(upperTail: tail), quantile), "\(count), \(tail)")
      #expect(agrees(range.upperTail(quantile), tail), "\(count), \(tail)")
    }
    for (count, quantile) in zip([2, 3, 5, 10, 20], References.studentizedRangeOfSciPy) {
      #expect(agrees(StudentizedRange(count: count).quantile(upperTail: 0.05), quantile))
    }
  }
}
