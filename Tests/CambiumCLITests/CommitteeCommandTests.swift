import Foundation
import Testing

private func committee(_ table: String, _ options: [String]) throws -> (place: Workplace, json: [String: Any])
{
  let place = try Workplace()
  try place.write("data.csv", table)
  let outcome = try place.run(
    ["grow", "data.csv", "--out", "model.json", "--json"] + options + Samples.brief)
  try #require(outcome.status == 0, "\(outcome.errors)")
  return (place, try outcome.json())
}

private func lines(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }

@Test func aCommitteeIsGrownSavedExplainedAndAsked() throws {
  let (place, json) = try committee(Samples.regression, ["--committee", "3"])
  let single = try committee(Samples.regression, []).json
  #expect(json["learner"] as? String == "committee:grown")
  let connections = try #require(json["connections"] as? Int)
  let ofOne = try #require(single["connections"] as? Int)
  #expect(connections > ofOne, "the sum over three, the first of which is the single network")
  #expect(
    (json["validation"] as? [String: Any])?["rows"] as? Int ?? 0 == 36, "each of three held out a fifth")
  let answers = lines(try place.run("predict", "model.json", "data.csv").output)
  let asked = try place.run("predict", "model.json", "data.csv", "--interval", "0.9")
  #expect(asked.status == 0, "\(asked.errors)")
  let bounds = lines(asked.output)
  #expect(bounds[0] == "y,lower:y,upper:y")
  for (line, answer) in zip(bounds, answers).dropFirst() {
    let numbers = line.split(separator: ",").compactMap { Double($0) }
    #expect(numbers.count == 3 && numbers[1] <= numbers[0] && numbers[0] <= numbers[2])
    #expect(line.hasPrefix(answer + ","))
  }
  let text = try place.run("explain", "model.json").output
  for words in ["committee:grown", "MEMBERS", "\n  3  ", "INTERVALS"] {
    #expect(text.contains(words), "\(text)")
  }
  let evaluation = try place.run("evaluate", "model.json", "data.csv", "--json").json()
  #expect(json["train"] as? NSDictionary == evaluation as NSDictionary)
}

@Test func aCommitteeOfOneBySeedsAnswersAsTheNetwork() throws {
  let one = try committee(Samples.classes, ["--committee", "1", "--set", "committee.kind=seeds"]).place
  let single = try committee(Samples.classes, []).place
  let command = ["predict", "model.json", "data.csv", "--probabilities"]
  #expect(try one.run(command).output == single.run(command).output)
}

@Test(arguments: ["bagging", "folds", "seeds"])
func theNumberOfThreadsChangesNoByteOfACommittee(_ kind: String) throws {
  let models = try ["1", "3"].map { threads in
    try committee(
      Samples.classes, ["--committee", "2", "--threads", threads, "--set", "committee.kind=\(kind)"]
    ).place.read("model.json")
  }
  #expect(models[0] != nil && models[0] == models[1])
}

@Test(arguments: [Samples.regression, Samples.classes])
func aCondensedCommitteeIsANetwork(_ table: String) throws {
  let (place, json) = try committee(table, ["--condense", "--set", "committee.members=2"])
  #expect(json["learner"] as? String == "grown")
  let text = try place.run("explain", "model.json").output
  for heading in ["UNITS", "READOUT", "FORMULA"] { #expect(text.contains(heading)) }
  #expect(try place.run("evaluate", "model.json", "data.csv").status == 0)
}

@Test func everyLearnerHasCommittees() throws {
  let place = try Workplace()
  try place.write("data.csv", Samples.regression)
  for (learner, kind) in [("committee:mlp", ["committee.kind=bagging"]), ("bagged:mlp", [])] {
    let outcome = try place.run(
      ["fit", learner, "data.csv", "--out", "\(learner.prefix(6)).json", "--quiet", "--set", "epochs=5"]
        + ["committee.members=2"] + kind)
    #expect(outcome.status == 0, "\(outcome.errors)")
  }
  #expect(place.read("commit.json") == place.read("bagged.json"))
  #expect(try place.run("predict", "commit.json", "data.csv", "--interval", "0.5").status == 0)
  #expect(try place.run("list", "learners").output.contains("\ncommittee:LEARNER "))
}

@Test func whatIsOffAboutACommitteeIsSaid() throws {
  let place = try Workplace()
  try place.write("data.csv", Samples.regression)
  try place.write("classes.csv", Samples.classes)
  let grow = ["grow", "data.csv", "--committee", "2"] + Samples.brief
  let cases: [([String], Int32, [String])] = [
    (grow + ["--set", "committee.kind=baging"], 65, ["committee.kind", "did you mean \"bagging\"?"]),
    (grow + ["--set", "committee.member=3"], 65, ["did you mean \"members\"?"]),
    (grow + ["--set", "restart=3"], 65, ["did you mean \"restarts\" or \"start\"?"]),
    (grow + ["--set", "topology=flad"], 65, ["topology", "did you mean \"flat\"?"]),
    (grow + ["--set", "committee.mixedSamples=-1"], 65, ["committee.mixedSamples", "0 to 100"]),
    (["grow", "data.csv", "--committee", "0"], 64, ["--committee", "1 to 1000"]),
    (["fit", "committee:oak", "data.csv"], 64, ["oak"]),
    (["fit", "committee:committee:mlp", "data.csv"], 64, ["committee:mlp"]),
    (["predict", "single.json", "data.csv", "--interval", "2"], 64, ["--interval", "between 0 and 1"]),
    (["predict", "single.json", "data.csv", "--interval", "0.9"], 65, ["single.json", "--committee"]),
    (
      ["predict", "classes.json", "classes.csv", "--interval", "0.9"], 65,
      ["classes.json", "--probabilities"]
    ),
    (
      ["predict", "model.json", "data.csv", "--interval", "0.999"], 65, ["model.json", "0.999", "residuals"]
    ),
  ]
  for (options, file) in [
    (["data.csv"], "single.json"), (["classes.csv", "--committee", "2"], "classes.json"),
    (["data.csv", "--committee", "2"], "model.json"),
  ] {
    try #require(try place.run(["grow"] + options + ["--out", file] + Samples.brief).status == 0)
  }
  for (command, status, words) in cases {
    let outcome = try place.run(command)
    #expect(outcome.status == status, "\(command): \(outcome.errors)")
    for word in words { #expect(outcome.errors.contains(word), "\(command): \(outcome.errors)") }
  }
}
