import Foundation
import Testing

@Test func wordsThatAreOffEndWith64() throws {
  let place = try Workplace()
  try place.write("data.csv", Samples.regression)
  let calls: [[String]] = [
    ["grow"], ["grow", "data.csv", "--unknown"], ["nonsense"], ["grow", "data.csv", "--threads", "0"],
    ["grow", "data.csv", "--threads", "-1"], ["grow", "data.csv", "--threads", "two"],
    ["grow", "data.csv", "--seed", "-1"], ["grow", "data.csv", "--validation", "1"],
    ["grow", "data.csv", "--validation", "nan"], ["grow", "data.csv", "--task", "guess"],
    ["grow", "data.csv", "--set", "restarts"], ["fit", "no-such-learner", "data.csv"],
    ["generate", "friedman1", "--rows", "0", "--seed", "1"], ["generate", "no-such-task", "--rows", "3"],
    ["list", "nothing"], ["predict", "model.json"], ["run", "e", "--results", ""],
    ["stats"], ["stats", "data.csv", "--alpha", "0"], ["stats", "data.csv", "--alpha", "nan"],
    ["stats", "data.csv", "--rope", "-1"], ["stats", "data.csv", "--rope", "inf"],
  ]
  for call in calls {
    let outcome = try place.run(call)
    #expect(outcome.status == 64, "\(call): \(outcome.errors)")
    #expect(!outcome.errors.isEmpty)
    #expect(outcome.output.isEmpty)
  }
  #expect(try place.files() == ["data.csv"])
}

@Test func filesThatAreNotThereEndWith66() throws {
  let place = try Workplace()
  try place.write("data.csv", Samples.regression)
  let calls: [[String]] = [
    ["grow", "missing.csv"], ["fit", "mlp", "missing.csv"], ["grow", "data.csv", "--spec", "missing.yaml"],
    ["predict", "missing.json", "data.csv"], ["evaluate", "missing.json", "data.csv"],
    ["explain", "missing.json"], ["run", "no-such-experiment"], ["report", "no-such-experiment"],
    ["stats", "missing.csv"],
  ]
  for call in calls {
    let outcome = try place.run(call)
    #expect(outcome.status == 66, "\(call): \(outcome.errors)")
    #expect(outcome.errors.contains("missing") || outcome.errors.contains("no-such"), "\(outcome.errors)")
  }
}

@Test func filesThatCannotBeWrittenEndWith73() throws {
  let place = try Workplace()
  try place.write("data.csv", Samples.regression)
  for path in ["no-such-folder/model.json", "."] {
    let outcome = try place.run(["grow", "data.csv", "--out", path] + Samples.brief)
    #expect(outcome.status == 73, "\(outcome.errors)")
    #expect(outcome.errors.contains(path))
  }
  #expect(try place.files() == ["data.csv"])
}

@Test func helpAndVersionEndWell() throws {
  let place = try Workplace()
  let version = try place.run("--version")
  #expect(version.status == 0)
  #expect(version.output.split(separator: ".").count == 3)
  for call in [["--help"], ["grow", "--help"], ["help", "fit"], ["list", "--help"]] {
    let outcome = try place.run(call)
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("USAGE"))
    #expect(outcome.errors.isEmpty)
  }
}

@Test func aClosedReaderIsNoCrash() throws {
  let place = try Workplace()
  let process = Process()
  process.executableURL = URL(filePath: "/bin/sh")
  let program = try Workplace.executable().path()
  process.arguments = ["-c", "'\(program)' generate friedman1 --rows 20000 --seed 1 | head -n 1"]
  let output = Pipe()
  let errors = Pipe()
  process.standardOutput = output
  process.standardError = errors
  process.currentDirectoryURL = place.folder
  try process.run()
  process.waitUntilExit()
  #expect(errors.fileHandleForReading.readDataToEndOfFile().isEmpty)
  #expect(output.fileHandleForReading.readDataToEndOfFile().first == UInt8(ascii: "x"))
}
