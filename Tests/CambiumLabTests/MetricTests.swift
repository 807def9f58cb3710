import CambiumCore
import CambiumStatistics
import Foundation
import Testing

@testable import CambiumLab

@Suite struct MetricTests {
  private static let text = smallExperiment + "\nmetrics: [mae, logLoss, coverage, rmse]\n"

  @Test func gainsAreShownAsLosses() {
    var numbers = evaluation(of: .regression)
    (numbers.rmse, numbers.mae, numbers.r2, numbers.coverage) = (2, 1.5, 0.75, 0.9)
    var classes = evaluation(of: .classification)
    (classes.errorRate, classes.logLoss, classes.brier, classes.coverage) = (0.25, 0.5, 0.4, 0.75)
    #expect(Metric.allCases.map { $0.value(of: numbers) } == [2, 1.5, 0.25, nil, nil, nil, 100 * (1 - 0.9)])
    #expect(Metric.allCases.map { $0.value(of: classes) } == [nil, nil, nil, 25, 0.5, 0.4, 25])
    for metric in Metric.allCases {
      #expect(metric.applies(to: .regression) == (metric.value(of: numbers) != nil))
      #expect(metric.applies(to: .classification) == (metric.value(of: classes) != nil))
    }
  }

  private func evaluation(of task: TaskChoice) -> Evaluation {
    let text = #"{"rows": 4, "task": "\#(task.rawValue)"}"#
    guard let evaluation = try? JSONDecoder().decode(Evaluation.self, from: Data(text.utf8)) else {
      preconditionFailure("an evaluation without figures")
    }
    return evaluation
  }

  /// The first metric of each task is in the table, the others have tables of their own.
  @Test func eachMetricHasItsTable() throws {
    try withTemporaryFolder { folder in
      let experiment = try planned(Self.text)
      try ExperimentRunner().run(experiment, into: folder)
      let report = try ExperimentReport(of: experiment, in: folder)
      #expect(report.table.rows.map(\.measure) == [.mae, .logLoss])
      #expect(report.furtherTables.map(\.metric) == [.coverage, .rmse])
      #expect(
        report.furtherTables.map { $0.table.rows.map(\.data) } == [["numbers", "classes"], ["numbers"]])
      let records = try RecordStore(folder: folder).contents().records.values
      let errors = records.filter { $0.learner == "noisy" && $0.data == "numbers" }.compactMap {
        $0.result?.test.rmse
      }
      let entry = report.furtherTables[1].table.rows[0].entries[1]
      #expect(errors.count == 3)
      #expect(abs(try #require(entry.error?.mean) - errors.reduce(0, +) / 3) < 1e-12)
      let written = try report.write(to: folder)
      for name in ["table-coverage.csv", "table-rmse.md", "table-rmse.tex", "table-rmse.html"] {
        #expect(written.contains("\(folder)/\(name)"))
      }
      #expect(report.page.contains("By other measures") && report.page.contains("not covered, %"))
    }
  }

  /// What is measured decides no run.
  @Test func metricsDoNotChangeCells() throws {
    #expect(try planned(Self.text).identities == planned().identities)
  }

  @Test func everyDataSetNeedsAMetric() throws {
    let error = try #require(throws: InputError.self) { try planned(smallExperiment + "\nmetrics: [rmse]\n") }
    #expect("\(error)".contains("classes") && "\(error)".contains("errorRate"))
    let unknown = try #require(throws: InputError.self) {
      try planned(smallExperiment + "\nmetrics: [rmse, brir]\n")
    }
    #expect("\(unknown)".contains("brier"))
    #expect(throws: InputError.self) { try planned(smallExperiment + "\nmetrics: []\n") }
    #expect(throws: InputError.self) { try planned(smallExperiment + "\nmetrics: [mae, mae, brier]\n") }
  }
}
