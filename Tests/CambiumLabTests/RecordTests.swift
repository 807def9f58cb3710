import CSQLite
import CambiumCore
import Foundation
import Testing

@testable import CambiumLab

@Suite struct RecordTests {
  /// Eighteen records of the small experiment.
  private func records() throws -> [RunRecord] {
    try withTemporaryFolder { folder in
      let experiment = try planned()
      try ExperimentRunner().run(experiment, into: folder)
      return try RecordStore(folder: folder).contents().ordered(
        by: experiment.identities, includingOthers: false)
    }
  }

  @Test func shardsAreReadAndMergedInTheOrderOfTheCells() throws {
    let experiment = try planned()
    let whole = try withTemporaryFolder { folder in
      try ExperimentRunner().run(experiment, into: folder)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["records.jsonl"])
      return try Data(contentsOf: URL(fileURLWithPath: RecordStore(folder: folder).path))
    }
    let records = try RecordStore.decoder().decode(
      [RunRecord].self,
      from: Data("[".utf8) + whole.split(separator: 10).joined(separator: [44]) + Data("]".utf8))
    try withTemporaryFolder { folder in
      let store = RecordStore(folder: folder)
      let shards = [try store.shard(), try store.shard()]
      for (index, record) in records.enumerated().reversed() { try shards[index % 2].append(record) }
      #expect(try store.contents().records.count == 18)
      try store.merge(shards[0], inOrderOf: experiment.identities)
      // The other shard is this process's as well, which goes on: it stays.
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 2)
      try store.merge(shards[1], inOrderOf: experiment.identities)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["records.jsonl"])
      #expect(try Data(contentsOf: URL(fileURLWithPath: store.path)) == whole)
    }
  }

  @Test func aResultIsKeptBeforeAFailure() throws {
    try withTemporaryFolder { folder in
      let store = RecordStore(folder: folder)
      let record = try #require(try records().first { $0.result != nil })
      var failed = record
      failed.result = nil
      failed.failure = RunFailure(.timeout, "too long")
      let shard = try store.shard()
      for next in [failed, record, failed] { try shard.append(next) }
      #expect(try store.contents().records.values.map(\.failure) == [nil])
    }
  }

  @Test func onlyChangesOfTheExperimentMakeItsCommitDirty() throws {
    try withTemporaryFolder { folder in
      func git(_ words: String...) throws {
        let process = try ChildProcess(
          ["/usr/bin/env", "git", "-C", folder, "-c", "user.name=n", "-c", "user.email=e@e"] + words)
        while case .line = process.answer(until: .infinity, isWanted: { true }) {}
        #expect(process.ending().cause == .exit(0))
      }
      func write(_ name: String, _ text: String) throws {
        try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
      }
      for part in ["e", "results"] {
        try FileManager.default.createDirectory(
          atPath: "\(folder)/\(part)", withIntermediateDirectories: true)
        try write("\(part)/file", "first")
      }
      #expect(RunEnvironment(experimentIn: "\(folder)/e").commit == nil)
      try git("init", "-q")
      try git("add", ".")
      try git("commit", "-q", "-m", "m")
      let commit = try #require(RunEnvironment(experimentIn: "\(folder)/e").commit)
      #expect(commit.count == 12)
      try write("results/file", "second")
      #expect(RunEnvironment(experimentIn: "\(folder)/e").commit == commit)
      try write("e/file", "second")
      #expect(RunEnvironment(experimentIn: "\(folder)/e").commit == "\(commit)-dirty")
    }
  }

  @Test func rowsAreFlatAndNamed() throws {
    let rows = try records().map(RecordRow.init)
    let names = RecordRow.names(of: rows, includingSettings: false)
    #expect(
      names.starts(with: ["identity", "data", "learner", "split", "seed", "failure.kind", "failure.message"]))
    #expect(!names.contains { $0.hasPrefix("settings.") || $0.contains("rounds") })
    #expect(RecordRow.names(of: rows, includingSettings: true).contains("settings.units"))
    let table = rows.table(of: names)
    #expect(table.rowCount == 18)
    let json = try JSONSerialization.jsonObject(with: Data(rows.json(of: names).utf8)) as? [[String: Any]]
    #expect(json?.count == 18)
    #expect(json?.allSatisfy { Set($0.keys) == Set(names) } == true)
  }

  @Test func conditionsChoose() throws {
    let rows = try records().map(RecordRow.init)
    func count(_ text: String) throws -> Int {
      let filter = try RecordFilter(text)
      return rows.count { filter.accepts($0) }
    }
    #expect(try count("learner=noisy") == 6)
    #expect(try count("learner != noisy") == 12)
    #expect(try count("learner~nois") == 6)
    #expect(try count("split<=1") == 12)
    #expect(try count("split<1") == 6)
    #expect(try count("split>=1") == 12)
    #expect(try count("failure.kind=error") == 6)
    #expect(try count("test.rmse>0") == 6, "a run without the figure is not chosen")
    #expect(try count("settings.noise=0.5") == 6)
    for text in ["learner", "=x", ""] { #expect(throws: InputError.self) { try RecordFilter(text) } }
    let error = #expect(throws: InputError.self) {
      try RecordFilter("test.rms<1").check(among: RecordRow.names(of: rows, includingSettings: true))
    }
    #expect(error?.expected.contains("test.rmse") == true)
  }

  @Test func aDatabaseHoldsRunsAndRounds() throws {
    try withTemporaryFolder { folder in
      let records = try records()
      let path = "\(folder)/a.db"
      try RecordDatabase.write(records, to: path)
      try RecordDatabase.write(records, to: path)
      #expect(try query("SELECT count(*) FROM runs", path) == 18)
      #expect(try query("SELECT count(*) FROM runs WHERE \"failure.kind\" = 'error'", path) == 6)
      let units = records.compactMap { $0.result?.report.rounds.count }.reduce(0, +)
      #expect(try query("SELECT count(*) FROM rounds JOIN runs USING (identity)", path) == Double(units))
      let error = records.compactMap { $0.result?.test.rmse }.reduce(0, +)
      #expect(abs(try query("SELECT sum(\"test.rmse\") FROM runs", path) - error) < 1e-9)
      #expect(throws: InputError.self) { try RecordDatabase.write(records, to: "\(folder)/none/a.db") }
    }
  }

  private func query(_ text: String, _ path: String) throws -> Double {
    var handle: OpaquePointer?
    try #require(sqlite3_open(path, &handle) == SQLITE_OK)
    defer { sqlite3_close(handle) }
    var statement: OpaquePointer?
    try #require(sqlite3_prepare_v2(handle, text, -1, &statement, nil) == SQLITE_OK)
    defer { sqlite3_finalize(statement) }
    try #require(sqlite3_step(statement) == SQLITE_ROW)
    return sqlite3_column_double(statement, 0)
  }

  @Test func anEstimateLearnsFromRecords() throws {
    let experiment = try planned()
    var contents = RecordStore.Contents()
    let empty = TimeEstimate(of: experiment, from: contents)
    #expect(experiment.cells.allSatisfy { empty.seconds(of: $0) == nil })
    var record = try #require(try records().first { $0.learner == "constant" && $0.data == "numbers" })
    record.seconds = 3
    record.predictionSeconds = 1
    contents.records = [record.identity: record]
    let estimate = TimeEstimate(of: experiment, from: contents)
    #expect(experiment.cells.allSatisfy { estimate.seconds(of: $0) == 4 })
    #expect(estimate.summary(of: experiment.cells, jobs: 2) == "18 runs, about 36 s with 2 jobs.")
  }
}
