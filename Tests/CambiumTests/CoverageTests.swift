import CambiumCore
import Testing

@testable import Cambium

/// Counts that can be done by hand.
@Suite struct CoverageTests {
  @Test func twoClassesAreCoveredOnTheRightSideOfZero() {
    let coverage = Coverage(task: .classification(classes: 2), tolerance: 0)
    let scores = Matrix(rows: 5, columns: 1, values: [0.1, -0.1, 2, -3, 0])
    let targets = Matrix(rows: 5, columns: 1, values: [1, 1, 0, 0, 0])
    #expect(coverage.covers(scores: scores, targets: targets) == [true, false, false, true, true])
    #expect(coverage.share(scores: scores, targets: targets, weights: nil) == 0.6)
    #expect(coverage.share(scores: scores, targets: targets, weights: [1, 2, 3, 4, 10]) == 0.75)
    let probabilities = Matrix(rows: 5, columns: 1, values: [0.75, 0.5, 1, 0.25, 0.5])
    #expect(Coverage.expectedCount(probabilities: probabilities, targets: targets, weights: nil) == 2.5)
    let weighted = Coverage.expectedCount(
      probabilities: probabilities, targets: targets, weights: [1, 2, 3, 4, 10])
    #expect(weighted == 9.75)
  }

  @Test func moreClassesAreCoveredByTheLargestScore() {
    let coverage = Coverage(task: .classification(classes: 3), tolerance: 0)
    // Rows: the first class, the last, the middle; a tie goes to the first of the largest.
    let scores = Matrix(rows: 4, columns: 3, values: [2, -1, 0, 1, 1, -2, 3, 1, 0, 5, 1, 0])
    let targets = Matrix(rows: 4, columns: 3, values: [1, 0, 0, 1, 0, 1, 1, 0, 0, 0, 0, 0])
    #expect(coverage.covers(scores: scores, targets: targets) == [true, false, true, true])
    #expect(coverage.share(scores: scores, targets: targets, weights: [1, 1, 2, 4]) == 0.875)
    let probabilities = Matrix(
      rows: 4, columns: 3, values: [0.5, 0, 0.25, 0.25, 0.25, 0.5, 0.5, 0.25, 0.25, 0.5, 0.25, 0.5])
    #expect(Coverage.expectedCount(probabilities: probabilities, targets: targets, weights: nil) == 1.75)
  }

  @Test func softClassesCountByTheirProbabilities() {
    let three = Coverage(task: .classification(classes: 3), tolerance: 0)
    // Both samples are most probably of the middle class, though neither with more than a half.
    let scores = Matrix(rows: 2, columns: 3, values: [0, 2, 1, 1, 0, 0])
    let targets = Matrix(rows: 2, columns: 3, values: [0.25, 0.25, 0.5, 0.5, 0.25, 0.25])
    #expect(three.covers(scores: scores, targets: targets) == [true, false])
    let two = Matrix(rows: 2, columns: 1, values: [0.25, 0.5])
    let probabilities = Matrix(rows: 2, columns: 1, values: [0.5, 1])
    #expect(Coverage.expectedCount(probabilities: probabilities, targets: two, weights: nil) == 1)
  }

  @Test func regressionIsCoveredWhereEveryOutputIsNear() {
    let coverage = Coverage(task: .regression, tolerance: 0.5)
    let scores = Matrix(rows: 3, columns: 2, values: [1, 1.25, 0, 0, 0, -2])
    let targets = Matrix(rows: 3, columns: 2, values: [1.5, 1, 0, 0, 0.75, -2])
    #expect(coverage.covers(scores: scores, targets: targets) == [true, false, true])
    #expect(coverage.share(scores: scores, targets: targets, weights: [1, 2, 5]) == 0.75)
  }

  @Test func theSoftCountFallsWithTheSquareOfTheResidual() {
    // |r|² / (m w²) with m = 2 and w = 2: 0, ¼, 2.
    let residual = Matrix(rows: 3, columns: 2, values: [0, 1, 4, 0, 1, 0])
    #expect(Coverage.softCount(residual: residual, width: 2, weights: nil) == 1.75)
    #expect(Coverage.softCount(residual: residual, width: 2, weights: [3, 2, 9]) == 4.5)
  }

  @Test func aMarginIsALeadInProbability() {
    var two = Coverage(task: .classification(classes: 2), tolerance: 0)
    // Probabilities of the second class: ½, ¾, 0.9.
    let scores = Matrix(rows: 3, columns: 1, values: [0, logarithm(3), logarithm(9)])
    let targets = Matrix(rows: 3, columns: 1, values: [1, 1, 0])
    let leads = two.leads(scores: scores, targets: targets)
    #expect(isClose(leads, [0, 0.5, -0.8], 1e-12))
    two.margin = 0.5 - 1e-12
    #expect(two.covers(scores: scores, targets: targets) == [false, true, false])

    let three = Coverage(task: .classification(classes: 3), tolerance: 0)
    // Probabilities ½, ⅓, ⅙ in both rows; of soft targets the most probable class is the own one.
    let logits = Matrix(
      rows: 2, columns: 3,
      values: [logarithm(3), logarithm(3), logarithm(2), logarithm(2), 0, 0])
    let classes = Matrix(rows: 2, columns: 3, values: [1, 0.2, 0, 0.3, 0, 0.5])
    #expect(isClose(three.leads(scores: logits, targets: classes), [1.0 / 6, -1.0 / 3], 1e-12))
  }

  @Test(arguments: [2, 3])
  func aLargerMarginCoversNoMore(classes: Int) {
    let data = Samples.classes(120, classes)
    let scores = Samples.matrix(120, data.outputCount, "scores")
    var before = Coverage(task: data.task, tolerance: 0).covers(scores: scores, targets: data.targets)
    for margin in [1e-12, 0.2, 0.6, 1] {
      let coverage = Coverage(task: data.task, tolerance: 0, margin: margin)
      let covered = coverage.covers(scores: scores, targets: data.targets)
      for (now, earlier) in zip(covered, before) { #expect(earlier || !now) }
      before = covered
    }
    #expect(!before.contains(true))
  }

  @Test func aSampleIsPutDownToTheFirstUnitThatCoversIt() throws {
    var history = CoverageHistory(sampleCount: 4)
    history.observe([true, false, false, false], unitCount: 0)
    history.observe([false, true, false, false], unitCount: 1)
    history.observe([true, true, true, false], unitCount: 2)
    history.observe([true, false, true, false], unitCount: 3)
    let first = try #require(history.firstCoverage(ofUnits: 3))
    #expect(first == FirstCoverage(readout: [0], units: [[1], [2], []]))
    let renamed = first.renamed(by: [10, 11, 12, 13])
    #expect(renamed == FirstCoverage(readout: [10], units: [[11], [12], []]))
  }

  @Test func nothingIsCoveredOfNotANumberOrNoSamples() {
    let regression = Coverage(task: .regression, tolerance: 1)
    let one = Matrix(rows: 1, columns: 1, values: [.nan])
    #expect(regression.share(scores: one, targets: Matrix(rows: 1, columns: 1), weights: nil) == 0)
    let none = Matrix(rows: 0, columns: 1)
    #expect(regression.share(scores: none, targets: none, weights: nil) == 0)
  }
}
