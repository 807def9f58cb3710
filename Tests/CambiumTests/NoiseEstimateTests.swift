import CambiumCore
import Testing

@testable import Cambium

/// The estimate beside noise that is known.
@Suite struct NoiseEstimateTests {
  private static func deviation(_ data: Dataset) -> Double {
    let plain = GrowingNetwork(data: data, heldOut: nil, ridge: 1e-6, workers: Samples.workers)
    return NoiseEstimate(
      of: data.inputs, residual: plain.residual, random: RandomStream(seed: 1),
      workers: Samples.workers
    ).deviation
  }

  @Test(arguments: [0.1, 0.3, 1.0])
  func knownNoiseIsFound(noise: Double) {
    let found = Self.deviation(Samples.regression(1500, noise: noise))
    #expect((0.75...1.25).contains(found / noise), "\(found), not \(noise)")
  }

  @Test func ofSeveralOutputsItIsTheRootMeanSquare() {
    let found = Self.deviation(Samples.regression(1500, outputs: 3, noise: 0.5))
    #expect((0.8...1.2).contains(found / 0.5))
  }

  @Test func withoutNoiseThereIsLittle() {
    #expect(Self.deviation(Samples.regression(1500)) < 0.1)
  }

  /// Twice the data in twice the unit.
  @Test func itScalesWithTheTargets() {
    let features = Samples.matrix(300, 2)
    let residual = Samples.matrix(300, 1, "residual")
    var doubled = residual
    for k in doubled.values.indices { doubled.values[k] *= 2 }
    func deviation(_ residual: Matrix) -> Double {
      NoiseEstimate(
        of: Features(features), residual: residual, random: RandomStream(seed: 1), workers: Samples.workers
      ).deviation
    }
    #expect(isClose(deviation(doubled), 2 * deviation(residual), 1e-12))
  }

  @Test func fewOrEqualSamplesAreNoTrouble() {
    for rows in [1, 2, 5] {
      let data = Dataset(
        features: Matrix(rows: rows, columns: 1), targets: Samples.matrix(rows, 1), task: .regression)
      let deviation = Self.deviation(data)
      #expect(deviation >= 0 && deviation.isFinite)
    }
  }

  @Test(arguments: [ToleranceUnit.noise, .heldOut])
  func aToleranceInNoiseIsResolvedAndTold(unit: ToleranceUnit) throws {
    var spec = Samples.quickSpec(units: 8, holdOut: false)
    spec.selection.toleranceUnit = unit
    spec.selection.tolerance = 2
    let data = Samples.regression(800, noise: 0.3)
    let report = try Grower.network(spec, data).fit.report
    let tolerance = try #require(report.tolerance)
    #expect((0.45...0.8).contains(tolerance))
    #expect(report.decisions.contains { $0.contains("\(tolerance)") })
    #expect(try Grower.network(spec, Samples.classes(90, 2)).fit.report.tolerance == nil)
  }
}
