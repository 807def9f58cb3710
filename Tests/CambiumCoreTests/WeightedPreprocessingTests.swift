import Testing

@testable import CambiumCore

/// Means and deviations that know what each row counts.
@Suite struct WeightedPreprocessingTests {
  private let numbers: [Double] = [1, 2, 4, 8, 3]
  private let weights: [Double] = [1, 3, 2, 1, 2]
  private let target: [Double] = [0.5, 2.5, 1, -1, 4]
  private var table: Table {
    Table(columns: [
      .init(name: "a", values: .numbers(NumberColumn(numbers))),
      .init(name: "gaps", values: .numbers([.nan, 1, .nan, 5, 2])),
      .init(name: "word", values: .texts(["x", "y", "y", nil, "x"])),
      .init(name: "y", values: .numbers(NumberColumn(target))),
    ])
  }

  /// Σ v (x − x̄)² · V / (V² − Σ v²), written out.
  private func naive(_ values: [Double], _ weights: [Double]) -> (mean: Double, deviation: Double) {
    let total = weights.reduce(0, +)
    let mean = zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } / total
    let sum = zip(values, weights).reduce(0) { $0 + $1.1 * ($1.0 - mean) * ($1.0 - mean) }
    let squares = weights.reduce(0) { $0 + $1 * $1 }
    return (mean, (sum * total / (total * total - squares)).squareRoot())
  }

  private func fitted(_ weights: [Double]?) throws -> Preprocessing {
    try Preprocessing.fit(to: table, targets: ["y"], task: .regression, weights: weights).preprocessing
  }

  private func isClose(_ scaling: Scaling, _ expected: (mean: Double, deviation: Double)) -> Bool {
    abs(scaling.mean - expected.mean) < 1e-12
      && abs(scaling.standardDeviation - expected.deviation) < 1e-12
  }

  @Test func scalingsAreThoseOfTheFormula() throws {
    let preprocessing = try fitted(weights)
    let features = preprocessing.features
    #expect(features.map(\.name) == ["a", "gaps", "gaps is missing", "word=x", "word=y", "word is missing"])
    #expect(isClose(features[0].scaling, naive(numbers, weights)))
    let present = naive([1, 5, 2], [3, 1, 2])
    let filled = naive([present.mean, 1, present.mean, 5, 2], weights)
    #expect(isClose(features[1].scaling, (present.mean, filled.deviation)))
    #expect(isClose(features[2].scaling, naive([1, 0, 1, 0, 0], weights)))
    #expect(isClose(features[3].scaling, naive([1, 0, 0, 0, 1], weights)))
    #expect(isClose(features[4].scaling, naive([0, 1, 1, 0, 0], weights)))
    #expect(isClose(features[5].scaling, naive([0, 0, 0, 1, 0], weights)))
    guard case .numbers(let targets) = preprocessing.target else { throw Unexpected() }
    #expect(isClose(targets[0].scaling, naive(target, weights)))
  }

  @Test func unitOfWeightsDoesNotMatter() throws {
    let (single, double) = (try fitted(weights), try fitted(weights.map { 2 * $0 }))
    for (one, other) in zip(single.features, double.features) {
      #expect(isClose(one.scaling, (other.scaling.mean, other.scaling.standardDeviation)))
    }
  }

  @Test func equalWeightsAreAsGoodAsNone() throws {
    let (plain, equal) = (try fitted(nil), try fitted(weights.map { _ in 3 }))
    for (one, other) in zip(plain.features, equal.features) {
      #expect(isClose(one.scaling, (other.scaling.mean, other.scaling.standardDeviation)))
    }
  }

  @Test func weightsGoWithTheirRows() throws {
    let rows = [4, 1, 0]
    let preprocessing = try Preprocessing.fit(
      to: table, targets: ["y"], task: .regression, rows: rows, weights: [2, 3, 1]
    ).preprocessing
    #expect(isClose(preprocessing.features[0].scaling, naive([3, 2, 1], [2, 3, 1])))
    let samples = try preprocessing.dataset(from: table, rows: rows, weights: [2, 3, 1])
    #expect(samples.weights == [2, 3, 1])
  }

  private struct Unexpected: Error {}
}
