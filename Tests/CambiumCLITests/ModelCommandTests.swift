import Foundation
import Testing

/// A place with a table and a model of it.
private func grown(_ table: String, _ options: String...) throws -> Workplace {
  let place = try Workplace()
  try place.write("data.csv", table)
  let outcome = try place.run(["grow", "data.csv", "--out", "model.json"] + options + Samples.brief)
  try #require(outcome.status == 0, "\(outcome.errors)")
  return place
}

private func lines(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }

@Test func predictionsHaveOneRowForEachRowInOrder() throws {
  let place = try grown(Samples.regression)
  let all = try place.run("predict", "model.json", "data.csv")
  #expect(all.status == 0, "\(all.errors)")
  let answers = lines(all.output)
  #expect(answers.count == 61)
  #expect(answers[0] == "y")
  // The rows backwards, without the target, with another column: the answers backwards.
  let rows = lines(Samples.regression).dropFirst().reversed().map { line in
    let fields = line.split(separator: ",")
    return "\(fields[1]),note,\(fields[0])"
  }
  try place.write("other.csv", "b,more,a\n" + rows.joined(separator: "\n") + "\n")
  let backwards = try place.run("predict", "model.json", "other.csv", "--out", "answers.csv")
  #expect(backwards.status == 0 && backwards.output.isEmpty, "\(backwards.errors)")
  let written = lines(String(decoding: try #require(place.read("answers.csv")), as: UTF8.self))
  #expect(Array(written.dropFirst().reversed()) == Array(answers.dropFirst()))
}

@Test func severalTargetsHaveAColumnEach() throws {
  let place = try grown(Samples.twoTargets, "--target", "y", "--target", "z")
  let answers = lines(try place.run("predict", "model.json", "data.csv").output)
  #expect(answers[0] == "y,z")
  #expect(answers.dropFirst().allSatisfy { $0.split(separator: ",").compactMap { Double($0) }.count == 2 })
}

@Test func classesKeepTheirNames() throws {
  let place = try grown(Samples.classes)
  let answers = lines(try place.run("predict", "model.json", "data.csv").output)
  #expect(answers[0] == "kind")
  #expect(Set(answers.dropFirst()).isSubset(of: ["oak", "ash", "\"elm, white\""]))
  let shares = lines(try place.run("predict", "model.json", "data.csv", "--probabilities").output)
  #expect(shares[0] == "kind,p:ash,\"p:elm, white\",p:oak")
  for (line, answer) in zip(shares.dropFirst(), answers.dropFirst()) {
    #expect(line.hasPrefix(answer))
    let numbers = line.dropFirst(answer.count + 1).split(separator: ",").compactMap { Double($0) }
    #expect(numbers.count == 3 && abs(numbers.reduce(0, +) - 1) < 1e-9)
  }
}

@Test func evaluationPrintsTheKeysOfItsTask() throws {
  let regression = try grown(Samples.regression)
  let numbers = try regression.run("evaluate", "model.json", "data.csv", "--json").json()
  #expect(Set(numbers.keys) == ["rows", "task", "rmse", "mae", "r2", "coverage"])
  try regression.write("one.csv", lines(Samples.regression).prefix(2).joined(separator: "\n") + "\n")
  let one = try regression.run("evaluate", "model.json", "one.csv", "--json").json()
  #expect(one["r2"] is NSNull, "one row has no variance to explain")
  let words = try regression.run("evaluate", "model.json", "data.csv")
  #expect(words.output.contains("rmse"))
  let classes = try grown(Samples.classes)
  let shares = try classes.run("evaluate", "model.json", "data.csv", "--json").json()
  #expect(Set(shares.keys) == ["rows", "task", "errorRate", "logLoss", "brier", "coverage"])
}

@Test func evaluationAgreesWithWhatTheFitSaid() throws {
  let place = try Workplace()
  try place.write("data.csv", Samples.mixed)
  let fit = try place.run(["grow", "data.csv", "--out", "model.json", "--json"] + Samples.brief).json()
  let evaluation = try place.run("evaluate", "model.json", "data.csv", "--json").json()
  #expect(fit["train"] as? NSDictionary == evaluation as NSDictionary)
}

@Test func explanationsFitTheScreen() throws {
  for table in [Samples.regression, Samples.classes, Samples.mixed] {
    let place = try grown(table)
    let outcome = try place.run("explain", "model.json")
    #expect(outcome.status == 0)
    for heading in ["INPUTS", "UNITS", "READOUT", "FORMULA"] { #expect(outcome.output.contains(heading)) }
    for line in lines(outcome.output) { #expect(line.count <= 80, "\(line)") }
  }
}

@Test func modelFilesThatAreOffAreRefused() throws {
  let place = try grown(Samples.regression)
  let text = String(decoding: try #require(place.read("model.json")), as: UTF8.self)
  try place.write("cut.json", String(text.prefix(text.count / 2)))
  try place.write("newer.json", text.replacing("\"version\":1", with: "\"version\":3"))
  try place.write("empty.json", "")
  try place.write("nonsense.json", "nonsense")
  try place.write("other.json", "{\"format\":\"onnx\",\"version\":1}")
  try place.write("deep.json", String(repeating: "[", count: 100_000))
  try place.write("learner.json", text.replacing("\"learner\":\"grown\"", with: "\"learner\":\"oak\""))
  try place.write("huge.json", text.replacing("\"inputCount\":2", with: "\"inputCount\":1e400"))
  try place.write("shape.json", text.replacing("\"inputCount\":2", with: "\"inputCount\":3"))
  let cases = [
    ("cut.json", ["cut.json:1", "column", "end of the file"]),
    ("newer.json", ["version", "3", "newer.json"]),
    ("empty.json", ["empty.json:1"]), ("nonsense.json", ["nonsense.json:1"]),
    ("other.json", ["format", "onnx"]),
    ("deep.json", ["deep.json:1", "512"]), ("learner.json", ["learner", "oak"]), ("huge.json", ["huge.json"]),
    ("shape.json", ["shape.json"]), ("data.csv", ["data.csv:1"]),
  ]
  for (file, words) in cases {
    for command in [
      ["predict", file, "data.csv", "--out", "answers.csv"], ["evaluate", file, "data.csv"],
      ["explain", file],
    ] {
      let outcome = try place.run(command)
      #expect(outcome.status == 65, "\(command): \(outcome.errors)")
      for word in words { #expect(outcome.errors.contains(word), "\(outcome.errors)") }
    }
  }
  #expect(place.read("answers.csv") == nil)
}
