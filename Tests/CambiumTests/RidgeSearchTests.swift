import CambiumCore
import Testing

@testable import Cambium

@Suite struct RidgeSearchTests {
  private static let spec = Samples.quickSpec(units: 4)

  private static func path(_ data: Dataset, heldOut: Dataset, ridge: Double) -> GrowthPath {
    GrowthLoop(
      spec: spec, topology: .flat, data: data, heldOut: heldOut, largestSize: 4, ridge: ridge,
      leastSizeAtFullCoverage: nil, context: FitContext(random: RandomStream(seed: 4))
    ).run()
  }

  /// The naive twin: every ridge, each fit from nothing, and taken up again until it has stopped for good.
  private static func losses(of paths: [GrowthPath], rounds: Int, ridges: [Double]) -> [Double] {
    ridges.map { ridge in
      paths.reduce(0.0) { sum, path in
        let rows = path.networks[min(rounds, path.networks.count - 1)].readout.rows
        var readout = Matrix(rows: rows, columns: path.last.readout.columns)
        for _ in 0..<10 { readout = path.last.readout(from: readout, ridge: ridge) }
        return sum + path.last.heldOutLoss(with: readout)
      } / Double(paths.count)
    }
  }

  @Test(arguments: [2, 3], [1e-6, 0.1])
  func findsTheLeastLossOfAllRidges(classes: Int, startingAt ridge: Double) {
    let ridges = [1e-6, 1e-4, 1e-3, 1e-2, 0.1, 1]
    let paths = (0..<2).map { index in
      Self.path(
        Samples.classes(60, classes, label: "training \(index)"),
        heldOut: Samples.classes(60, classes, label: "held out \(index)"), ridge: ridge)
    }
    var search = RidgeSearch(of: paths, ridges: ridges)
    for rounds in 0...5 {
      let points = search.points(after: rounds)
      let all = Self.losses(of: paths, rounds: rounds, ridges: ridges)
      for point in points {
        let naive = all[ridges.firstIndex(of: point.ridge) ?? 0]
        #expect(point.rounds == rounds)
        #expect(abs(point.loss - naive) < 1e-3 * naive, "ridge \(point.ridge), \(rounds) rounds")
      }
      let least = points.map(\.loss).min() ?? .infinity
      #expect(least < (all.min() ?? 0) * 1.001, "after \(rounds) rounds")
    }
  }

  /// Thirty samples of twenty inputs can be parted by a readout alone, which says nothing of others.
  @Test func fewSamplesOfManyInputsAreGrownUnderALargerRidge() {
    func data(_ label: String) -> Dataset {
      let features = Samples.matrix(30, 20, label)
      return Samples.dataset(features, classes: (0..<30).map { features[$0, 0] > 0 ? 1 : 0 }, of: 2)
    }
    let holdOut = HoldOut(training: data("training"), heldOut: data("held out"), rows: Array(0..<30))
    let spec = GrowthSpec()
    #expect(Trials.ridge(of: spec, by: [holdOut], Samples.workers) > 100 * spec.readout.ridge)
    let regression = HoldOut(
      training: Samples.regression(30), heldOut: Samples.regression(30, label: "held out"),
      rows: Array(0..<30))
    #expect(Trials.ridge(of: spec, by: [regression], Samples.workers) == spec.readout.ridge)
  }
}
