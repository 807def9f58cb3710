import ArgumentParser
import CambiumCore
import CambiumExport
import CambiumLab
import CambiumStatistics

/// `cambium stats`
struct StatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats", abstract: "Compare learners by a table of their scores on several data sets.",
    discussion: """
      Of all learners: average ranks, the tests of Friedman and of Iman and Davenport, Nemenyi's critical difference, \
      and groups that do not differ. Of each pair: Wilcoxon's signed-rank test with Holm's correction, the sign test, \
      A12, and the Bayesian signed-rank test.

      The scores may come from any program, one for each learner and data set, such as a mean over splits; data sets \
      without a score of every learner are left out.
      """)

  @Argument(
    help:
      "The scores: a CSV file with a row for each data set, its name first, and a column for each learner.",
    completion: .file(extensions: ["csv"]))
  var scores: String

  @Flag(help: "Higher scores are better, as with accuracies. Default: lower ones, as with errors.")
  var higherIsBetter = false

  @Option(
    help: ArgumentHelp(
      """
      The largest difference of two scores that does not matter, up or down, for the Bayesian test. Default: 0, where \
      any difference does.
      """, valueName: "width"))
  var rope = 0.0

  @Option(help: "The level of significance of the critical difference and the groups.")
  var alpha = 0.05

  @Flag(help: "Print the figures as one JSON object.")
  var json = false

  @Option(
    help: ArgumentHelp("Where to draw the critical-difference diagram.", valueName: "file.svg"),
    completion: .file(extensions: ["svg"]))
  var figure: String?

  func validate() throws {
    if !(alpha > 0 && alpha < 1) {
      throw ValidationError("--alpha: found \(alpha), expected a probability between 0 and 1")
    }
    if !(rope >= 0 && rope.isFinite) {
      throw ValidationError("--rope: found \(rope), expected a difference of at least 0")
    }
  }

  func run() throws {
    if let figure { try FileWriting.check(figure, reading: [scores]) }
    let table = try ScoreTable.read(scores)
    let comparison = try table.comparison(
      higherIsBetter ? .higherIsBetter : .lowerIsBetter, rope: rope, level: alpha)
    if let figure {
      try FileWriting.write(Array(CriticalDifferenceDiagram(of: comparison).svg.utf8), to: figure)
    }
    let leftOut = comparison.leftOut.map { table.dataSets[$0] }
    if json {
      try JSONOutput.write(ComparisonSummary(of: comparison, leftOut: leftOut))
    } else {
      try StandardOutput.write(ComparisonText.lines(of: comparison, leftOut: leftOut, rope: rope))
    }
  }
}
