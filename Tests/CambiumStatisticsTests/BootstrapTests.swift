import Testing

@testable import CambiumStatistics

@Suite struct BootstrapTests {
  let sample = References.sample

  @Test func theEndsOfGivenMeansAgreeWithSciPy() {
    let count = Double(sample.count)
    let sum = sample.reduce(0, +)
    let distribution = BootstrapDistribution(
      resampled: sample.flatMap { first in sample.map { (first + $0) / 2 } }, estimate: sum / count,
      leftOut: sample.map { (sum - $0) / (count - 1) })
    for (method, reference) in [
      (BootstrapMethod.percentile, References.intervalOfGivenMeans.percentile),
      (.biasCorrected, References.intervalOfGivenMeans.biasCorrected),
    ] {
      let interval = distribution.interval(method, level: 0.9)
      #expect(agrees(interval.lower, reference[0]) && agrees(interval.upper, reference[1]), "\(method)")
    }
  }

  /// A quantile of B resamples errs by √(p(1 − p)/B)/density: with B = 200 000, p = 0.025 and a density of about 0.05 by
  /// 0.007; for the corrected ends, whose shares err with the bias too, half as much again. Four of these are allowed.
  @Test func intervalsOfMeansAgreeWithManyMoreResamplesOfSciPy() throws {
    for (method, reference) in [
      (BootstrapMethod.percentile, References.meanPercentile),
      (.biasCorrected, References.meanBiasCorrected),
    ] {
      let interval = try #require(
        ConfidenceInterval.bootstrap(.mean, of: sample, method: method, resamples: 200_000))
      #expect(
        abs(interval.lower - reference[0]) < 0.04 && abs(interval.upper - reference[1]) < 0.04, "\(interval)")
    }
  }

  /// The median of ten values takes few values: its quantiles are the same but where a share falls on a step.
  @Test func intervalsOfMediansAgreeWithManyMoreResamplesOfSciPy() throws {
    for (method, reference) in [
      (BootstrapMethod.percentile, References.medianPercentile),
      (.biasCorrected, References.medianBiasCorrected),
    ] {
      let interval = try #require(
        ConfidenceInterval.bootstrap(.median, of: sample, method: method, resamples: 100_000))
      #expect(agrees(interval.lower, reference[0]) && agrees(interval.upper, reference[1]), "\(interval)")
    }
  }

  /// Of three values the 27 samples can be listed: means 0 (1/27), 1/3 (3), 2/3 (3), 1 (1 + 6 of 0, 1, 2), …
  @Test func allSamplesOfThreeValuesHaveTheirShares() throws {
    let values = [0.0, 1, 5]
    let all = values.flatMap { a in values.flatMap { b in values.map { (a + b + $0) / 3 } } }.sorted()
    for level in [0.5, 0.8] {
      let interval = try #require(
        ConfidenceInterval.bootstrap(.mean, of: values, method: .percentile, level: level, resamples: 50_000))
      // The shares (1 ∓ level)/2 of 27 lie inside steps, well beyond the Monte-Carlo error of 0.002.
      let place = (1 - level) / 2 * 27
      #expect(abs(interval.lower - all[Int(place)]) < 1e-12)
      #expect(abs(interval.upper - all[26 - Int(place)]) < 1e-12)
    }
  }

  @Test func valuesAndSeedAloneDecide() {
    for statistic in BootstrapStatistic.allCases {
      for method in BootstrapMethod.allCases {
        func interval(of values: [Double], seed: UInt64 = 1) -> ConfidenceInterval? {
          ConfidenceInterval.bootstrap(statistic, of: values, method: method, resamples: 500, seed: seed)
        }
        let first = interval(of: sample)
        #expect(first != nil)
        #expect(first == interval(of: sample))
        #expect(first == interval(of: sample.reversed()))
        if statistic == .mean { #expect(first != interval(of: sample, seed: 2)) }
      }
    }
  }

  @Test func degenerateSamplesHaveADefinedAnswer() throws {
    for statistic in BootstrapStatistic.allCases {
      for method in BootstrapMethod.allCases {
        #expect(ConfidenceInterval.bootstrap(statistic, of: [], method: method) == nil)
        #expect(ConfidenceInterval.bootstrap(statistic, of: [1], method: method) == nil)
        #expect(ConfidenceInterval.bootstrap(statistic, of: [1, .nan], method: method) == nil)
        #expect(ConfidenceInterval.bootstrap(statistic, of: [1, .infinity], method: method) == nil)
        let same = try #require(ConfidenceInterval.bootstrap(statistic, of: [3, 3, 3], method: method))
        #expect(same.lower == 3 && same.upper == 3)
        for values in [[1, 2], [1e-300, 2e-300, 4e-300], [-1e300, 1e300, 2]] {
          let interval = try #require(
            ConfidenceInterval.bootstrap(
              statistic, of: values, method: method, level: 0.999_999_9, resamples: 50))
          #expect(interval.lower <= interval.upper && interval.lower.isFinite && interval.upper.isFinite)
        }
      }
    }
  }
}
