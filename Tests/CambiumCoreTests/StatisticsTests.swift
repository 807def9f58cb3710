import CambiumCore
import Testing

/// References: NumPy 2 (`mean`, `std(ddof=1)`, `median`, `quantile`, `corrcoef`) on the same numbers.
@Suite struct StatisticsTests {
  private let first = [1.0, 4, 2, 8, 5, 7]
  private let second = [2.0, 3, 1, 9, 6, 4]

  private func isNear(_ value: Double?, _ wanted: Double) -> Bool {
    abs((value ?? .infinity) - wanted) < 1e-12
  }

  @Test func descriptive() {
    #expect(isNear(DescriptiveStatistics.mean(of: first), 4.5))
    #expect(isNear(DescriptiveStatistics.standardDeviation(of: first), 2.7386127875258306))
    #expect(isNear(DescriptiveStatistics.median(of: first), 4.5))
    #expect(isNear(DescriptiveStatistics.quantile(0.3, of: first), 3))
    #expect(isNear(DescriptiveStatistics.correlation(between: first, and: second), 0.8358690344794192))
    #expect(isNear(DescriptiveStatistics.skewness(of: first), 0))
  }

  /// The t statistic of the pairs (R's `t.test(paired = TRUE)`) is ½: the mean over its standard error, with n − 1 where ours
  /// has n.
  @Test func aGainIsAsSureAsAPairedTestSays() {
    let gain = PairedGain(from: first, to: second)
    #expect(isNear(gain.mean, 1.0 / 3))
    #expect(isNear(gain.mean / gain.standardError, 0.5 * (6.0 / 5).squareRoot()))
    #expect(gain.isBeyond(0.54) && !gain.isBeyond(0.55))
    #expect(!PairedGain(from: first, to: first).isBeyond(0))
  }

  @Test func ofAGainASampleThatCountsTwiceIsAsTwo() {
    let weighted = PairedGain(from: first, to: second, weights: [2, 1, 1, 1, 1, 1])
    #expect(isNear(weighted.mean, PairedGain(from: first + [1], to: second + [2]).mean))
    let thrice = PairedGain(from: first, to: second, weights: [3, 3, 3, 3, 3, 3])
    #expect(isNear(thrice.standardError, PairedGain(from: first, to: second).standardError))
  }

  @Test func running() {
    let statistics = RunningStatistics()
    for value in first { statistics.add(value) }
    #expect(statistics.count == 6)
    #expect(isNear(statistics.mean, 4.5))
    #expect(isNear(statistics.standardDeviation, 2.7386127875258306))
    #expect(statistics.minimum == 1 && statistics.maximum == 8)
  }

  @Test func undefinedFiguresAreNil() {
    #expect(DescriptiveStatistics.mean(of: []) == nil)
    #expect(DescriptiveStatistics.median(of: []) == nil)
    #expect(DescriptiveStatistics.standardDeviation(of: [1]) == nil)
    #expect(DescriptiveStatistics.standardDeviation(of: [1.7e308, -1.7e308]) == nil)
    #expect(DescriptiveStatistics.skewness(of: [2, 2, 2]) == nil)
    #expect(DescriptiveStatistics.correlation(between: [1, 2], and: [3, 3]) == nil)
    let statistics = RunningStatistics()
    #expect(statistics.mean == nil && statistics.minimum == nil)
    statistics.add(3)
    #expect(statistics.mean == 3 && statistics.standardDeviation == nil)
  }

  @Test func addingAConstantMovesTheMeanAlone() {
    let shifted = first.map { $0 + 1e6 }
    #expect(isNear(DescriptiveStatistics.mean(of: shifted), 1_000_004.5))
    let deviation = DescriptiveStatistics.standardDeviation(of: shifted) ?? 0
    #expect(abs(deviation - 2.7386127875258306) < 1e-9)
  }
}
