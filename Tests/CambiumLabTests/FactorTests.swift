import CambiumCore
import Testing

@testable import CambiumLab

@Suite struct FactorTests {
  private func names(_ learner: String, data: String = "[{name: numbers, synthetic: friedman1, rows: 40}]")
    throws
    -> [String]
  {
    try planned("learners:\n\(learner)\ndata: \(data)\nsplits: {repeats: 1}\n").spec.learners.map(\.name)
  }

  private let factors = """
      - name: c
        learner: constant
        factors:
          units: [1, 2, 3]
          value:
            - {name: low, settings: {value: -1}}
            - {name: high, settings: {value: 1}}
    """

  @Test func aGridHasEveryCombination() throws {
    let experiment = try planned(
      "learners:\n\(factors)\ndata: [{name: n, synthetic: friedman1, rows: 40}]\nsplits: {repeats: 1}\n")
    #expect(
      experiment.spec.learners.map(\.name) == [
        "c, units = 1, low", "c, units = 1, high", "c, units = 2, low", "c, units = 2, high",
        "c, units = 3, low",
        "c, units = 3, high",
      ])
    #expect(experiment.spec.learners[3].levels == ["units": "2", "value": "high"])
    #expect(experiment.learners[0][3].settings[["units"]] == .integer(2))
    #expect(experiment.learners[0][3].settings[["value"]]?.asNumber == 1)
    #expect(Set(experiment.cells.map(\.identity)).count == 6)
  }

  @Test func oneFactorAtATimeStartsFromTheFirstLevels() throws {
    #expect(
      try names(factors + "\n    combine: single") == ["c", "c, units = 2", "c, units = 3", "c, high"])
  }

  @Test func aFactorThatLeadsNowhereIsNamed() throws {
    for (text, found) in [
      ("  - {name: c, learner: constant, factors: {unit: [1]}}", "unit"),
      ("  - {name: c, learner: constant, factors: {units: []}}", "no levels"),
      ("  - {name: c, learner: constant, factors: {units.deep: [1]}, settings: {units: 3}}", "units.deep"),
      ("  - {name: c, learner: constant, factors: {units: [1, 1]}}", "units = 1"),
    ] {
      let error = #expect(throws: InputError.self) { try names(text) }
      #expect(error?.description.contains(found) == true, "\(error?.description ?? "")")
      #expect(error?.location.file == "e.yaml")
    }
    let second = #expect(throws: InputError.self) {
      try names(
        "  - constant\n  - {name: c, learner: constant, factors: {units.deep: [1]}, settings: {units: 3}}")
    }
    #expect(second?.location.line == 3 && second?.location.column == "learners.1.factors.units.deep")
  }

  @Test func aMillionCellsAreAskedForTwice() throws {
    let setting = ["splits.repeats=10000", "seeds=[1,2,3]"]
    let error = #expect(throws: InputError.self) { try planned(setting: setting) }
    #expect(error?.kind == .usage)
    #expect(error?.found.hasPrefix("180000 runs") == true, "\(error?.found ?? "")")
    #expect(error?.expected.contains("--yes") == true)
  }

  @Test func aBudgetIsKeptOrTold() throws {
    try withTemporaryFolder { folder in
      let experiment = try planned(setting: ["budget.units=1"])
      try ExperimentRunner().run(experiment, into: folder)
      let records = try RecordStore(folder: folder).contents().records.values
      let beyond = records.filter { $0.failure?.kind == .overBudget }
      #expect(Set(beyond.map(\.learner)) == ["constant"])
      #expect(beyond.first?.failure?.message == "2 units where the budget has 1")
      #expect(records.contains { $0.learner == "noisy" && $0.result != nil })
    }
    #expect(
      Set(try planned().cells.map(\.identity)).isDisjoint(
        with: try planned(setting: ["budget.units=9"]).cells.map(\.identity)))
  }
}
