import CambiumCore
import CambiumStatistics
import Foundation
import Testing

@testable import CambiumLab

@Suite struct RunnerTests {
  @Test func everyCellHasARecordAndAFailureIsOne() throws {
    try withTemporaryFolder { folder in
      let experiment = try planned()
      #expect(experiment.cells.count == 18)
      let outcome = try ExperimentRunner().run(experiment, into: folder)
      #expect(outcome == RunOutcome(finished: 18, failed: 6, isInterrupted: false))
      let contents = try RecordStore(folder: folder).contents()
      #expect(contents.unreadableLines == 0)
      #expect(Set(contents.records.keys) == Set(experiment.cells.map(\.identity)))
      let failures = contents.records.values.filter { $0.failure != nil }
      #expect(failures.allSatisfy { $0.learner == "failing" && $0.result == nil })
      #expect(failures.first?.failure?.message.contains("a learner that fails") == true)
      let regression = try #require(
        contents.records.values.first { $0.learner == "constant" && $0.data == "numbers" })
      #expect(regression.result?.test.rows == 10)
      #expect(regression.result?.train.rows == 30)
      // A constant 0 in standardised units is the training mean, so it is off by one sd, n - 1 against n.
      let relative = try #require(regression.result?.relativeTrainError)
      #expect(abs(relative - (29.0 / 30).squareRoot()) < 1e-12)
    }
  }

  /// A process that is killed after its last record and before it merges leaves nothing to run, but its shard to take in.
  @Test func whatAKilledRunLeftIsMergedThoughNothingIsMissing() throws {
    try withTemporaryFolder { folder in
      let experiment = try planned()
      try ExperimentRunner().run(experiment, into: folder)
      let store = RecordStore(folder: folder)
      let whole = try #require(FileManager.default.contents(atPath: store.path))
      let shard = try store.shard().path
      // The name of a process that no machine has.
      let parts = shard.split(separator: ".", omittingEmptySubsequences: false)
      let abandoned = (parts.dropLast(4) + ["999999999", "0", "shard", "jsonl"]).joined(separator: ".")
      try FileManager.default.removeItem(atPath: shard)
      try FileManager.default.moveItem(atPath: store.path, toPath: abandoned)
      let outcome = try ExperimentRunner().run(experiment, into: folder)
      #expect(outcome == RunOutcome(finished: 0, failed: 6, isInterrupted: false))
      #expect(FileManager.default.contents(atPath: store.path) == whole)
      #expect(!FileManager.default.fileExists(atPath: abandoned))
    }
  }

  @Test func resumedEqualsUninterrupted() throws {
    let experiment = try planned()
    let whole = try withTemporaryFolder { folder in
      try ExperimentRunner().run(experiment, into: folder)
      return try canonicalRecords(in: folder)
    }
    for stop in [1, 5, 17] {
      try withTemporaryFolder { folder in
        let first = try ExperimentRunner().run(
          experiment, into: folder, observer: StoppingObserver(after: stop))
        #expect(first.isInterrupted)
        #expect(first.finished == stop)
        let second = try ExperimentRunner().run(experiment, into: folder)
        #expect(second.finished == 18 - stop)
        #expect(try canonicalRecords(in: folder) == whole)
        #expect(try ExperimentRunner().run(experiment, into: folder).finished == 0)
      }
    }
  }

  @Test func theNumberOfJobsChangesNothing() throws {
    let experiment = try planned()
    let results = try [1, 2, 5].map { jobs in
      try withTemporaryFolder { folder in
        try ExperimentRunner(jobs: jobs).run(experiment, into: folder)
        return try canonicalRecords(in: folder)
      }
    }
    #expect(results[0].count == 18)
    #expect(results[1] == results[0])
    #expect(results[2] == results[0])
  }

  @Test(arguments: [1, 40, 300])
  func aLineCutShortByAKillLosesOnlyItsCell(cut: Int) throws {
    try withTemporaryFolder { folder in
      let experiment = try planned()
      try ExperimentRunner().run(experiment, into: folder)
      let whole = try canonicalRecords(in: folder)
      let url = URL(fileURLWithPath: RecordStore(folder: folder).path)
      let bytes = try Data(contentsOf: url)
      // Half of the lines are lost, and the next one is cut.
      let lines = bytes.split(separator: UInt8(ascii: "\n"))
      let kept = lines[..<9].reduce(Data()) { $0 + $1 + Data([10]) } + lines[9].prefix(cut)
      try kept.write(to: url)
      #expect(try RecordStore(folder: folder).contents().records.count == 9)
      #expect(try ExperimentRunner().run(experiment, into: folder).finished == 9)
      #expect(try canonicalRecords(in: folder) == whole)
      #expect(try RecordStore(folder: folder).contents().unreadableLines == 0)
    }
  }

  @Test func damagedAndForeignLinesArePassedOver() throws {
    try withTemporaryFolder { folder in
      let experiment = try planned()
      try ExperimentRunner().run(experiment, into: folder)
      let path = RecordStore(folder: folder).path
      let text = try String(contentsOfFile: path, encoding: .utf8)
      let first = try #require(text.split(separator: "\n").first)
      let forged = first.replacing("\"seed\":1", with: "\"seed\":2")
      try (text + "nonsense\n{}\n\(forged)\n\u{0}\u{1}\n[1,2]\n").write(
        toFile: path, atomically: true, encoding: .utf8)
      let contents = try RecordStore(folder: folder).contents()
      #expect(contents.records.count == 18)
      #expect(contents.unreadableLines == 5)
    }
  }

  @Test func failuresAreRunAgainOnlyWhenAsked() throws {
    try withTemporaryFolder { folder in
      let experiment = try planned()
      try ExperimentRunner().run(experiment, into: folder)
      #expect(
        try ExperimentRunner().run(experiment, into: folder)
          == RunOutcome(finished: 0, failed: 6, isInterrupted: false))
      #expect(
        try ExperimentRunner(retriesFailures: true).run(experiment, into: folder)
          == RunOutcome(finished: 6, failed: 6, isInterrupted: false))
    }
  }

  @Test func recordsOfOtherCellsStayAndAreNotTabulated() throws {
    try withTemporaryFolder { folder in
      try ExperimentRunner().run(try planned(), into: folder)
      let smaller = try planned(setting: ["splits.repeats=2"])
      #expect(try ExperimentRunner().run(smaller, into: folder).finished == 0)
      let other = try planned(setting: ["learners.noisy.settings.noise=0.25"])
      #expect(try ExperimentRunner().run(other, into: folder).finished == 6)
      #expect(try RecordStore(folder: folder).contents().records.count == 24)
      let report = try ExperimentReport(of: smaller, in: folder)
      #expect(report.table.rows[0].entries[0].error?.count == 2)
    }
  }

  @Test func aFolderThatCannotBeWrittenIsAnError() throws {
    try withTemporaryFolder { folder in
      let file = folder + "/file"
      try "x".write(toFile: file, atomically: true, encoding: .utf8)
      do {
        try ExperimentRunner().run(try planned(), into: file + "/results")
        Issue.record("no error")
      } catch let error as InputError {
        #expect(error.kind == .unwritable)
      }
    }
  }
}
