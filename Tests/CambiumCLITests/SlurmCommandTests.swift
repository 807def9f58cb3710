import Foundation
import Testing

@testable import CambiumLab

private let spec = """
  question: Does it last?
  learners:
    - {name: mlp, settings: {layers: [3], epochs: 10}}
  data:
    - {name: friedman1, synthetic: friedman1, rows: 60}
    - {name: parity, synthetic: parity-4, rows: 16}
  splits: {scheme: hold-out, fraction: 0.25, repeats: 5}
  """

/// A place with stand-ins for Slurm's commands: `sbatch` notes how it was called, `squeue` lists what a file holds.
private final class Site {
  let place: Workplace
  private let environment: [String: String]

  init(experiment: String = spec) throws {
    place = try Workplace(experiment: experiment)
    let folder = place.folder.path()
    try FileManager.default.createDirectory(
      at: place.folder.appending(path: "bin"), withIntermediateDirectories: true)
    environment = ["PATH": "\(folder)/bin:/usr/bin:/bin"]
    try command("sbatch", "echo \"$@\" >>'\(folder)/calls'; echo $(wc -l <'\(folder)/calls')")
    try command("squeue", "cat '\(folder)/queue' 2>/dev/null; exit 0")
    try command("scontrol", "echo 'MaxArraySize = 3'")
  }

  /// Makes a command of a line of shell.
  ///
  /// A process of its own writes it: were it open in this one, another test's process could inherit it meanwhile, and a program
  /// that somebody writes to cannot be started.
  func command(_ name: String, _ line: String) throws {
    let path = place.folder.path() + "/bin/\(name)"
    let writer = try ChildProcess([
      "/bin/sh", "-c", "printf '#!/bin/sh\n%s\n' \"$1\" >\"$2\" && chmod 755 \"$2\"", "sh", line, path,
    ])
    #expect(writer.ending().cause == .exit(0))
  }

  func run(_ arguments: String..., variables: [String: String] = [:]) throws -> Outcome {
    try place.run(arguments, environment: environment.merging(variables) { $1 })
  }

  func submit(_ arguments: String...) throws -> Outcome {
    try place.run(["run", "small", "--executor", "slurm"] + arguments, environment: environment)
  }

  /// How `sbatch` was called.
  var calls: [String] {
    String(decoding: place.read("calls") ?? Data(), as: UTF8.self).split(separator: "\n").map(String.init)
  }

  /// What jobs are called, by the calls.
  func jobName(_ call: Int) -> String {
    calls.dropFirst(call).first?.split(separator: " ").first { $0.hasPrefix("--job-name=") }.map {
      String($0.dropFirst(11))
    } ?? ""
  }

  func task(_ array: Int, _ index: Int) throws -> Outcome {
    try run(
      "slurm-task", "results/small/slurm/1", "--array", "\(array)",
      variables: ["SLURM_ARRAY_TASK_ID": "\(index)", "SLURM_ARRAY_JOB_ID": "1"])
  }

  func counts() throws -> [String: Int] {
    try run("status", "small", "--json").json().compactMapValues { $0 as? Int }
  }
}

@Test func aSweepIsSubmittedRunAndCollected() throws {
  let site = try Site()
  try site.place.write("profile.yaml", "cellsPerTask: 2\nthrottle: 4\n")
  let outcome = try site.submit("--profile", "profile.yaml")
  #expect(outcome.status == 0 && outcome.output.isEmpty, "\(outcome.errors)")
  #expect(
    outcome.errors.contains("10 runs in 5 tasks, 2 arrays as jobs 1, 2; job 3 collects"), "\(outcome.errors)")
  for line in outcome.errors.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
  try #require(site.calls.count == 3)
  #expect(site.calls[0].contains("--array=0-2%2") && site.calls[1].contains("--array=0-1%2"), "\(site.calls)")
  #expect(
    site.calls[2].contains("--dependency=afterany:1:2") && site.calls[2].hasSuffix("script.sh --collect"))
  #expect(site.place.read("results/small/slurm/1/script.sh") != nil)
  #expect(
    FileManager.default.fileExists(
      atPath: site.place.folder.appending(path: "results/small/slurm/1/logs").path()),
    "a job whose log has no folder dies without a word")

  try site.place.write(
    "queue",
    "PENDING|1|\(site.jobName(0))\nRUNNING|0|\(site.jobName(0))\nRUNNING|0|\(site.jobName(1))\nPENDING|N/A|c\n"
  )
  #expect(try site.task(0, 0).status == 0)
  #expect(
    try site.counts() == ["runs": 10, "done": 2, "failed": 0, "running": 2, "waiting": 2, "missing": 4])
  let cells = try site.run("status", "small", "--cells").output.split(separator: "\n")
  #expect(
    cells.count == 10 && cells[0].contains("  done     mlp on friedman1, split 1, seed 1"), "\(cells[0])")
  #expect(try site.submit("--profile", "profile.yaml").errors.contains("4 runs in 2 tasks, 1 array"))
  #expect(site.calls.count == 5)

  for (array, index) in [(0, 1), (0, 2), (1, 0), (1, 1)] { #expect(try site.task(array, index).status == 0) }
  #expect(try site.task(1, 2).status == 64, "a task that there is not")
  #expect(try site.run("slurm-task", "results/small/slurm/1").status == 64, "no task of Slurm's")
  try site.place.write("queue", "")
  #expect(try site.run("slurm-task", "results/small/slurm/1", "--collect").status == 0)
  #expect(try site.run("run", "small", "--results", "local", "--quiet").status == 0)
  let files = try ["results", "local"].map { results in
    String(decoding: try #require(site.place.read("\(results)/small/records.jsonl")), as: UTF8.self)
      .replacing(/"(seconds|predictionSeconds)":[-+.0-9e]+/, with: "time")
  }
  #expect(files[0] == files[1], "records are those of a local run")
  #expect(try site.submit().errors.contains("Nothing is missing"))
  #expect(site.calls.count == 5)
}

@Test func aDryRunOfASubmissionPrintsAndSubmitsNothing() throws {
  let site = try Site()
  let outcome = try site.submit("--dry-run")
  #expect(outcome.status == 0 && outcome.output.hasPrefix("#!/bin/bash\n#SBATCH "), "\(outcome.errors)")
  #expect(outcome.output.split(separator: "\n").count { $0.contains("mlp on ") } == 10)
  #expect(site.calls.isEmpty && site.place.read("results/small/slurm/1/script.sh") == nil)
  let alone = try site.place.run(
    ["run", "small", "--executor", "slurm", "--dry-run"], environment: ["PATH": "/nowhere"])
  #expect(alone.status == 0 && alone.errors.contains("no Slurm here"), "\(alone.errors)")
}

@Test func whatSlurmSaysIsToldAndNothingIsSubmittedTwice() throws {
  let site = try Site()
  let nowhere = ["PATH": "/nowhere"]
  let missing = try site.run("run", "small", "--executor", "slurm", variables: nowhere)
  #expect(missing.status == 69 && missing.errors.contains("found no scontrol"), "\(missing.errors)")
  try site.command("sbatch", "echo 'sbatch: error: Batch job submission failed: Invalid account' >&2; exit 1")
  let refused = try site.submit()
  #expect(refused.status == 69 && refused.errors.contains("Invalid account"), "\(refused.errors)")
  #expect(
    try site.counts()["missing"] == 10 && site.place.read("results/small/slurm/1/submission.json") == nil)

  // The first array is taken, the second is more than the site allows.
  let folder = site.place.folder.path()
  try site.command(
    "sbatch",
    "echo \"$@\" >>'\(folder)/calls'; [ $(wc -l <'\(folder)/calls') = 1 ] && echo 7 || { echo QOSMaxSubmitJobPerUserLimit >&2; exit 1; }"
  )
  let part = try site.submit()
  #expect(part.status == 69 && part.errors.contains("1 of 4 arrays were taken before (7)"), "\(part.errors)")
  try site.place.write("queue", (0..<3).map { "PENDING|\($0)|\(site.jobName(0))\n" }.joined())
  #expect(try site.counts()["missing"] == 7)

  try site.command("squeue", "echo 'slurm_load_jobs error: Unable to contact slurm controller' >&2; exit 1")
  let count = site.calls.count
  for outcome in [try site.submit(), try site.run("status", "small")] {
    #expect(outcome.status == 69 && outcome.errors.contains("no answer"), "\(outcome.errors)")
  }
  #expect(site.calls.count == count)
  // Records can be put together all the same.
  let collected = try site.run("collect", "small")
  #expect(collected.status == 0 && collected.errors.contains("stay where they are"), "\(collected.errors)")
  #expect(try site.run("status", "small", variables: nowhere).output.contains("missing 10"))
}

@Test func profilesAreCheckedBeforeAnythingIsSubmitted() throws {
  let site = try Site()
  try site.place.write("profile.yaml", "cpus: 1\npartiton: short\n")
  let wrong = try site.submit("--profile", "profile.yaml")
  #expect(wrong.status == 65 && wrong.errors.contains("profile.yaml:2"), "\(wrong.errors)")
  #expect(try site.submit("--profile", "none.yaml").status == 66)
  for words in [["--jobs", "2"], ["--memory", "100"]] {
    #expect(try site.place.run(["run", "small", "--executor", "slurm"] + words).status == 64)
  }
  for words in [["--report"], ["--profile", "profile.yaml"], ["--executor", "cloud"]] {
    #expect(try site.place.run(["run", "small"] + words).status == 64)
  }
  #expect(site.calls.isEmpty)
}

@Test func aTaskThatIsToldOfTheEndAsksForAnotherStart() throws {
  let site = try Site(experiment: spec.replacing("repeats: 5", with: "repeats: 200"))
  try site.place.write("profile.yaml", "cellsPerTask: 400\n")
  let folder = site.place.folder.path()
  #expect(try site.submit("--profile", "profile.yaml").status == 0)
  try site.command("scontrol", "echo \"$@\" >>'\(folder)/requeued'")
  for (name, isRequeued) in [(SIGTERM, false), (SIGUSR1, true)] {
    let task = try site.place.start(
      ["slurm-task", "results/small/slurm/1"],
      environment: [
        "PATH": "\(folder)/bin:/usr/bin:/bin", "SLURM_ARRAY_TASK_ID": "0", "SLURM_ARRAY_JOB_ID": "7",
      ])
    for _ in 0..<6000 where task.isRunning && !task.errorsSoFar().contains("/400  ") {
      Thread.sleep(forTimeInterval: 0.01)
    }
    kill(task.processIdentifier, name)
    let outcome = try task.finish()
    #expect(outcome.status == 130, "\(outcome.errors)")
    #expect(
      site.place.read("requeued").map { String(decoding: $0, as: UTF8.self) }
        == (isRequeued ? "requeue 7_0\n" : nil))
  }
  let done = try #require(try site.counts()["done"])
  #expect(done >= 2 && done < 400)
}

@Test func helpOfClusterCommandsFits80Columns() throws {
  let place = try Workplace()
  for command in ["run", "status", "collect"] {
    let help = try place.run(["help", command], environment: ["COLUMNS": "80"])
    // The line of usage is the argument parser's own.
    for line in help.output.split(separator: "\n") where !line.hasPrefix("USAGE") {
      #expect(line.count <= 80, "\(line)")
    }
  }
  #expect(try !place.run("--help").output.contains("slurm-task"))
}
