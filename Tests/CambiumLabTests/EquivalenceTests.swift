import CambiumCore
import CambiumStatistics
import Foundation
import Testing

@testable import CambiumLab

@Suite struct EquivalenceTests {
  private static let text =
    smallExperiment + "\nequivalence: {baseline: constant, margin: 0.3}\n"

  /// The mean of the log ratios by hand, over records that were run.
  @Test(arguments: [true, false])
  func learnersAreComparedSplitBySplit(isBrier: Bool) throws {
    try withTemporaryFolder { folder in
      let experiment = try planned(
        Self.text, setting: isBrier ? [] : ["equivalence.classes=logLoss"])
      try ExperimentRunner().run(experiment, into: folder)
      let records = try RecordStore(folder: folder).contents().records
      let table = try #require(EquivalenceTable(of: experiment, records: records))
      #expect(table.rows.map(\.learner) == ["noisy", "failing"] && table.margin == 0.3)
      for (index, data) in experiment.data.enumerated() {
        var ratios: [Double] = []
        for split in 0..<3 {
          func error(_ learner: String) throws -> Double {
            let record = records.values.first {
              $0.learner == learner && $0.data == data.name && $0.split == split
            }
            let test = try #require(record?.result?.test)
            return try #require(test.rmse ?? (isBrier ? test.brier : test.logLoss))
          }
          try ratios.append(log(error("noisy") / error("constant")))
        }
        let mean = ratios.reduce(0, +) / 3
        #expect(abs(try #require(table.rows[0].logRatios[index]) - mean) < 1e-12)
      }
      let differences = table.rows[0].logRatios.compactMap { $0 }
      #expect(table.rows[0].test == EquivalenceTest(differences: differences, margin: 0.3))
      #expect(table.rows[1].logRatios.allSatisfy { $0 == nil } && table.rows[1].test == nil)
      let report = try ExperimentReport(of: experiment, in: folder)
      #expect(report.markdown.contains("p of not worse") && report.markdown.hasPrefix(report.table.markdown))
      #expect(try report.write(to: folder).contains { $0.hasSuffix("equivalence.md") })
    }
  }

  @Test func withoutABaselineNothingIsCompared() throws {
    #expect(EquivalenceTable(of: try planned(), records: [:]) == nil)
  }

  @Test func aBaselineIsALearnerOfTheExperiment() throws {
    let error = try #require(throws: InputError.self) {
      try planned(smallExperiment + "\nequivalence: {baseline: constnt}\n")
    }
    #expect("\(error)".contains("constant"))
    let margin = try #require(throws: InputError.self) {
      try planned(smallExperiment + "\nequivalence: {margin: 0}\n")
    }
    #expect("\(margin)".contains("equivalence.margin") || "\(margin)".contains("margin"))
  }
}
