import CambiumCore
import CambiumStatistics
import Foundation
import Testing

@testable import CambiumLab

private func report(_ units: [Activation?], seconds: Double = 0) -> FitReport {
  FitReport(
    stopReason: .unitBudget, epochs: 1,
    rounds: units.enumerated().map { index, activation in
      RoundRecord(
        index: index + 1, candidates: 3,
        kept: activation.map { [.init(activation: $0, connections: 2, pruned: 1)] } ?? [], coverage: 0.5,
        trainError: 0.5, validationError: nil, seconds: seconds)
    })
}

@Suite struct FigureTests {
  @Test func aBoxHoldsWhatItSays() throws {
    let box = try #require(BoxStatistics(of: [5, 1, 3, 2, 4, 40]))
    // Quartiles by linear interpolation, the seventh definition of Hyndman and Fan.
    #expect(box.lowerQuartile == 2.25 && box.median == 3.5 && box.upperQuartile == 4.75)
    #expect(box.lowerWhisker == 1 && box.upperWhisker == 5 && box.outliers == [40])
    #expect(BoxStatistics(of: []) == nil && BoxStatistics(of: [1, .nan]) == nil)
    for count in 1...12 {
      let values = (0..<count).map { Double(($0 * 7919) % 101) - 30 }
      let box = try #require(BoxStatistics(of: values))
      #expect(box == BoxStatistics(of: values.reversed()))
      let ordered = [
        values.min() ?? 0, box.lowerWhisker, box.lowerQuartile, box.median, box.upperQuartile,
        box.upperWhisker,
        values.max() ?? 0,
      ]
      // A whisker is a value, a quartile may lie between two.
      #expect(ordered[0] <= ordered[1] && ordered[2] <= ordered[3] && ordered[3] <= ordered[4])
      #expect(ordered[5] <= ordered[6])
      let inside = values.count { $0 >= box.lowerWhisker && $0 <= box.upperWhisker }
      #expect(inside + box.outliers.count == count)
    }
  }

  @Test func theFrontIsWhatNothingBeats() {
    func beats(_ a: (Double, Double), _ b: (Double, Double)) -> Bool {
      a.0 <= b.0 && a.1 <= b.1 && (a.0 < b.0 || a.1 < b.1)
    }
    for seed in 0..<20 {
      let points = (0..<9).map { index in
        (Double((index * 31 + seed * 17) % 7), Double((index * 13 + seed * seed * 5) % 6))
      }
      let front = ParetoFront.places(of: points)
      #expect(!front.isEmpty)
      for place in points.indices {
        let isBeaten = points.contains { beats($0, points[place]) }
        #expect(front.contains(place) == !isBeaten, "point \(place) of \(points)")
      }
      for (one, next) in zip(front, front.dropFirst()) { #expect(points[one].0 <= points[next].0) }
    }
  }

  @Test func activationSharesAddUp() throws {
    let reports = [report([.tanh, .sin, .tanh]), report([.sin]), report([]), report([.radial, nil])]
    let shares = try #require(ActivationShares(of: reports))
    #expect(shares.activations == [.tanh, .sin, .radial])
    #expect(shares.reach == [0.75, 0.5, 0.25])
    for column in shares.shares { #expect(abs(column.reduce(0, +) - 1) < 1e-12) }
    #expect(abs(shares.total.reduce(0, +) - 1) < 1e-12)
    let third = 1.0 / 3
    #expect(shares.shares[0].allSatisfy { $0 == third })
    #expect(ActivationShares(of: [report([])]) == nil)
    let many = try #require(
      ActivationShares(of: [report(Array(repeating: .cos, count: 95))], mostColumns: 40))
    #expect(many.width == 3 && many.shares.count == 32)
  }

  @Test func figuresHaveAMarkForEverythingTheyShow() throws {
    try withTemporaryFolder { folder in
      let experiment = try planned(
        smallExperiment.replacing("- constant\n", with: "- {name: \"<&>\", learner: constant}\n"))
      try ExperimentRunner().run(experiment, into: folder)
      let figures = try ExperimentReport(of: experiment, in: folder).figures
      #expect(figures.map(\.name) == ["errors", "size-error", "growth", "activations"])
      let again = try ExperimentReport(of: experiment, in: folder).figures
      #expect(figures == again, "the same records, the same bytes")
      for figure in figures {
        let counts = try elementCounts(ofXML: figure.svg)
        #expect(counts["svg"] == 1 && counts["title"] == 1)
        #expect(!figure.svg.contains("nan") && !figure.svg.contains("inf"))
        #expect(figure.svg.contains("fill=\"#ffffff\"/>"), "a white ground")
        let embedded = EmbeddedFigure.themed(figure.svg)
        #expect(!embedded.contains("\"#"), "no colour of its own in \(figure.name)")
      }
      // Two learners of three finished, three runs each, on two data sets: a point each, too few for boxes.
      #expect(try elementCounts(ofXML: figures[0].svg)["circle"] == 12)
      // A marker for each finished learner on each set, and one for each of three in the legend: circles and polygons.
      let counts = try elementCounts(ofXML: figures[1].svg)
      #expect((counts["circle"] ?? 0) + (counts["polygon"] ?? 0) == 7)
    }
  }
}
