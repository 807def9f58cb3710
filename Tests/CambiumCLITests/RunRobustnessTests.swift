import Foundation
import Testing

private let spec = """
  question: Does it last?
  learners:
    - name: grown
      settings: {restarts: 1, training: {epochs: 10}, stopping: {maximumUnits: 2}}
    - name: mlp
      settings: {layers: [3], epochs: 10}
  data:
    - {name: friedman1, synthetic: friedman1, rows: 60}
    - {name: parity, synthetic: parity-4, rows: 16}
  splits: {scheme: hold-out, fraction: 0.25, repeats: 12}
  """

private func experiment() throws -> Workplace { try Workplace(experiment: spec) }

/// One run that takes long enough to be met at work.
private let slow = [
  "--set", "learners=[{name: grown, settings: {stopping: {maximumUnits: 4000, patience: 4000}}}]",
  "--set", "data=[{name: f, synthetic: friedman1, rows: 4000}]", "--set", "splits.repeats=1",
]

/// The lines of the merged records, times aside.
private func records(_ place: Workplace, in results: String) throws -> [String] {
  let data = try #require(place.read("\(results)/small/records.jsonl"))
  return String(decoding: data, as: UTF8.self).split(separator: "\n").map {
    String($0).replacing(/"(seconds|predictionSeconds)":[-+.0-9e]+/, with: "time")
  }
}

@Test func aRunThatIsKilledAgainAndAgainEndsAsOneThatIsNot() throws {
  let place = try experiment()
  #expect(try place.run("run", "small", "--results", "whole").status == 0)
  let whole = try records(place, in: "whole")
  #expect(whole.count == 48)
  var random = SystemRandomNumberGenerator()
  for _ in 0..<6 {
    let command = try place.start(["run", "small", "--results", "killed", "--jobs", "2"])
    Thread.sleep(forTimeInterval: Double.random(in: 0.02...0.4, using: &random))
    kill(command.processIdentifier, SIGKILL)
    _ = try command.finish()
  }
  #expect(try place.run("run", "small", "--results", "killed", "--jobs", "3").status == 0)
  #expect(try records(place, in: "killed") == whole)
  #expect(
    try FileManager.default.contentsOfDirectory(atPath: place.folder.appending(path: "killed/small").path())
      .sorted() == ["records.jsonl", "replays"], "the shards of processes that were killed are taken in")
}

@Test func aWorkerThatIsKilledCostsOneRun() throws {
  let place = try experiment()
  let command = try place.start(["run", "small", "--jobs", "1"] + slow)
  let parent = command.processIdentifier
  var worker: pid_t?
  for _ in 0..<1000 where worker == nil {
    Thread.sleep(forTimeInterval: 0.02)
    worker = workers(of: parent).first
  }
  // Past its greeting, so that it has been given the cell.
  Thread.sleep(forTimeInterval: 1)
  kill(try #require(worker), SIGSEGV)
  let outcome = try command.finish()
  #expect(outcome.status == 65, "\(outcome.errors)")
  let record = try #require(try records(place, in: "results").first)
  #expect(record.contains("\"kind\":\"crash\"") && record.contains("signal 11"), "\(record)")
}

/// The workers that a process started, as Linux lists them.
private func workers(of process: pid_t) -> [pid_t] {
  let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc"))?.compactMap { pid_t($0) } ?? []
  return all.filter { child in
    // After the name in brackets come the state and the parent.
    let stat = (try? String(contentsOfFile: "/proc/\(child)/stat", encoding: .utf8)) ?? ""
    let words = stat.split(separator: ")").last?.split(separator: " ") ?? []
    let command = (try? String(contentsOfFile: "/proc/\(child)/cmdline", encoding: .utf8)) ?? ""
    return words.count > 1 && pid_t(words[1]) == process && command.contains("--worker")
  }
}

@Test func limitsCostTheRunsThatGoBeyondThem() throws {
  let place = try experiment()
  let late = try place.run(["run", "small", "--set", "limits.seconds=0.3"] + slow)
  #expect(late.status == 65)
  #expect(try records(place, in: "results").first?.contains("\"kind\":\"timeout\"") == true)
  let large = try place.run(["run", "small", "--memory", "8", "--jobs", "1", "--results", "large"] + slow)
  #expect(large.status == 65)
  #expect(try records(place, in: "large").first?.contains("\"kind\":\"outOfMemory\"") == true)
}

@Test func oneCellIsRunAlone() throws {
  let place = try experiment()
  let plan = try place.run("run", "small", "--dry-run").output.split(separator: "\n")
  let identity = try #require(plan[5].split(separator: " ").first.map(String.init))
  #expect(try place.run("run", "small", "--cell", identity).status == 0)
  #expect(try records(place, in: "results").count == 1)
  #expect(try place.run("run", "small", "--cell", "none").status == 64)
  let rest = try place.run("run", "small", "--dry-run")
  #expect(rest.output.split(separator: "\n").count == 47)
  #expect(rest.errors.contains("47 runs, about"), "\(rest.errors)")
}

@Test func recordsAreListed() throws {
  let place = try experiment()
  #expect(try place.run("results", "small").status == 66)
  #expect(try place.run("run", "small", "--quiet").status == 0)
  let table = try place.run("results", "small", "--where", "learner=grown", "--where", "split<3")
  #expect(table.status == 0 && table.output.split(separator: "\n").count == 7, "\(table.errors)")
  #expect(table.errors.contains("6 of 48 records"))
  let json = try place.run("results", "small", "--format", "json", "--quiet")
  #expect(
    (try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]])?.count == 48)
  #expect(try place.run("results", "small", "--format", "sqlite").status == 64)
  #expect(try place.run("results", "small", "--format", "sqlite", "--out", "a.db").status == 0)
  #expect(place.read("a.db")?.prefix(6) == Data("SQLite".utf8))
  let unknown = try place.run("results", "small", "--where", "learne=grown")
  #expect(unknown.status == 64 && unknown.errors.contains("learner"), "\(unknown.errors)")
}

@Test func dataThatIsNotThereIsAMissingInput() throws {
  let place = try experiment()
  let outcome = try place.run(
    ["run", "small", "--set", "data=[{external: a/b.csv}]"], environment: ["CAMBIUM_DATA": ""])
  #expect(outcome.status == 66 && outcome.errors.contains("CAMBIUM_DATA"), "\(outcome.errors)")
}

@Test func manyRunsAreAskedForTwice() throws {
  let place = try experiment()
  let setting = ["--set", "splits.repeats=5000", "--dry-run", "--quiet"]
  let outcome = try place.run(["run", "small"] + setting)
  #expect(outcome.status == 64 && outcome.errors.contains("20000 runs") && outcome.errors.contains("--yes"))
  #expect(try place.run(["run", "small", "--yes"] + setting).output.split(separator: "\n").count == 20_000)
}
