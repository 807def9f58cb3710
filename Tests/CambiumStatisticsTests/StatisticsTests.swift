import CambiumStatistics
import Foundation
import Testing

// Reference values: SciPy 1.17.1 and NumPy; the call stands beside each.

private func close(_ value: Double, _ reference: Double) -> Bool {
  abs(value - reference) <= 1e-10 * max(1, abs(reference))
}

@Suite struct SummaryTests {
  let values = [1.2, 3.4, 2.2, 5.1, 4.4, 0.7, 2.9]

  @Test func summaryAgreesWithNumPy() throws {
    let summary = try #require(Summary(of: values))
    #expect(summary.count == 7)
    #expect(close(summary.mean, 2.842857142857142))  // numpy.mean
    #expect(close(summary.standardDeviation, 1.6091997419599))  // numpy.std(ddof=1)
    #expect(summary.median == 2.9)  // numpy.median
    #expect(summary.minimum == 0.7 && summary.maximum == 5.1)
  }

  @Test func theOrderOfTheValuesDoesNotMatter() throws {
    let forward = try #require(Summary(of: values))
    let backward = try #require(Summary(of: values.reversed()))
    #expect(close(forward.mean, backward.mean))
    #expect(close(forward.standardDeviation, backward.standardDeviation))
  }

  @Test func degenerateSamplesHaveADefinedAnswer() {
    #expect(Summary(of: []) == nil)
    #expect(Summary(of: [1, .nan]) == nil)
    #expect(Summary(of: [2])?.standardDeviation == 0)
    #expect(Summary(of: [2]).map { ConfidenceInterval.ofMean($0) } == .some(nil))
    #expect(Summary(of: [3, 3, 3]).flatMap { ConfidenceInterval.ofMean($0) }?.lower == 3)
  }

  @Test func intervalAgreesWithSciPy() throws {
    let summary = try #require(Summary(of: values))
    // scipy.stats.t.interval(0.95, 6, mean, sem) and the same at 0.99
    let usual = try #require(ConfidenceInterval.ofMean(summary))
    #expect(close(usual.lower, 1.3545956033110345) && close(usual.upper, 4.3311186824032495))
    let wide = try #require(ConfidenceInterval.ofMean(summary, level: 0.99))
    #expect(close(wide.lower, 0.5879240392427287) && close(wide.upper, 5.097790246471556))
  }
}

@Suite struct PairedTestTests {
  let differences = [0.12, -0.03, 0.25, 0.31, 0.08, -0.11, 0.19, 0.27, 0.05, 0.14]

  @Test func withoutCorrectionItIsThePairedT() throws {
    let test = try #require(CorrectedResampledTest(differences: differences, heldOutRatio: 0))
    // scipy.stats.ttest_1samp(d, 0)
    #expect(close(test.statistic, 2.9914804124810535))
    #expect(close(test.probability, 0.015164456383565086))
  }

  @Test func theCorrectedTestAgreesWithItsFormula() throws {
    let test = try #require(CorrectedResampledTest(differences: differences, heldOutRatio: 1.0 / 9))
    // t = mean / (std(ddof=1) sqrt(1/10 + 1/9)), p = 2 scipy.stats.t.sf(t, 9)
    #expect(close(test.meanDifference, 0.127))
    #expect(close(test.statistic, 2.058878022566255))
    #expect(close(test.probability, 0.06960645783476392))
  }

  @Test func aLearnerAgainstItselfDoesNotDiffer() throws {
    let same = try #require(CorrectedResampledTest(differences: [0, 0, 0], heldOutRatio: 0.1))
    #expect(same.statistic == 0 && same.probability == 1)
    #expect(WilcoxonSignedRankTest(differences: [0, 0, 0])?.probability == 1)
    #expect(CorrectedResampledTest(differences: [1, 1], heldOutRatio: 0.1)?.probability == 0)
    #expect(CorrectedResampledTest(differences: [1], heldOutRatio: 0.1) == nil)
    #expect(WilcoxonSignedRankTest(differences: []) == nil)
  }

  @Test func equivalenceAgreesWithSciPy() throws {
    // scipy.stats.ttest_1samp(d, -margin, alternative='greater') and (d, margin, alternative='less')
    let references = [
      (0.05, 0.0012071912039024523, 0.9484384577445486), (0.2, 1.49618368599364e-05, 0.05981847087945647),
      (0.3, 1.705042735482047e-06, 0.00138935487033608),
    ]
    for (margin, notLower, notHigher) in references {
      let test = try #require(EquivalenceTest(differences: differences, margin: margin))
      #expect(close(test.notLowerProbability, notLower) && close(test.notHigherProbability, notHigher))
      #expect(test.probability == test.notHigherProbability && close(test.meanDifference, 0.127))
    }
    // scipy.stats.t.sf((mean ± 0.3) / (std(ddof=1) sqrt(1/10 + 1/9)), 9)
    let corrected = try #require(
      EquivalenceTest(differences: differences, margin: 0.3, heldOutRatio: 1.0 / 9))
    #expect(close(corrected.notLowerProbability, 3.446510072739491e-05))
    #expect(close(corrected.notHigherProbability, 0.010278562809840979))
  }

  @Test func equivalenceIsFoundWhereTheIntervalLiesInsideTheMargin() throws {
    let interval = try #require(
      Summary(of: differences).flatMap { ConfidenceInterval.ofMean($0, level: 0.9) })
    for margin in [interval.upper * 0.999, interval.upper * 1.001] {
      let test = try #require(EquivalenceTest(differences: differences, margin: margin))
      #expect((test.probability < 0.05) == (interval.upper < margin))
    }
    let mirrored = try #require(EquivalenceTest(differences: differences.map { -$0 }, margin: 0.2))
    let test = try #require(EquivalenceTest(differences: differences, margin: 0.2))
    #expect(close(mirrored.notLowerProbability, test.notHigherProbability))
    #expect(EquivalenceTest(differences: [0, 0], margin: 0.1)?.probability == 0)
    #expect(EquivalenceTest(differences: [0.2, 0.2], margin: 0.1)?.probability == 1)
    #expect(EquivalenceTest(differences: [1], margin: 0.1) == nil)
    #expect(EquivalenceTest(differences: [1, .nan], margin: 0.1) == nil)
  }

  @Test func wilcoxonIsExactWithoutTies() throws {
    let test = try #require(WilcoxonSignedRankTest(differences: differences))
    // scipy.stats.wilcoxon(d, method='exact')
    #expect(min(test.positiveRankSum, test.negativeRankSum) == 5)
    #expect(close(test.probability, 0.01953125))
  }

  @Test func wilcoxonIsExactWithTiesAndZeros() throws {
    let test = try #require(WilcoxonSignedRankTest(differences: [1, 1, 2, -2, 3, 4, -1, 0, 5, 5]))
    // scipy.stats.wilcoxon(d, method=PermutationMethod(n_resamples=inf))
    #expect(test.count == 9)
    #expect(test.negativeRankSum == 6.5)
    #expect(close(test.probability, 0.06640625))
  }

  @Test func wilcoxonIsNormalForManyDifferences() throws {
    let waves = (1...60).map { sin(Double($0)) + 0.2 }
    // scipy.stats.wilcoxon(d, method='approx', correction=False), then with d rounded to one decimal: ties, a zero
    #expect(close(try #require(WilcoxonSignedRankTest(differences: waves)).probability, 0.014822355953141709))
    let rounded = waves.map { ($0 * 10).rounded(.toNearestOrEven) / 10 }
    let tied = try #require(WilcoxonSignedRankTest(differences: rounded))
    #expect(tied.count == 59)
    #expect(close(tied.probability, 0.014783304083591907))
  }

  @Test func exchangingTheLearnersExchangesTheSigns() throws {
    let forward = try #require(WilcoxonSignedRankTest(differences: differences))
    let backward = try #require(WilcoxonSignedRankTest(differences: differences.map { -$0 }))
    #expect(forward.positiveRankSum == backward.negativeRankSum)
    #expect(forward.probability == backward.probability)
  }
}
