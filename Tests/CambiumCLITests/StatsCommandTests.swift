import Foundation
import Testing

/// Nine data sets; the second learner is always worse than the first, the third now and then better.
private let scores =
  "data,grown,mlp,\"stacked, deep\"\n"
  + (0..<9).map { "set \($0),\($0 + 1),\($0 + 2).5,\($0 % 3 == 0 ? $0 : $0 + 2)\n" }.joined()

@Test func statsPrintsTheObjectOfItsContract() throws {
  let place = try Workplace()
  try place.write("scores.csv", scores)
  let outcome = try place.run("stats", "scores.csv", "--rope", "0.1", "--json")
  #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
  let json = try outcome.json()
  let ranks = try #require(json["ranks"] as? [String: Double])
  #expect(Set(ranks.keys) == ["grown", "mlp", "stacked, deep"])
  #expect(abs(ranks.values.reduce(0, +) - 6) < 1e-12)
  let friedman = try #require(json["friedman"] as? [String: Double])
  #expect(Set(friedman.keys) == ["chiSquare", "p", "f", "pF"])
  let nemenyi = try #require(json["nemenyi"] as? [String: Double])
  // scipy.stats.studentized_range.isf(0.05, 3, inf) / sqrt(2) * sqrt(3 * 4 / (6 * 9))
  #expect(abs(try #require(nemenyi["criticalDifference"]) - 1.1048310517993731) < 1e-9)
  let pairs = try #require(json["pairs"] as? [[String: Any]])
  #expect(pairs.count == 3)
  for pair in pairs {
    #expect(Set(pair.keys) == ["a", "b", "wilcoxonP", "holmP", "signP", "a12", "bayes"])
    let bayes = try #require(pair["bayes"] as? [String: Double])
    #expect(Set(bayes.keys) == ["left", "rope", "right"])
    #expect(abs(bayes.values.reduce(0, +) - 1) < 1e-12)
  }
  let first = try #require(pairs.first)
  #expect(first["a"] as? String == "grown" && first["b"] as? String == "mlp")
  #expect((first["bayes"] as? [String: Double])?["left"] ?? 0 > 0.9, "lower scores are better by default")
  // 2 / 2⁹: all nine differences have one sign.
  for key in ["wilcoxonP", "signP"] {
    #expect(abs(try #require(first[key] as? Double) - 0.00390625) < 1e-15, "\(key)")
  }

  let turned = try place.run("stats", "scores.csv", "--rope", "0.1", "--json", "--higher-is-better").json()
  let other = try #require((turned["pairs"] as? [[String: Any]])?.first)
  #expect(other["a12"] as? Double == first["a12"] as? Double)
  #expect((other["bayes"] as? [String: Double])?["right"] == (first["bayes"] as? [String: Double])?["left"])
}

@Test func statsThatAreNotDefinedAreNull() throws {
  let place = try Workplace()
  try place.write("one.csv", "data,a,b\niris,1,2\n")
  let one = try #require(try place.run("stats", "one.csv", "--json").json()["friedman"] as? [String: Any])
  #expect(one["f"] is NSNull && one["pF"] is NSNull && one["chiSquare"] as? Double == 1)
  try place.write("always.csv", "data,a,b\niris,1,2\nwine,3,4\n")
  let always = try #require(
    try place.run("stats", "always.csv", "--json").json()["friedman"] as? [String: Any])
  #expect(always["f"] is NSNull && always["pF"] as? Double == 0)
  try place.write("same.csv", "data,a,b\niris,1,1\nwine,3,3\n")
  let same = try place.run("stats", "same.csv", "--json")
  #expect(same.status == 0 && !same.output.lowercased().contains("nan"))
}

@Test func statsForReadersFitEightyColumns() throws {
  let place = try Workplace()
  let long =
    "committee:grown with a hold-out of twenty per cent of all rows and thirty members of which each"
  try place.write(
    "scores.csv",
    scores.replacing("grown", with: long).replacing("set 4", with: "a set whose name is long") + "hole,1,,3\n"
  )
  let outcome = try place.run("stats", "scores.csv")
  #expect(outcome.status == 0, "\(outcome.errors)")
  let lines = outcome.output.split(separator: "\n")
  #expect(lines.allSatisfy { $0.count <= 80 })
  #expect(lines.first == "3 learners on 9 data sets, lower scores being better.")
  #expect(lines.contains("Left out, for want of a score: hole."))
  #expect(outcome.output == (try place.run("stats", "scores.csv")).output)
}

@Test func statsDrawTheDiagram() throws {
  let place = try Workplace()
  try place.write("scores.csv", scores)
  let outcome = try place.run("stats", "scores.csv", "--figure", "ranks.svg", "--json")
  #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
  let svg = String(decoding: try #require(place.read("ranks.svg")), as: UTF8.self)
  #expect(svg.hasPrefix("<svg") && svg.contains("stacked, deep"))
  #expect(
    try place.run("stats", "scores.csv", "--figure", "scores.csv").status != 0, "no input is written over")
  #expect(try place.run("stats", "scores.csv", "--figure", "no-such-folder/ranks.svg").status == 73)
}

@Test func tablesOfOtherProgramsAreRead() throws {
  let place = try Workplace()
  // The first column without a name, data sets that look like numbers at first.
  try place.write("scores.csv", ",a,b\n31,1,2\niris,2,3\n007,4,NA\n")
  let outcome = try place.run("stats", "scores.csv", "--json")
  #expect(outcome.status == 0, "\(outcome.errors)")
  #expect(try outcome.json()["leftOut"] as? [String] == ["007"])
}

@Test func whatIsWrongWithScoresIsToldWithItsPlace() throws {
  let place = try Workplace()
  let cases: [(text: String, words: [String])] = [
    ("data,a,b\niris,1,x\n", ["scores.csv:2", "column b", "\"x\"", "score"]),
    ("data,a,b\niris,1,2\nwine,1,x\n", ["scores.csv:3", "column b", "\"x\"", "number"]),
    ("data,a,b\niris,1,2\nwine,inf,2\n", ["scores.csv:3", "column a", "finite"]),
    ("data,a,b\niris,1,1e301\n", ["scores.csv:2", "column b", "1e+301", "1e+300"]),
    ("data,a,b\niris,1,2\niris,1,2\n", ["scores.csv:3", "\"iris\"", "line 2", "one row for each data set"]),
    ("data,a,b\niris,1,2\n,1,2\n", ["scores.csv:3", "no name", "data set"]),
    ("data,a\niris,1\n", ["scores.csv:1", "one column", "two or more"]),
    ("data\niris\n", ["scores.csv:1", "no column of scores"]),
    ("data,a,b\niris,,2\nwine,1,\n", ["scores.csv", "missing score on every data set"]),
    ("data,a,b\niris,1,\nwine,1,\n", ["scores.csv", "column b", "no score"]),
    ("data,a,\niris,1,2\n", ["scores.csv:1", "column 3"]),
    ("data,a,a\niris,1,2\n", ["scores.csv:1", "\"a\" twice"]),
    ("data,a,b\niris,1\n", ["scores.csv:2", "2 fields"]),
    ("", ["scores.csv:1", "empty"]),
  ]
  for (text, words) in cases {
    try place.write("scores.csv", text)
    let outcome = try place.run("stats", "scores.csv", "--figure", "ranks.svg")
    #expect(outcome.status == 65, "\(text): \(outcome.errors)")
    #expect(outcome.output.isEmpty)
    for word in words { #expect(outcome.errors.contains(word), "\(text): \(outcome.errors)") }
  }
  #expect(try place.files() == ["scores.csv"])
}
