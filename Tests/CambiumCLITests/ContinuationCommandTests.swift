import Foundation
import Testing

/// `grow --continue` adds units to a model that was saved, as if it had not stopped.
@Suite struct ContinuationCommandTests {
  private static func words(_ data: String, units: Int, _ more: String...) -> [String] {
    ["grow", data, "--set", "stopping.maximumUnits=\(units)"] + more
  }

  private static let growing = ["--set", "training.epochs=10", "--set", "restarts=1", "--seed", "4"]

  @Test(arguments: [[], ["--validation", "0"]])
  func goingOnIsNotHavingStopped(options: [String]) throws {
    let place = try Workplace()
    try place.write("data.csv", Samples.regression)
    let settings = Self.growing + options
    let part = Self.words("data.csv", units: 2, "--out", "part.json", "--keep-growth", "--quiet")
    #expect(try place.run(part + settings).status == 0)
    #expect(try place.files().contains("part.growth.json"))
    let gone = try place.run(
      Self.words("data.csv", units: 6, "--continue", "part.json", "--out", "gone.json"))
    #expect(gone.status == 0, "\(gone.errors)")
    #expect(!gone.errors.contains("from the beginning"))
    #expect(try place.run(Self.words("data.csv", units: 6, "--out", "whole.json") + settings).status == 0)
    let whole = try #require(place.read("whole.json"))
    #expect(place.read("gone.json") == whole)

    // Without what was kept, all grows again, and to the same end.
    try FileManager.default.removeItem(at: place.folder.appending(path: "part.growth.json"))
    let again = try place.run(
      Self.words("data.csv", units: 6, "--continue", "part.json", "--out", "again.json"))
    #expect(again.errors.contains("from the beginning"))
    #expect(place.read("again.json") == whole)
  }

  @Test func targetsAndColumnsLeftOutAreTheModels() throws {
    let place = try Workplace()
    try place.write("data.csv", Samples.twoTargets)
    let settings = Self.growing + ["--target", "y", "--target", "z", "--validation", "0", "--quiet"]
    #expect(try place.run(Self.words("data.csv", units: 2, "--out", "model.json") + settings).status == 0)
    #expect(try place.run(Self.words("data.csv", units: 4, "--out", "whole.json") + settings).status == 0)
    // A model may take the place of the one that it goes on from.
    let gone = try place.run(
      Self.words("data.csv", units: 4, "--continue", "model.json", "--out", "model.json"))
    #expect(gone.status == 0, "\(gone.errors)")
    #expect(place.read("model.json") == place.read("whole.json"))
  }

  @Test func whatWouldBeAnotherGrowthIsAnError() throws {
    let place = try Workplace()
    try place.write("data.csv", Samples.regression)
    try place.write("other.csv", Samples.twoTargets)
    try place.write("cut.csv", Samples.regression.split(separator: "\n").dropLast().joined(separator: "\n"))
    #expect(try place.run(["grow", "data.csv", "--out", "model.json"] + Samples.brief).status == 0)
    #expect(try place.run("fit", "mlp", "data.csv", "--out", "mlp.json", "--quiet").status == 0)
    let faults: [([String], Int32, String)] = [
      (["data.csv", "--set", "selection.keep=2"], 64, "stopping.maximumUnits"),
      (["data.csv", "--seed", "9"], 64, "--seed"), (["data.csv", "--validation", "0.3"], 64, "--validation"),
      (["data.csv", "--committee", "3"], 64, "--committee"), (["cut.csv"], 65, "other data"),
      (["other.csv"], 65, "other data"),
    ]
    for (words, status, message) in faults {
      let outcome = try place.run(["grow", "--continue", "model.json"] + words)
      #expect(outcome.status == status, "\(words): \(outcome.errors)")
      #expect(outcome.errors.contains(message), "\(words): \(outcome.errors)")
    }
    #expect(try place.run("grow", "--continue", "mlp.json", "data.csv").status == 65)
    #expect(try place.run("grow", "--continue", "none.json", "data.csv").status == 66)
    #expect(try place.run("grow", "data.csv", "--keep-growth").status == 64)
    try place.write("model.growth.json", "{\"format\": 3")
    #expect(try place.run("grow", "--continue", "model.json", "data.csv").status == 65)
  }
}
