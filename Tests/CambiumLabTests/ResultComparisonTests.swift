import CambiumStatistics
import Foundation
import Testing

@testable import CambiumLab

/// A table whose entries have the errors given, `[row][learner][split]`, all with seed 1.
private func table(_ errors: [[[Double]]], heldOutRatio: Double = 0.25) -> ResultTable {
  let rows = errors.enumerated().map { index, learners in
    ResultTable.Row(
      data: "set \(index)", measure: .rmse,
      entries: learners.map { errors in
        ResultTable.Entry(
          error: Summary(of: errors), units: 3, connections: 20, seconds: 1,
          runs: errors.enumerated().map { .init(split: $0, seed: 1, error: $1) })
      }, heldOutRatio: heldOutRatio)
  }
  return ResultTable(learners: (0..<(errors.first?.count ?? 0)).map { "l\($0)" }, rows: rows)
}

@Suite struct ResultComparisonTests {
  private let mixed = table([
    [[1, 1.1, 0.9, 1], [2, 2.1, 1.9, 2.05], [1, 1.1, 0.9, 1]],
    [[5, 1, 4, 2], [2, 4, 1, 5.1], [0.1, 0.2, 0.3, 0.1]],
    [[3, 3, 3, 3], [], [3.5, 3.4, 3.6, 3.5]],
  ])

  @Test func outcomesAddUpToTheRowsThatHaveBothErrors() {
    for baseline in 0..<3 {
      var table = mixed
      table.baseline = baseline
      for learner in 0..<3 {
        let known = table.rows.count {
          $0.entries[learner].error != nil && $0.entries[baseline].error != nil
        }
        let means = table.outcomes(of: learner, by: .means)
        let told = table.outcomes(of: learner, by: .significance)
        #expect(means.wins + means.ties + means.losses == known)
        #expect(told.wins + told.ties + told.losses == known)
        #expect(told.wins <= means.wins && told.losses <= means.losses)
        var turned = table
        turned.baseline = learner
        let other = turned.outcomes(of: baseline, by: .means)
        #expect(other.wins == means.losses && other.losses == means.wins)
      }
    }
  }

  @Test func theTestDoesNotDependOnWhoComesFirst() throws {
    let row = mixed.rows[0]
    let one = try #require(row.test(of: 0, against: 1))
    let other = try #require(row.test(of: 1, against: 0))
    #expect(one.probability == other.probability)
    #expect(one.meanDifference == -other.meanDifference)
    // By hand: the mean difference is −1.0125, the standard deviation 0.025; t = 1.0125 / (0.025 √(1/4 + 1/4)).
    #expect(abs(one.statistic + 1.0125 / (0.025 * 0.5.squareRoot())) < 1e-9)
    #expect(mixed.rows[2].test(of: 1, against: 0) == nil, "an absent learner has no test")
  }

  @Test func marksStandAtWhatIsWorseThanTheBestAndNowhereElse() {
    let text = TableText(mixed)
    #expect(text.rows[0].cells.map(\.isWorse) == [false, true, false])
    #expect(text.rows[0].cells.map(\.isBest) == [true, false, true])
    #expect(text.rows[1].cells[2].isBest && !text.rows[1].cells[2].isWorse)
    #expect(text.rows[2].cells.map(\.isWorse) == [false, false, true])
    let marks = text.rows.flatMap(\.cells).count { $0.isWorse }
    // The caption has one more.
    let mark = Character(TableText.mark)
    #expect(mixed.markdown.count { $0 == mark } == marks + 1)
    #expect(mixed.html.count { $0 == mark } == marks + 1)
    #expect(mixed.latex.components(separatedBy: "\\bullet").count - 1 == marks + 1)
  }

  @Test func oneSplitTellsNothing() {
    let single = table([[[1], [9]]])
    #expect(single.rows[0].test(of: 1, against: 0) == nil)
    #expect(!TableText(single).rows[0].cells[1].isWorse)
    #expect(single.outcomes(of: 1, by: .significance).ties == 1)
  }

  @Test func seedsOfASplitCountOnceWhereSplitsOverlap() throws {
    var row = table([[[1, 2, 3], [1.5, 2.25, 3.75]]]).rows[0]
    let plain = try #require(row.test(of: 1, against: 0))
    for learner in 0..<2 {
      // A second seed with the same errors.
      row.entries[learner].runs += row.entries[learner].runs.map {
        .init(split: $0.split, seed: 2, error: $0.error)
      }
    }
    #expect(row.test(of: 1, against: 0) == plain)
    row.heldOutRatio = 0
    #expect(try #require(row.test(of: 1, against: 0)).probability < plain.probability)
  }

  @Test func mediansAreTabulatedWhereRunsAreMany() {
    let errors = (1...9).map(Double.init)
    #expect(table([[errors, errors]]).markdown.contains("| 5.0 (3.0 to 7.0) |"))
    #expect(!mixed.markdown.contains("quartile"))
  }

  @Test func namesAreEscapedInEveryFormat() {
    var odd = mixed
    odd.learners = ["<b>&\"", "a|b", "c_d"]
    odd.rows[0].data = "<script>alert(1)</script>"
    #expect(!odd.html.contains("<script>"))
    #expect(odd.html.contains("&lt;b&gt;&amp;&quot;"))
    #expect(odd.markdown.contains("a\\|b"))
    #expect(odd.latex.contains("c\\_d"))
  }

  @Test func allLearnersAreComparedWhateverTheUnits() throws {
    #expect(mixed.comparison == nil, "two complete rows are too few")
    let errors: [[[Double]]] = [
      [[1], [2], [3]], [[30], [20], [40]], [[0.1], [0.3], [0.2]], [[5], [6], [7]],
    ]
    let comparison = try #require(table(errors).comparison)
    #expect(comparison.averageRanks == table(errors).averageRanks)
    #expect(comparison.pairs.count == 3 && comparison.htmlTable.rows.count == 3)
    let scaled = zip(errors, [1.0, 1000, 16, 0.25]).map { row, scale in row.map { $0.map { $0 * scale } } }
    let other = try #require(table(scaled).comparison)
    for (one, next) in zip(comparison.pairs, other.pairs) {
      #expect(one.wilcoxon.probability == next.wilcoxon.probability)
    }
  }
}
