import Foundation
import Testing

/// A file that a user handed in wrong: what it holds, and what the message must name.
struct BadTable: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let text: String
  var arguments: [String] = []
  let message: [String]
}

private let badTables = [
  BadTable(
    testDescription: "ragged rows", text: "a,b,y\n1,2,3\n4,5\n6,7,8\n", message: ["data.csv:3", "2 fields"]),
  BadTable(
    testDescription: "text among numbers", text: "a,b,y\n1,2,3\n4,five,6\n7,8,9\n",
    message: ["data.csv:3", "column b", "five", "number"]),
  BadTable(testDescription: "an empty file", text: "", message: ["data.csv:1", "empty"]),
  BadTable(testDescription: "a header and no rows", text: "a,b,y\n", message: ["data.csv", "row"]),
  BadTable(testDescription: "one row", text: "a,b,y\n1,2,3\n", message: ["data.csv", "row"]),
  BadTable(
    testDescription: "one class", text: "a,b,y\n1,2,oak\n3,4,oak\n5,6,oak\n",
    message: ["data.csv", "column y", "class"]),
  BadTable(
    testDescription: "a target that is not there", text: Samples.regression, arguments: ["--target", "yy"],
    message: ["data.csv", "yy", "\"y\""]),
  BadTable(
    testDescription: "more targets than columns", text: Samples.regression,
    arguments: ["--target", "a", "--target", "b", "--target", "y"], message: ["data.csv"]),
  BadTable(
    testDescription: "an infinity", text: "a,b,y\n1,2,3\n4,inf,6\n7,8,9\n",
    message: ["data.csv:3", "column b", "inf"]),
  BadTable(
    testDescription: "an infinity by overflow", text: "a,b,y\n1,2,3\n4,1e999,6\n7,8,9\n",
    message: ["data.csv:3", "column b", "1e999"]),
  BadTable(
    testDescription: "a split column of something else", text: "a,part,y\n1,0,3\n4,7,6\n7,1,9\n",
    arguments: ["--split-column", "part"], message: ["data.csv:3", "column part", "7", "0, 1 or 2"]),
  BadTable(
    testDescription: "a split column that is not there", text: Samples.split,
    arguments: ["--split-column", "parts"], message: ["data.csv", "parts", "part"]),
  BadTable(
    testDescription: "a split column without training rows", text: "a,part,y\n1,1,3\n4,2,6\n7,1,9\n",
    arguments: ["--split-column", "part"], message: ["data.csv", "column part"]),
]

@Test(arguments: badTables)
func aBadTableIsNamedAndNothingIsWritten(_ bad: BadTable) throws {
  let place = try Workplace()
  try place.write("data.csv", bad.text)
  for command in [["grow"], ["fit", "mlp"]] {
    let outcome = try place.run(
      command + ["data.csv", "--out", "model.json", "--json", "--quiet"] + bad.arguments)
    #expect(outcome.status == 65, "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
    for words in bad.message { #expect(outcome.errors.contains(words), "\(outcome.errors)") }
    #expect(outcome.errors.split(separator: "\n").count == 1, "one line: \(outcome.errors)")
    #expect(try place.files() == ["data.csv"])
  }
}

@Test func whatWasThereBeforeIsKeptWhenAFitFails() throws {
  let place = try Workplace()
  try place.write("data.csv", "a,b,y\n1,2,3\n4,5\n")
  try place.write("model.json", "precious")
  #expect(try place.run("grow", "data.csv", "--out", "model.json").status == 65)
  #expect(place.read("model.json") == Data("precious".utf8))
}

@Test func aBadSpecIsNamed() throws {
  let place = try Workplace()
  try place.write("data.csv", Samples.regression)
  try place.write("unknown.yaml", "restarts: 2\nstoping:\n  patience: 3\n")
  try place.write("range.yaml", "restarts: 2\nselection:\n  tolerance: -1\n")
  try place.write("kind.yaml", "restarts: many\n")
  try place.write("broken.yaml", "restarts: [1, 2\n")
  let cases = [
    ("unknown.yaml", ["unknown.yaml:2", "stoping", "stopping"]),
    ("range.yaml", ["range.yaml:3", "selection.tolerance", "-1"]),
    ("kind.yaml", ["kind.yaml:1", "restarts", "many", "number"]),
    ("broken.yaml", ["broken.yaml"]),
  ]
  for (file, words) in cases {
    let outcome = try place.run("grow", "data.csv", "--spec", file, "--out", "model.json")
    #expect(outcome.status == 65, "\(outcome.errors)")
    for word in words { #expect(outcome.errors.contains(word), "\(outcome.errors)") }
    #expect(place.read("model.json") == nil)
  }
  let outcome = try place.run("grow", "data.csv", "--set", "restarts=0", "--out", "model.json")
  #expect(outcome.status == 65)
  #expect(outcome.errors.contains("restarts"))
}

@Test func predictionFromOtherDataIsRefused() throws {
  let place = try Workplace()
  try place.write("data.csv", Samples.regression)
  #expect(try place.run(["grow", "data.csv", "--out", "model.json"] + Samples.brief).status == 0)
  try place.write("other.csv", "a,c\n1,2\n")
  try place.write("texts.csv", "a,b\n1,blue\n2,red\n")
  let missing = try place.run("predict", "model.json", "other.csv", "--out", "answers.csv")
  #expect(missing.status == 65)
  #expect(missing.errors.contains("other.csv") && missing.errors.contains("\"b\""), "\(missing.errors)")
  let texts = try place.run("predict", "model.json", "texts.csv", "--out", "answers.csv")
  #expect(texts.status == 65)
  #expect(texts.errors.contains("texts.csv:2") && texts.errors.contains("blue"), "\(texts.errors)")
  let targetless = try place.run("evaluate", "model.json", "texts.csv")
  #expect(targetless.status == 65)
  #expect(place.read("answers.csv") == nil)
}
