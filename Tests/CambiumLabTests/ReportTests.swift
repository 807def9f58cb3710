import CambiumStatistics
import Foundation
import Testing

@testable import CambiumLab

private func entry(_ errors: [Double], units: Double, connections: Double, seconds: Double)
  -> ResultTable.Entry
{
  ResultTable.Entry(error: Summary(of: errors), units: units, connections: connections, seconds: seconds)
}

private let table: ResultTable = {
  var table = ResultTable(learners: ["grown", "m_l|p"], rows: [])
  table.rows = [
    .init(
      data: "yacht", measure: .rmse,
      entries: [
        entry([0.5, 0.6, 0.55], units: 12.5, connections: 140.4, seconds: 0.234),
        entry([0.9, 1.1, 0.7], units: 50, connections: 401, seconds: 12.34),
      ]),
    .init(
      data: "two_spirals", measure: .errorRate,
      entries: [
        entry([2.5, 7.5], units: 11, connections: 90, seconds: 100),
        .init(failures: 1, missing: 2),
      ]),
  ]
  return table
}()

@Suite struct ReportTests {
  @Test func theMarkdownTableReadsWell() {
    #expect(
      table.markdown == """
        Test error, mean ± standard deviation over the runs; the best mean of a row in bold. • marks errors that \
        are worse than the row's best by the corrected resampled t test (two-sided, p < 0.05, not corrected for \
        the number of learners). Wins, ties and losses are counted over the data sets.

        | data set | measure | grown | m_l\\|p |
        |---|---|---:|---:|
        | yacht | RMSE | **0.550** ± 0.050 | 0.900 ± 0.200 |
        | two_spirals | error, % | **5.0** ± 3.5 | – (1 failed, 2 not run) |
        | wins / ties / losses to grown |  | – | 0 / 0 / 1 |
        | wins / ties / losses to grown, significant |  | – | 0 / 1 / 0 |

        Hidden units / connections / seconds of a fit on one thread, means over the runs.

        | data set | grown | m_l\\|p |
        |---|---:|---:|
        | yacht | 12.5 / 140 / 0.23 | 50 / 401 / 12 |
        | two_spirals | 11 / 90 / 100 | – |

        """)
  }

  @Test func aNameOfSeveralLinesStaysInItsCell() {
    var odd = table
    odd.learners[1] = "m\nl\r\np"
    odd.rows[0].data = "a\u{2028}b"
    #expect(
      odd.markdown.split(whereSeparator: \.isNewline).count == table.markdown.split(separator: "\n").count)
  }

  @Test func theLaTeXTableEscapesNames() {
    let latex = table.latex
    #expect(
      latex.contains("two\\_spirals & error, \\% & $\\mathbf{5.0} \\pm 3.5$ & -- {\\footnotesize(1 failed"))
    #expect(latex.contains("yacht & RMSE & $\\mathbf{0.550} \\pm 0.050$ & $0.900 \\pm 0.200$ \\\\"))
    #expect(latex.components(separatedBy: "\\begin{").count == latex.components(separatedBy: "\\end{").count)
    #expect(["\\toprule", "\\midrule", "\\bottomrule"].allSatisfy { latex.contains($0) })
  }

  @Test func theCSVTableHasFullPrecision() {
    let lines = table.csv.split(whereSeparator: \.isNewline)
    #expect(lines.count == 3)
    #expect(
      lines[0].hasPrefix(
        "data,measure,grown mean,grown sd,grown median,grown p,grown units,grown connections,grown seconds"))
    #expect(lines[1].contains(",140.4,0.234,3,0,"))
  }

  @Test(arguments: [
    (0.0123, 0.00456, "0.0123"), (12.345, 1.0, "12.3"), (12345.6, 210.0, "12346"), (3.0, 0.0, "3.000"),
    (0.0, 0.0, "0.0"), (5.0, 0.0996, "5.00"), (5.0, 0.996, "5.0"),
  ])
  func decimalsSuitTheSpread(mean: Double, spread: Double, text: String) {
    #expect(
      NumberFormat.fixed(mean, decimals: NumberFormat.decimals(forSpread: spread, around: mean)) == text)
  }

  @Test func ranksShareTiesAndDoNotDependOnTheOrder() {
    func one(_ mean: Double) -> ResultTable.Entry { entry([mean], units: 1, connections: 1, seconds: 1) }
    let rows = [[1.0, 2, 2], [3, 1, 2]].map { means in
      ResultTable.Row(data: "d", measure: .rmse, entries: means.map(one))
    }
    #expect(ResultTable(learners: ["a", "b", "c"], rows: rows).averageRanks == [2, 1.75, 2.25])
    let turned = rows.map { row in
      var row = row
      row.entries.reverse()
      return row
    }
    #expect(ResultTable(learners: ["c", "b", "a"], rows: turned).averageRanks == [2.25, 1.75, 2])
  }

  @Test func aReportIsWrittenFromRecordsAlone() throws {
    try withTemporaryFolder { folder in
      let experiment = try planned()
      #expect(throws: (any Error).self) { try ExperimentReport(of: experiment, in: folder) }
      try ExperimentRunner().run(experiment, into: folder)
      let report = try ExperimentReport(of: experiment, in: folder)
      #expect(report.table.rows.map(\.data) == ["numbers", "classes"])
      #expect(report.table.rows[0].entries.map(\.failures) == [0, 0, 3])
      let names = try report.write(to: folder).map { URL(fileURLWithPath: $0).lastPathComponent }
      #expect(
        names == [
          "table.csv", "table.md", "table.tex", "table.html", "report.html", "errors.svg", "size-error.svg",
          "growth.svg", "activations.svg",
        ])
    }
  }

  @Test func theFigureIsWellFormed() throws {
    try withTemporaryFolder { folder in
      let text = smallExperiment.replacing("- constant\n", with: "- {name: \"<&>\", learner: constant}\n")
      let experiment = try planned(text)
      try ExperimentRunner().run(experiment, into: folder)
      let figures = try ExperimentReport(of: experiment, in: folder).figures
      let svg = try #require(figures.first { $0.name == "growth" }?.svg)
      let counts = try elementCounts(ofXML: svg)
      // One learner grows, on two data sets: error, held-out error and coverage each.
      #expect(counts["polyline"] == 6)
      #expect(counts["svg"] == 1)
      #expect(!svg.contains("nan") && !svg.contains("inf"))
    }
  }

  @Test func scalesHoldTheirValuesAndLabelTheirTicks() {
    for values in [[0.0, 0.3], [0, 40], [12, 13], [0, 0], [1e-9, 1e9]] {
      let scale = PlotScale.linear(values, from: 0)
      #expect(values.allSatisfy { $0 >= scale.lower && $0 <= scale.upper })
      #expect((2...7).contains(scale.ticks.count))
      #expect(Set(scale.ticks.map(scale.label)).count == scale.ticks.count)
    }
    for values in [[0.01, 1.0], [0.3, 0.4], [1e-8, 10], [0, 1], []] {
      let scale = PlotScale.logarithmic(values)
      #expect(scale.lower > 0 && scale.upper > scale.lower)
      #expect(values.allSatisfy { (0...1).contains(scale.position($0)) })
      #expect(Set(scale.ticks.map(scale.label)).count == scale.ticks.count)
    }
  }
}
