import Foundation
import Testing

/// `cambium plan` prints what a growth will take, and says what is wrong with what it is asked.
@Suite struct PlanCommandTests {
  @Test func aPlanIsPrintedInWordsAndAsJSON() throws {
    let place = try Workplace()
    let words = try place.run("plan", "--rows", "1000000", "--inputs", "64")
    #expect(words.status == 0 && words.errors.isEmpty)
    for part in ["choosing the size", "growing on all samples", "together", "memory", "most of it"] {
      #expect(words.output.contains("\n\(part) "), "\(words.output)")
    }
    #expect(!words.output.contains("exchanged"))
    #expect(words.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
    let one = try place.run("plan", "--rows", "1000000", "--inputs", "64", "--json").json()
    let four = try place.run("plan", "--rows", "1000000", "--inputs", "64", "--processes", "4", "--json")
      .json()
    let (alone, shared) = (one["growthSeconds"] as? Double, four["growthSeconds"] as? Double)
    #expect(try #require(shared) < #require(alone))
    #expect(four["exchangedBytes"] as? Double ?? 0 > 0)
  }

  @Test func settingsChangeIt() throws {
    let place = try Workplace()
    func seconds(_ settings: String...) throws -> Double {
      let plan = ["plan", "--rows", "50000", "--inputs", "10", "--json"]
      return try #require(
        try place.run(plan + settings.flatMap { ["--set", $0] }).json()["growthSeconds"] as? Double)
    }
    #expect(try seconds("stopping.maximumUnits=10") < seconds("stopping.maximumUnits=20"))
    #expect(try seconds("restarts=4") > seconds())
  }

  @Test(arguments: [
    (["--rows", "0", "--inputs", "3"], 64, "--rows 0"),
    (["--rows", "10", "--inputs", "3", "--bandwidth", "0"], 64, "--bandwidth 0"),
    (["--rows", "10", "--inputs", "3", "--set", "restart=3"], 65, "restarts"),
    (["--rows", "10", "--inputs", "3", "--costs", "gone.json"], 66, "gone.json"),
    (["--rows", "10", "--inputs", "3", "--costs", "odd.json"], 65, "plan --measure"),
    (["--rows", "10", "--inputs", "3", "--threads", "77"], 64, "--measure"),
  ])
  func whatIsWrongIsSaid(words: [String], status: Int32, expected: String) throws {
    let place = try Workplace()
    try place.write("odd.json", "{}")
    let outcome = try place.run(["plan"] + words)
    #expect(outcome.status == status && outcome.output.isEmpty)
    #expect(outcome.errors.contains(expected), "\(outcome.errors)")
  }
}
