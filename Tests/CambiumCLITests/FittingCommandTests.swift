import Foundation
import Testing

@Test(arguments: [["grow"], ["fit", "grown"]])
func growthPrintsEveryKeyOfTheContract(_ command: [String]) throws {
  let place = try Workplace()
  try place.write("data.csv", Samples.regression)
  let outcome = try place.run(command + ["data.csv", "--out", "model.json", "--json"] + Samples.brief)
  #expect(outcome.status == 0, "\(outcome.errors)")
  #expect(outcome.errors.isEmpty)
  let json = try outcome.json()
  let keys: Set = [
    "model", "task", "rows", "features", "targets", "seed", "units", "connections", "prunedConnections",
    "depth",
    "coverage", "stopReason", "epochs", "seconds", "threads", "train", "validation", "rounds",
  ]
  #expect(keys.subtracting(json.keys).isEmpty)
  #expect(json["model"] as? String == "model.json")
  #expect(json["task"] as? String == "regression")
  #expect(json["rows"] as? Int == 60)
  #expect(json["features"] as? Int == 2)
  #expect(json["targets"] as? Int == 1)
  #expect(json["seed"] as? Int == 1)
  #expect((json["units"] as? Int ?? 9) <= 3)
  let train = try #require(json["train"] as? [String: Any])
  #expect(Set(train.keys) == ["rows", "task", "rmse", "mae", "r2", "coverage"])
  let validation = try #require(json["validation"] as? [String: Any])
  #expect(validation["rows"] as? Int == 12)
  for round in try #require(json["rounds"] as? [[String: Any]]) {
    let expected: Set = [
      "index", "candidates", "kept", "coverage", "trainError", "validationError", "seconds",
    ]
    #expect(Set(round.keys) == expected)
    for kept in try #require(round["kept"] as? [[String: Any]]) {
      #expect(Set(kept.keys) == ["activation", "connections", "pruned", "coveredFirst"])
    }
  }
}

@Test func everySizeOnTheWayIsMeasuredOnTestRows() throws {
  let place = try Workplace()
  try place.write("data.csv", Samples.split)
  let command = ["grow", "data.csv", "--split-column", "part", "--json"]
  let json = try place.run(command + Samples.brief).json()
  let stages = try #require(json["stages"] as? [[String: Any]])
  let rounds = try #require(json["rounds"] as? [[String: Any]])
  #expect(stages.map { $0["units"] as? Int } == Array(0...rounds.count))
  let seconds = stages.compactMap { $0["seconds"] as? Double }
  #expect(seconds == seconds.sorted() && seconds.last == json["seconds"] as? Double)
  let test = try #require(json["test"] as? NSDictionary)
  #expect(stages.last?["test"] as? NSDictionary == test)
  #expect(stages.first?["test"] as? NSDictionary != test)
  try place.write("whole.csv", Samples.regression)
  let whole = try place.run(["grow", "whole.csv", "--json"] + Samples.brief).json()
  #expect((whole["stages"] as? [Any])?.isEmpty == true)
}

/// Rows are those of the file, also where it says itself which are learned.
@Test func whatWasCoveredFirstIsTheFilesRows() throws {
  let place = try Workplace()
  try place.write("data.csv", Samples.split)
  let command = ["grow", "data.csv", "--split-column", "part", "--json", "--set", "selection.tolerance=100"]
  let outcome = try place.run(command + Samples.brief.filter { $0 != "--quiet" })
  #expect(outcome.errors.contains("Ended by"))
  let covered = try #require(try outcome.json()["coveredFirst"] as? [String: Any])
  let units = try #require(covered["units"] as? [[Int]])
  let rows = try #require(covered["readout"] as? [Int]) + units.flatMap { $0 }
  let parts = Samples.split.split(separator: "\n").dropFirst().map { $0.split(separator: ",") }
  let header = Samples.split.split(separator: "\n")[0].split(separator: ",")
  let column = try #require(header.firstIndex(of: "part"))
  let learned = parts.indices.filter { !["2", "test"].contains(parts[$0][column]) }.map { $0 + 1 }
  #expect(rows.sorted() == learned)
}

@Test func aNamedSetOfFunctionsIsAsGoodAsItsList() throws {
  let place = try Workplace()
  try place.write("data.csv", Samples.regression)
  let command = ["grow", "data.csv", "--validation", "0"] + Samples.brief
  for (file, value) in [("a.json", "sigmoid"), ("b.json", "[logistic, tanh, arctan]")] {
    let outcome = try place.run(command + ["--out", file, "--set", "activations=\(value)"])
    #expect(outcome.status == 0, "\(outcome.errors)")
  }
  #expect(place.read("a.json") == place.read("b.json"))
  for (value, words) in [
    ("sigmod", "did you mean \"sigmoid\"?"), ("[tanh, sni]", "did you mean \"sin\""), ("3", "a list"),
    ("tanh", "a list, [tanh]"),
  ] {
    let outcome = try place.run(command + ["--set", "activations=\(value)"])
    #expect(outcome.status != 0 && outcome.errors.contains(words), "\(outcome.errors)")
    #expect(outcome.errors.contains("activations"), "\(outcome.errors)")
  }
}

@Test func withoutAModelToSaveItIsNull() throws {
  let place = try Workplace()
  try place.write("data.csv", Samples.classes)
  let outcome = try place.run(["grow", "data.csv", "--json", "--validation", "0"] + Samples.brief)
  #expect(outcome.status == 0, "\(outcome.errors)")
  let json = try outcome.json()
  #expect(json["model"] is NSNull)
  #expect(json["validation"] is NSNull)
  #expect(json["task"] as? String == "classification")
  let train = try #require(json["train"] as? [String: Any])
  #expect(Set(train.keys) == ["rows", "task", "errorRate", "logLoss", "brier", "coverage"])
  #expect(try place.files() == ["data.csv"])
}

@Test func notesSayWhatWasChosenUnlessQuiet() throws {
  let place = try Workplace()
  try place.write("data.csv", Samples.mixed)
  let brief = Samples.brief.filter { $0 != "--quiet" }
  let loud = try place.run(["grow", "data.csv"] + brief)
  #expect(loud.status == 0)
  #expect(loud.errors.contains("classification"))
  #expect(loud.errors.contains("colour"))
  #expect(loud.errors.contains("round"))
  #expect(loud.output.isEmpty)
  #expect(!loud.errors.contains("\u{1B}"), "no colours, no redrawing: this is no terminal")
  for line in loud.errors.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
  let quiet = try place.run(["grow", "data.csv"] + Samples.brief)
  #expect(quiet.errors.isEmpty && quiet.output.isEmpty)
}

@Test func theSplitColumnSaysWhatEachRowIsFor() throws {
  let place = try Workplace()
  try place.write("data.csv", Samples.split)
  let brief = [
    "grown": Samples.brief, "mlp": ["--quiet", "--set", "epochs=20"],
    "autoencoder": ["--quiet", "--set", "fineTuning.epochs=20"],
    "rbm": ["--quiet", "--set", "fineTuning.epochs=20"], "dbn": ["--quiet", "--set", "fineTuning.epochs=20"],
    "dsn": ["--quiet", "--set", "units=5"],
    "snapshots": ["--quiet", "--set", "epochs=5"],
    "stacked:mlp,dsn": [
      "--quiet", "--set", "folds=2", "settings.mlp.epochs=10", "settings.dsn.units=5",
    ],
    "cnn": ["--quiet", "--set", "shape=[1, 2]", "training.epochs=5"],
    "rnn": ["--quiet", "--set", "training.epochs=5"],
    "dbm": ["--quiet", "--set", "units=[5, 5]", "fineTuning.epochs=20"],
    "hybrid": ["--quiet", "--set", "features.units=[5]", "growth.stopping.maximumUnits=2"],
  ]
  for (learner, settings) in brief {
    let outcome = try place.run(
      ["fit", learner, "data.csv", "--split-column", "part", "--json", "--out", "model.json"] + settings)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let json = try outcome.json()
    #expect(json["features"] as? Int == 2, "the split column is no input")
    #expect((json["train"] as? [String: Any])?["rows"] as? Int == 40)
    #expect((json["validation"] as? [String: Any])?["rows"] as? Int == 10)
    #expect((json["test"] as? [String: Any])?["rows"] as? Int == 10)
    let predicted = try place.run(["predict", "model.json", "data.csv"])
    #expect(predicted.status == 0 && predicted.output.split(separator: "\n").count == 61)
  }
}

@Test func listsOfTargetsAndSettingsMayFollowOneOption() throws {
  let place = try Workplace()
  try place.write("data.csv", Samples.twoTargets)
  let brief = ["stopping.maximumUnits=2", "training.epochs=5", "--quiet"]
  let once = try place.run(
    ["grow", "data.csv", "--target", "y", "z", "--json", "--out", "once.json", "--set"] + brief)
  let twice = try place.run(
    ["grow", "--target", "y", "data.csv", "--target", "z", "--out", "twice.json", "--set", brief[0], "--set"]
      + brief[1...])
  #expect(once.status == 0 && twice.status == 0, "\(once.errors)\(twice.errors)")
  #expect(try once.json()["targets"] as? Int == 2)
  #expect(place.read("once.json") == place.read("twice.json"))
}

@Test(arguments: [Samples.regression, Samples.classes, Samples.mixed])
func theNumberOfThreadsChangesNoByte(_ table: String) throws {
  let place = try Workplace()
  try place.write("data.csv", table)
  for threads in ["1", "2", "4"] {
    let outcome = try place.run(
      ["grow", "data.csv", "--threads", threads, "--out", "model\(threads).json"] + Samples.brief)
    #expect(outcome.status == 0, "\(outcome.errors)")
  }
  let first = try #require(place.read("model1.json"))
  #expect(place.read("model2.json") == first)
  #expect(place.read("model4.json") == first)
  _ = try place.run(["grow", "data.csv", "--seed", "2", "--out", "other.json"] + Samples.brief)
  #expect(place.read("other.json") != first)
}
