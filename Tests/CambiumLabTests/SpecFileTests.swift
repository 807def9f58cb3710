import CambiumCore
import Foundation
import Testing

@testable import CambiumLab

private enum Colour: String, Codable, CaseIterable { case red, green, blue }

private struct Part: Codable, Equatable {
  var width = 0.1
  var colour = Colour.red
}

private struct Sample: Spec, Equatable {
  var rounds = 40
  var rate = 0.05
  var quiet = false
  var title = "plain"
  var colours = [Colour.green]
  var part = Part()
  var settings = SpecTree.mapping([:])
  func validate() throws {
    guard rounds > 0 else {
      throw InputError(.content, at: .init(column: "rounds"), found: "\(rounds)", expected: "at least 1")
    }
    guard part.width > 0 else {
      throw InputError(.content, at: .init(column: "part.width"), found: "\(part.width)", expected: "above 0")
    }
  }
}

private func sample(_ text: String, _ assignments: [String] = []) throws -> Sample {
  try SpecFile.resolve(from: SpecDocument(text: text, file: "s.yaml", setting: assignments)).spec
}

private func trouble(_ text: String, _ assignments: [String] = []) -> InputError? {
  do {
    _ = try sample(text, assignments)
    return nil
  } catch {
    return error as? InputError
  }
}

@Suite struct SpecFileTests {
  @Test func anEmptyFileLeavesTheDefaults() throws {
    #expect(try sample("") == Sample())
    #expect(try sample("# nothing but words\n") == Sample())
    #expect(try sample("part:\n") == Sample())
  }

  @Test func fileAndAssignmentsAreLaidOverTheDefaults() throws {
    let text = "rounds: 3\npart:\n  colour: blue\ncolours: [red, blue]\nsettings: {a: {b: 1}}\n"
    let spec = try sample(text, ["part.width=0.25", "settings.a.c=no", "title=\"5\"", "colours.1=green"])
    #expect(spec.rounds == 3)
    #expect(spec.part == Part(width: 0.25, colour: .blue))
    #expect(spec.colours == [.red, .green])
    #expect(spec.title == "5")
    #expect(spec.settings == .mapping(["a": .mapping(["b": .integer(1), "c": .text("no")])]))
  }

  @Test(arguments: [
    0.1, 1.0 / 3, 2.2250738585072014e-308, 1.7976931348623157e308, 2.5, -0.1234567890123456789, 1e22, 4.0,
  ])
  func doublesKeepEveryBit(value: Double) throws {
    var spec = Sample()
    spec.rate = value
    #expect(try SpecTree(encoding: spec).decode(Sample.self).rate.bitPattern == value.bitPattern)
    #expect(try sample("rate: \(value)").rate.bitPattern == value.bitPattern)
  }

  @Test func anUnknownKeyIsLocatedAndItsNearMissNamed() throws {
    let error = try #require(trouble("title: a\n\nroundz: 3\n"))
    #expect(error.kind == .content)
    #expect(error.location == InputLocation(file: "s.yaml", line: 3, column: "roundz"))
    #expect(error.found == "unknown key \"roundz\"")
    #expect(error.expected.contains("\"rounds\""))
    let nested = try #require(trouble("part:\n  colour: red\n  widht: 1\n"))
    #expect(nested.location == InputLocation(file: "s.yaml", line: 3, column: "part.widht"))
    #expect(nested.expected.contains("\"width\""))
  }

  @Test(arguments: [
    ("rounds: many", "\"many\"", "a whole number"), ("rounds: 1.5", "1.5", "a whole number"),
    ("rate: 2.5\nrounds: 0.5", "0.5", "a whole number"), ("rate: [1]", "a list of 1", "a number"),
    ("quiet: 1", "1", "true or false"),
    ("title: 7", "7", "text"), ("part: 3", "3", "a mapping of keys to values"),
    ("colours: red", "\"red\"", "a list"), ("rate: .inf", "\".inf\"", "a number"),
    ("rate:", "nothing", "a number"),
    ("rounds: {a: 1}", "a mapping", "a whole number"),
  ])
  func aValueOfAnotherKindIsLocated(text: String, found: String, expected: String) throws {
    let error = try #require(trouble("\n" + text))
    #expect(error.location.file == "s.yaml")
    #expect(error.location.line == (text.hasPrefix("rate: 2.5") ? 3 : 2))
    #expect(error.found == found)
    #expect(error.expected == expected)
  }

  @Test func anUnknownChoiceNamesTheLegalOnes() throws {
    let near = try #require(trouble("part: {colour: gren}"))
    #expect(near.location.column == "part.colour")
    #expect(near.expected.contains("\"green\""))
    let far = try #require(trouble("colours: [red, ultraviolet]"))
    #expect(far.location.column == "colours.1")
    #expect(["red", "green", "blue"].allSatisfy { far.expected.contains($0) })
  }

  @Test func aValueOutOfRangeIsLocated() throws {
    let error = try #require(trouble("title: a\npart:\n  width: -2\n"))
    #expect(error.location == InputLocation(file: "s.yaml", line: 3, column: "part.width"))
    let assigned = try #require(trouble("rounds: 4", ["rounds=0"]))
    #expect(assigned.location.file == "--set rounds=0")
    #expect(assigned.location.line == nil)
  }

  @Test(arguments: [
    "a: [1", "a: b: c", "\ta: 1", "{a: 1}}", "a: *nowhere", "rounds: 1\nrounds: 2", "- 1", "plain",
    "? [a]\n: 1",
    "a: \"\\q\"", "--- {a: 1}\n--- {b: 2}\n", "<<: {rounds: 1}", "%YAML 9.9", "@", "\u{0}", "a: !!set {b}",
  ])
  func brokenYAMLIsAnError(text: String) throws {
    let error = try #require(trouble(text))
    #expect(error.kind == .content)
    #expect(error.location.file == "s.yaml")
  }

  @Test func placesOfBrokenYAMLAreTold() throws {
    #expect(try #require(trouble("title: a\ncolours: [red\n")).location.line == 3)
    for second in ["width: 2", "\"width\" : 2", "width:"] {
      let duplicate = try #require(trouble("title: a\npart:\n  width: 1\n  colour: red\n  \(second)\n"))
      #expect(duplicate.location == InputLocation(file: "s.yaml", line: 5, column: "width"))
    }
    #expect(try #require(trouble("title: a\nrate: \u{1}\n")).location.line == 2)
  }

  @Test func nestingAndAliasesCannotExhaustTheMachine() throws {
    #expect(trouble("settings: " + String(repeating: "[", count: 100_000)) != nil)
    #expect(
      trouble("settings: " + String(repeating: "{a: ", count: 500) + String(repeating: "}", count: 500))
        != nil)
    let laughs = (1...9).map { level in
      "a\(level): &a\(level) [" + [String](repeating: "*a\(level - 1)", count: 9).joined(separator: ",") + "]"
    }
    let bomb = "settings:\n  a0: &a0 [1,1,1]\n  " + laughs.joined(separator: "\n  ")
    for text in [bomb, bomb + "\n  ? *a9\n  : 1"] {
      #expect(trouble(text)?.expected.contains("without anchors") == true)
    }
    let chain = (1...80_000).map { "  a\($0): &a\($0) [*a\($0 - 1)]\n" }.joined()
    #expect(trouble("settings:\n  a0: &a0 [1]\n" + chain)?.found == "an anchor")
    #expect(trouble("settings: " + String(repeating: "[1],", count: 30_000)) != nil)
  }

  @Test func ampersandsAndByteOrderMarksAreNoAnchors() throws {
    let text = "\u{FEFF}title: R&D & &more # &c\nsettings: {\"&a\": '&b', c: a*b, d: [x &y]}\n"
    let spec = try sample(text)
    #expect(spec.title == "R&D & &more")
    #expect(
      spec.settings
        == .mapping(["&a": .text("&b"), "c": .text("a*b"), "d": .list([.text("x &y")])]))
    for text in ["title: &a b", "title: b\npart: &p\n  width: 1", "colours: [&r red]"] {
      let error = try #require(trouble(text))
      #expect("\(error)".contains("anchor"), "\(error)")
    }
  }

  @Test(arguments: [
    ("a: *b", "found an alias, expected values written out"), ("colours: [red", "found the end of the"),
    ("colours: [red}", "expected \",\" or \"]\""), ("a: 1\n--- \nb: 1", "found a second document"),
    ("a: " + String(repeating: "[", count: 2000), "found a spec nested too deep"),
    ("a: b: c", "found a colon where no key can stand"), ("title: \"a\nb", "found unexpected end of stream"),
  ])
  func brokenYAMLIsToldInTheProjectsWords(text: String, words: String) throws {
    let message = try #require(trouble(text)).description
    #expect(message.contains(words), "\(message)")
    #expect(!message.contains("found found") && !message.contains("yaml_"), "\(message)")
  }

  @Test func anErrorIsOneLine() throws {
    let message = try #require(trouble("rounds: |\n  1\n  2\n")).description
    #expect(!message.contains("\n"), "\(message)")
  }

  @Test func aFileThatIsNoTextIsLocated() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/s.yaml"
      try Data("rounds: 1\ntitle: ".utf8 + [0xFF, 0x0A]).write(to: URL(fileURLWithPath: path))
      let error = #expect(throws: InputError.self) { try SpecFile.read(Sample.self, from: path) }
      #expect(error?.location == InputLocation(file: path, line: 2))
    }
  }

  @Test(arguments: ["rounds", "=3", ".rounds=3", "rounds.=3"])
  func anAssignmentThatIsNoneIsAUsageError(text: String) throws {
    #expect(try #require(trouble("", [text])).kind == .usage)
  }

  @Test(arguments: [
    "roundz=3", "roundz.deep=3", "prat.width=1", "rounds.deep=3", "colours.7=red", "part=[1]", "rounds=x",
    "rounds=[", "part.widht=1",
  ])
  func anAssignmentThatDoesNotFitIsLocated(text: String) throws {
    let error = try #require(trouble("", [text]))
    #expect(error.location.file == "--set \(text)")
    #expect(error.kind == .content)
  }

  @Test func aMissingFileIsOfItsOwnKind() throws {
    #expect(throws: InputError.self) { try SpecFile.read(Sample.self, from: "no/such.yaml") }
    do {
      _ = try SpecFile.read(Sample.self, from: "no/such.yaml")
    } catch {
      #expect((error as? InputError)?.kind == .missing)
    }
  }
}
