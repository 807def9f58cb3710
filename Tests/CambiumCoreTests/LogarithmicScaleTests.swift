import Foundation
import Testing

@testable import CambiumCore

@Suite struct LogarithmicScaleTests {
  private static let longTail: [Double] = KernelSamples.numbers(300, "tail").map { exponential(2 * $0) }

  @Test func isRestoredAndRises() {
    let scale = LogarithmicScale(origin: 2, unit: 0.5)
    let numbers = [-1e12, -40, 1.5, 2, 2.0001, 3, 100, 1e12, 1e300]
    let values = numbers.map { scale.value(of: $0) }
    for (number, value) in zip(numbers, values) { #expect(isClose(scale.restored(value), number, 1e-11)) }
    #expect(zip(values, values.dropFirst()).allSatisfy { $0 < $1 })
    #expect(scale.value(of: 2) == 0)
    #expect(isClose(scale.value(of: 3), logarithm(3)) && isClose(scale.value(of: 1), -logarithm(3)))
  }

  @Test func halvesTheSkewnessOfALongTail() throws {
    let scale = try #require(LogarithmicScale(fittingTo: Self.longTail))
    let before = try #require(DescriptiveStatistics.skewness(of: Self.longTail))
    let after = try #require(DescriptiveStatistics.skewness(of: Self.longTail.map { scale.value(of: $0) }))
    #expect(abs(after) < 0.5 * before)
    #expect(scale.origin == Self.longTail.min())
  }

  @Test func leavesOtherColumnsAsTheyAre() {
    #expect(LogarithmicScale(fittingTo: KernelSamples.numbers(300, "symmetric")) == nil)
    #expect(LogarithmicScale(fittingTo: Self.longTail.map { -$0 }) == nil)
    #expect(LogarithmicScale(fittingTo: [Double](repeating: 3, count: 20)) == nil)
    #expect(LogarithmicScale(fittingTo: [Double](repeating: 0, count: 50) + [1, 2, 100]) == nil)
    for count in 0...3 { #expect(LogarithmicScale(fittingTo: Array(Self.longTail.prefix(count))) == nil) }
    let tooWide = [-1e308, 1, 2, 3, 4, 5, 6, 7, 8, 1.7e308]
    #expect(LogarithmicScale(fittingTo: tooWide) == nil)
  }

  @Test func isReadBackAndChecked() throws {
    let scale = LogarithmicScale(origin: -0.1, unit: 1.0 / 3)
    let data = try JSONEncoder().encode(scale)
    #expect(try JSONDecoder().decode(LogarithmicScale.self, from: data) == scale)
    for text in [#"{"origin": 0, "unit": 0}"#, #"{"origin": 0, "unit": -1}"#, #"{"origin": 0}"#] {
      #expect(throws: (any Error).self) {
        try JSONDecoder().decode(LogarithmicScale.self, from: Data(text.utf8))
      }
    }
  }
}
