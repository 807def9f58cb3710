import Foundation
import Testing

private let spec = """
  question: Does it run?
  learners:
    - name: grown
      settings: {restarts: 1, training: {epochs: 10}, stopping: {maximumUnits: 2}}
    - name: mlp
      settings: {layers: [3], epochs: 10}
  data:
    - {name: friedman1, synthetic: friedman1, rows: 60}
    - {name: parity, synthetic: parity-4, rows: 16}
  splits: {scheme: hold-out, fraction: 0.25, repeats: 2}
  seeds: [1]
  """

private func experiment() throws -> Workplace { try Workplace(experiment: spec) }

private func records(_ place: Workplace) throws -> [String] {
  let data = try #require(place.read("results/small/records.jsonl"))
  return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
}

@Test func anExperimentRunsOnceAndIsReported() throws {
  let place = try experiment()
  #expect(try place.run("list", "experiments").output == "small  Does it run?\n")
  let plan = try place.run("run", "small", "--dry-run")
  #expect(plan.status == 0, "\(plan.errors)")
  #expect(plan.output.split(separator: "\n").count == 8)
  #expect(place.read("results/small/records.jsonl") == nil, "a dry run runs nothing")
  #expect(try place.run("report", "small").status == 66, "there is nothing to report yet")

  let run = try place.run("run", "small", "--jobs", "2")
  #expect(run.status == 0, "\(run.errors)")
  #expect(run.output.isEmpty)
  for line in run.errors.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
  let first = try records(place)
  #expect(first.count == 8)
  #expect(try place.run("run", "small", "--quiet").errors.isEmpty)
  #expect(try records(place) == first, "what has a record is not run again")

  let report = try place.run("report", "experiments/small", "--quiet")
  #expect(report.status == 0 && report.errors.isEmpty, "\(report.errors)")
  #expect(report.output.contains("| friedman1 | RMSE |"))
  for name in [
    "table.csv", "table.md", "table.tex", "table.html", "report.html", "errors.svg", "growth.svg",
  ] {
    #expect(place.read("results/small/\(name)")?.isEmpty == false, "\(name)")
  }
}

@Test func anInterruptedRunKeepsItsRecordsAndGoesOn() throws {
  let place = try experiment()
  let setting = ["--set", "splits.repeats=60", "--jobs", "1"]
  let command = try place.start(["run", "small"] + setting)
  for _ in 0..<6000 where command.isRunning && !command.errorsSoFar().contains("3/240") {
    Thread.sleep(forTimeInterval: 0.01)
  }
  kill(command.processIdentifier, SIGINT)
  #expect(try command.finish().status == 130)
  let kept = try records(place)
  #expect(kept.count >= 3 && kept.count < 240)
  let rest = try place.run(["run", "small", "--dry-run"] + setting).output.split(separator: "\n").count
  #expect(rest == 240 - kept.count)
}

@Test func runsThatFailedAreToldByTheExitCode() throws {
  let place = try experiment()
  // Numbers that no standard deviation can be told of where they are all that is learned from.
  try place.write("experiments/small/t.csv", "a,y\n1,1\n2,1\n3,1\n4,2\n")
  let setting = [
    "--set", "data=[{file: t.csv, task: regression}]", "splits={scheme: k-fold, folds: 2, repeats: 4}",
  ]
  for _ in 0..<2 {
    let run = try place.run(["run", "small"] + setting)
    #expect(run.status == 65, "\(run.errors)")
    #expect(run.errors.contains("of 16 runs failed"), "\(run.errors)")
    #expect(try records(place).count == 16, "every run has a record, and is not run again")
  }
  let plan = try place.run(["run", "small", "--dry-run", "--retry-failures"] + setting)
  #expect(plan.status == 0 && !plan.output.isEmpty)
}

@Test func aReportIsPrintedEvenWhereItCannotBeWritten() throws {
  let place = try experiment()
  try #require(try place.run("run", "small", "--quiet").status == 0)
  try FileManager.default.createDirectory(
    at: place.folder.appending(path: "results/small/table.csv/full"), withIntermediateDirectories: true)
  let report = try place.run("report", "small")
  #expect(report.status == 73, "\(report.errors)")
  #expect(report.output.contains("| friedman1 | RMSE |"))
}

@Test func aBadExperimentIsNamed() throws {
  let place = try experiment()
  try place.write("experiments/small/experiment.yaml", spec.replacing("name: mlp", with: "name: mpl"))
  let outcome = try place.run("run", "small")
  #expect(outcome.status == 65, "\(outcome.errors)")
  #expect(outcome.errors.contains("experiment.yaml:") && outcome.errors.contains("mlp"), "\(outcome.errors)")
  #expect(place.read("results/small/records.jsonl") == nil)
  let unknown = try place.run("run", "smal")
  #expect(unknown.status == 66 && unknown.errors.contains("small"), "\(unknown.errors)")
}
