import CambiumStatistics
import Testing

/// SplitMix64 (Steele, Lea and Flood 2014).
private struct Noise: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// The sum of twelve even numbers less 6: nearly normal.
  mutating func normal() -> Double {
    (0..<12).map { _ in Double.random(in: 0..<1, using: &self) }.reduce(-6, +)
  }
}

/// Probabilities where nothing differs, from seeded draws.
///
/// Of 1000 draws a share s errs by √(s(1 − s)/1000) < 0.016; three and a half of these are allowed, and 0.015 for a
/// distribution that is approximate.
@Suite struct NullDistributionTests {
  private let levels = [0.05, 0.1, 0.3, 0.5, 0.8]

  private func probabilities(_ draw: (inout Noise) -> Double?) -> [Double] {
    var noise = Noise(state: 17)
    return (0..<1000).compactMap { _ in draw(&noise) }
  }

  private func share(_ probabilities: [Double], atMost level: Double) -> Double {
    Double(probabilities.count { $0 <= level }) / Double(probabilities.count)
  }

  @Test func probabilitiesOfFriedmanAndStudentAreEven() {
    let friedman = probabilities { noise in
      FriedmanTest(scores: (0..<20).map { _ in (0..<5).map { _ in noise.normal() } })?.fProbability
    }
    let student = probabilities { noise in
      CorrectedResampledTest(differences: (0..<8).map { _ in noise.normal() }, heldOutRatio: 0)?.probability
    }
    for probabilities in [friedman, student] {
      #expect(probabilities.count == 1000)
      for level in levels {
        let allowed = 3.5 * (level * (1 - level) / 1000).squareRoot() + 0.015
        #expect(abs(share(probabilities, atMost: level) - level) < allowed, "\(level)")
      }
    }
  }

  /// Exact tests of few differences have steps: what they call p happens at most with p, and is reached at the steps.
  @Test func probabilitiesOfExactTestsHoldTheirSteps() {
    let wilcoxon = probabilities { noise in
      WilcoxonSignedRankTest(differences: (0..<12).map { _ in noise.normal() })?.probability
    }
    let sign = probabilities { noise in
      SignTest(differences: (0..<12).map { _ in noise.normal() })?.probability
    }
    for probabilities in [wilcoxon, sign] {
      for level in levels {
        let step = probabilities.filter { $0 <= level }.max() ?? 0
        let allowed = 3.5 * (step * (1 - step) / 1000).squareRoot()
        #expect(abs(share(probabilities, atMost: level) - step) <= allowed, "\(level)")
      }
    }
  }

  @Test func nemenyiFindsOneInTwentyWhereNothingDiffers() {
    let test = NemenyiTest(learnerCount: 6, dataSetCount: 30)
    let difference = test.criticalDifference(level: 0.05)
    let found = probabilities { noise in
      let ranks = FriedmanTest(scores: (0..<30).map { _ in (0..<6).map { _ in noise.normal() } })?
        .averageRanks
      return ranks.map { ($0.max() ?? 0) - ($0.min() ?? 0) >= difference ? 1 : 0 }
    }
    #expect(abs(found.reduce(0, +) / 1000 - 0.05) < 0.035)
  }
}

@Suite struct StudentizedRangeTests {
  /// Two numbers differ by √2 times a normal one.
  @Test func ofTwoNumbersItIsNormal() {
    // scipy.stats.norm.isf(0.025) * sqrt(2)
    #expect(abs(StudentizedRange(count: 2).quantile(upperTail: 0.05) - 2.7718076486993554) < 1e-10)
  }

  /// With two learners and level 0.05: 1.96/√n, as the sign test's normal approximation has it.
  @Test func theCriticalDifferenceOfTwoLearnersIsNormal() {
    for count in [1, 7, 100] {
      let test = NemenyiTest(learnerCount: 2, dataSetCount: count)
      #expect(abs(test.criticalDifference() - 1.959963984540054 / Double(count).squareRoot()) < 1e-9)
    }
  }

  @Test func theTailFallsFromOneAndTheQuantileTurnsItBack() {
    for count in [2, 5, 40, 3000] {
      let range = StudentizedRange(count: count)
      let tails = stride(from: 0.0, through: 20, by: 0.5).map(range.upperTail)
      #expect(tails.first == 1 && zip(tails, tails.dropFirst()).allSatisfy { $0 + 1e-13 >= $1 })
      #expect(tails.allSatisfy { $0 >= 0 && $0 <= 1 })
      for tail in [1e-12, 0.001, 0.05, 0.5, 0.999] {
        #expect(abs(range.upperTail(range.quantile(upperTail: tail)) / tail - 1) < 1e-9)
      }
    }
  }

  @Test func moreNumbersHaveALargerRange() {
    let quantiles = (2...30).map { StudentizedRange(count: $0).quantile(upperTail: 0.05) }
    #expect(zip(quantiles, quantiles.dropFirst()).allSatisfy { $0 < $1 })
  }
}

@Suite struct CorrectionTests {
  @Test func correctionsLieBetweenTheRawAndBonferroni() {
    let probabilities = References.probabilities
    let holm = AdjustedProbabilities.holm(probabilities)
    let hochberg = AdjustedProbabilities.hochberg(probabilities)
    for index in probabilities.indices {
      #expect(probabilities[index] <= hochberg[index] && hochberg[index] <= holm[index])
      #expect(holm[index] <= min(1, Double(probabilities.count) * probabilities[index]))
    }
    #expect(AdjustedProbabilities.holm(probabilities.reversed()) == holm.reversed())
    #expect(AdjustedProbabilities.holm([]) == [] && AdjustedProbabilities.hochberg([]) == [])
    #expect(AdjustedProbabilities.holm([0.3]) == [0.3] && AdjustedProbabilities.hochberg([0.3]) == [0.3])
  }
}

@Suite struct EffectSizeTests {
  @Test func degenerateSamplesHaveADefinedAnswer() {
    #expect(VarghaDelaney([], [1]) == nil && VarghaDelaney([1], [.infinity]) == nil)
    #expect(VarghaDelaney([1, 1], [1])?.probability == 0.5)
    #expect(VarghaDelaney([2, 3], [1, 1, 0])?.probability == 1)
    #expect(CohenD.paired(differences: [1]) == nil && CohenD.paired(differences: [1, 1]) == nil)
    #expect(CohenD.paired(differences: [0, 0]) == 0)
    #expect(CohenD.unpaired([1], [2]) == nil && CohenD.unpaired([1, 1], [2, 2]) == nil)
    #expect(CohenD.unpaired([1, 1], [1]) == 0)
    #expect(SignTest(differences: []) == nil && SignTest(differences: [.nan]) == nil)
    #expect(SignTest(differences: [0, 0])?.probability == 1)
    #expect(FriedmanTest(scores: []) == nil && FriedmanTest(scores: [[1]]) == nil)
    #expect(FriedmanTest(scores: [[1, .nan]]) == nil)
  }

  @Test func tiesShareTheirMeanRank() {
    #expect(MeanRanks.ranks(of: [3, 1, 3, 2]) == [3.5, 1, 3.5, 2])
    #expect(MeanRanks.ranks(of: []) == [])
    #expect(MeanRanks.ranks(of: [0, -0.0, 0]) == [2, 2, 2])
  }
}
