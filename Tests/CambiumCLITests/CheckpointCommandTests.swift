import Foundation
import Testing

/// `grow --checkpoint` and `--resume`: whatever ends the program, growth goes on as if it had not.
@Suite struct CheckpointCommandTests {
  private static let settings = [
    "--set", "stopping.maximumUnits=12", "--set", "stopping.patience=100", "--seed", "4",
  ]

  private func waits(for place: Workplace, lines: Int, _ command: RunningCommand) {
    for _ in 0..<6000 where command.isRunning {
      let written = place.read("model.checkpoint.jsonl")?.count { $0 == 0x0A } ?? 0
      if written >= lines { return }
      Thread.sleep(forTimeInterval: 0.005)
    }
  }

  @Test func aGrowthThatWasKilledIsResumed() throws {
    let place = try Workplace()
    try place.write(
      "data.csv", try place.run("generate", "friedman1", "--rows", "1500", "--seed", "1").output)
    let words = ["grow", "data.csv", "--quiet"] + Self.settings
    #expect(try place.run(words + ["--out", "whole.json"]).status == 0)
    var kills = 0
    for lines in [2, 9, 20] {
      let command = try place.start(words + ["--out", "model.json", "--resume"])
      waits(for: place, lines: lines, command)
      if command.isRunning { kills += 1 }
      kill(command.processIdentifier, SIGKILL)
      _ = try command.finish()
      // The last line may have been cut off in the middle.
      if let kept = place.read("model.checkpoint.jsonl") {
        try kept.dropLast(lines).write(to: place.folder.appending(path: "model.checkpoint.jsonl"))
      }
    }
    #expect(kills > 0 && place.read("model.json") == nil)
    let last = try place.run(words + ["--out", "model.json", "--resume"])
    #expect(last.status == 0, "\(last.errors)")
    #expect(place.read("model.json") == place.read("whole.json"))
    #expect(try !place.files().contains("model.checkpoint.jsonl"))
  }

  @Test func anotherGrowthsCheckpointIsAnError() throws {
    let place = try Workplace()
    try place.write(
      "data.csv", try place.run("generate", "friedman1", "--rows", "1500", "--seed", "1").output)
    try place.write("other.csv", Samples.twoTargets)
    let header = try place.start(
      ["grow", "data.csv", "--checkpoint", "--out", "model.json", "--quiet"] + Self.settings)
    waits(for: place, lines: 1, header)
    kill(header.processIdentifier, SIGKILL)
    _ = try header.finish()
    try #require(place.read("model.checkpoint.jsonl") != nil)
    for words in [["other.csv"], ["data.csv", "--seed", "9"], ["data.csv", "--set", "selection.keep=2"]] {
      let outcome = try place.run(["grow", "--resume", "--out", "model.json"] + words)
      #expect(
        outcome.status == 65 && outcome.errors.contains("another growth"), "\(words): \(outcome.errors)")
    }
    try place.write("model.checkpoint.jsonl", "{\"format\": 3}\n")
    #expect(try place.run("grow", "data.csv", "--resume", "--out", "model.json").status == 65)
    #expect(try place.run("grow", "data.csv", "--resume").status == 64)
    #expect(try place.run("grow", "data.csv", "--resume", "--committee", "3", "--out", "m.json").status == 64)
  }

  @Test func tableAndTileFileGrowTheSameModel() throws {
    let place = try Workplace()
    try place.write("data.csv", Samples.twoTargets)
    #expect(try place.run("convert", "data.csv", "data.cbm").status == 0)
    for data in ["data.csv", "data.cbm"] {
      let outcome = try place.run(
        ["grow", data, "--out", data + ".json", "--memory", "1G", "--quiet"] + Samples.brief)
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    func model(_ name: String) -> String {
      String(decoding: place.read(name) ?? Data(), as: UTF8.self).replacing("data.cbm", with: "data.csv")
    }
    #expect(model("data.csv.json") == model("data.cbm.json"))
    #expect(try place.run("convert", "data.cbm", "back.csv").status == 0)
    #expect(
      try place.run("predict", "data.csv.json", "back.csv").output
        == place.run("predict", "data.csv.json", "data.cbm").output)
    #expect(try place.run("grow", "data.csv", "--memory", "1K").status == 65)
    #expect(try place.run("grow", "data.csv", "--memory", "little").status == 64)
  }
}
