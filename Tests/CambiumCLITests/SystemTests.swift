import Foundation
import Testing

/// Runs a line of the shell, in which `$cambium` is the built program.
private func shell(_ line: String, in place: Workplace) throws -> Int32 {
  let process = Process()
  process.executableURL = URL(filePath: "/bin/bash")
  process.arguments = ["-c", line]
  process.currentDirectoryURL = place.folder
  process.environment = ProcessInfo.processInfo.environment
    .merging(["cambium": try Workplace.executable().path()]) { $1 }
  process.standardInput = FileHandle.nullDevice
  process.standardOutput = FileHandle.nullDevice
  process.standardError = FileHandle.nullDevice
  try process.run()
  process.waitUntilExit()
  return process.terminationStatus
}

private func grown() throws -> Workplace {
  let place = try Workplace()
  try place.write("data.csv", Samples.regression)
  try #require(try place.run(["grow", "data.csv", "--out", "model.json"] + Samples.brief).status == 0)
  return place
}

@Test func standardOutputByNameIsStandardOutput() throws {
  let place = try grown()
  let answers = try place.run("predict", "model.json", "data.csv").output
  for name in ["/dev/stdout", "/proc/self/fd/1", "link"] {
    let line =
      "ln -sf /proc/self/fd/1 link; { echo first; $cambium predict model.json data.csv --out \(name); } > out"
    #expect(try shell(line, in: place) == 0)
    #expect(place.read("out") == Data(("first\n" + answers).utf8), "\(name)")
  }
  #expect(
    try FileManager.default.destinationOfSymbolicLink(atPath: place.folder.appending(path: "link").path())
      != "")
}

@Test func aClosedDescriptorIsNoFile() throws {
  let place = try grown()
  try FileManager.default.createDirectory(
    at: place.folder.appending(path: "experiments/e"), withIntermediateDirectories: true)
  try place.write(
    "experiments/e/experiment.yaml",
    "learners: [{name: mlp, settings: {epochs: 2}}]\ndata: [{synthetic: parity-3}]\nsplits: {repeats: 2}\n")
  #expect(try shell("$cambium run e <&- 2>&-", in: place) == 0)
  let records = try #require(place.read("results/e/records.jsonl"))
  let lines = records.split(separator: UInt8(ascii: "\n"))
  #expect(lines.count == 2 && lines.allSatisfy { $0.first == UInt8(ascii: "{") })
  #expect(try shell("$cambium predict model.json data.csv >&-", in: place) == 74)
}

@Test func whatIsReadIsNotWrittenTo() throws {
  let place = try grown()
  try place.write("spec.yaml", "restarts: 1\n")
  let before = try ["data.csv", "model.json", "spec.yaml"].map { try #require(place.read($0)) }
  for call in [
    ["grow", "data.csv", "--out", "./data.csv"], ["fit", "mlp", "data.csv", "--out", "data.csv"],
    ["grow", "data.csv", "--spec", "spec.yaml", "--out", "spec.yaml"],
    ["predict", "model.json", "data.csv", "--out", "data.csv"],
    ["predict", "model.json", "data.csv", "--out", "model.json"],
  ] {
    let outcome = try place.run(call)
    #expect(outcome.status == 64 && outcome.errors.contains("is read"), "\(outcome.errors)")
  }
  #expect(try ["data.csv", "model.json", "spec.yaml"].map { try #require(place.read($0)) } == before)
}

@Test func modelsAndSpecsMayComeThroughPipes() throws {
  let place = try grown()
  let line = """
    $cambium grow data.csv --spec <(echo 'stopping: {maximumUnits: 1}') --quiet --out small.json &&
    $cambium predict <(cat model.json) <(cat data.csv) --out answers.csv
    """
  #expect(try shell(line, in: place) == 0)
  #expect(place.read("answers.csv") == Data(try place.run("predict", "model.json", "data.csv").output.utf8))
  #expect(try place.run("grow", "data.csv", "--spec", "/dev/zero").status == 65)
}

@Test func aFileThatGrowsTooLargeLeavesNothingBehind() throws {
  let place = try Workplace()
  try place.write("data.csv", try place.run("generate", "friedman1", "--rows", "2000").output)
  let line = "ulimit -f 1; $cambium fit mlp data.csv --set epochs=1 layers=[200] --quiet --out model.json"
  #expect(try shell(line, in: place) == 73)
  #expect(try place.files() == ["data.csv"])
}

@Test func columnsMayBeNamedLikeOptions() throws {
  let place = try Workplace()
  try place.write("data.csv", Samples.regression.replacing("a,b,y", with: "-x,--json,-y"))
  let outcome = try place.run(
    ["grow", "data.csv", "--target", "-x", "--ignore", "--json", "--out", "model.json"] + Samples.brief)
  #expect(outcome.status == 0, "\(outcome.errors)")
  #expect(try place.run("predict", "model.json", "data.csv").output.hasPrefix("-x\n"))
}
