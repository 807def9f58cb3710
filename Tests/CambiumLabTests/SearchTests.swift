import CambiumCore
import Testing

@testable import CambiumLab

@Suite struct SearchTests {
  private func planned(_ search: String, settings: String = "{value: 3}") throws -> Experiment {
    try CambiumLabTests.planned(
      """
      learners:
        - {name: c, learner: constant, settings: \(settings), search: \(search)}
      data: [{name: numbers, synthetic: friedman1, rows: 60}]
      splits: {repeats: 2}
      """)
  }

  private func results(of experiment: Experiment) throws -> [RunResult] {
    try withTemporaryFolder { folder in
      try ExperimentRunner().run(experiment, into: folder)
      let contents = try RecordStore(folder: folder).contents()
      return try contents.ordered(by: experiment.identities, includingOthers: false).map {
        try #require($0.result)
      }
    }
  }

  /// The targets have mean 0: of constants the one nearest to 0 errs least on any part of the rows.
  @Test(arguments: ["random", "sobol", "grid"])
  func theBestOnHeldOutRowsIsChosen(method: String) throws {
    let space = "{value: [9, 0.01, -4, 5, 7, 8]}"
    for result in try results(of: planned("{method: \(method), trials: 60, space: \(space)}")) {
      #expect(result.report.decisions.first?.contains("value 0.010") == true, "\(result.report.decisions)")
      #expect(abs(result.relativeTrainError - 1) < 0.05)
    }
  }

  @Test func itsOwnSettingsAreTheFirstTrial() throws {
    for result in try results(
      of: planned("{trials: 30, space: {value: {from: 5, to: 6}}}", settings: "{value: 0}"))
    {
      #expect(result.report.decisions.first?.contains("its own settings") == true)
      // The constant learner takes seven epochs for each of thirty trials and the last fit.
      #expect(result.report.epochs == 7 * 31)
    }
  }

  /// Settings of trials are no settings of the last fit.
  @Test func trialsMayHaveSettingsOfTheirOwn() throws {
    let search = "{trials: 3, settings: {units: 5}, space: {value: {from: 5, to: 6}}}"
    let experiment = try planned(search, settings: "{value: 0, units: 1}")
    for result in try results(of: experiment) { #expect(result.size.units == 1) }
    let failing = try planned("{trials: 3, settings: {fails: true}, space: {value: {from: 5, to: 6}}}")
    try withTemporaryFolder { folder in
      try ExperimentRunner().run(failing, into: folder)
      let records = try RecordStore(folder: folder).contents().records.values
      #expect(records.allSatisfy { $0.failure?.message.contains("a learner that fails") == true })
    }
    let error = try #require(throws: InputError.self) {
      try planned("{trials: 3, settings: {unts: 5}, space: {value: {from: 5, to: 6}}}")
    }
    #expect("\(error)".contains("search.settings") && "\(error)".contains("units"))
  }

  @Test func drawsStayInTheirRangesAndComeAgain() throws {
    var search = SearchSpec()
    search.trials = 200
    search.space = [
      "a": .numbers(from: 1e-4, to: 10, scale: .logarithmic, whole: false),
      "b": .numbers(from: 2, to: 4, scale: .linear, whole: true), "c": .choices([.text("x"), .text("y")]),
    ]
    for method in [SearchMethod.random, .sobol] {
      search.method = method
      let draws = search.draws(random: RandomStream(seed: 1))
      #expect(draws.count == 199)
      #expect(draws == search.draws(random: RandomStream(seed: 1)))
      #expect(draws != search.draws(random: RandomStream(seed: 2)))
      let a = draws.compactMap { $0["a"]?.asNumber }
      #expect(a.allSatisfy { (1e-4...10).contains($0) })
      // Half of them lie below the middle of the logarithms.
      #expect((80...120).contains(a.count { $0 < 10 * 1e-5.squareRoot() }))
      let counts = (2...4).map { value in draws.count { $0["b"] == .integer(value) } }
      #expect(counts.reduce(0, +) == 199 && counts.allSatisfy { $0 > 40 })
      #expect((70...130).contains(draws.count { $0["c"] == .text("x") }))
    }
  }

  @Test func aGridListsEachCombinationOnce() throws {
    var search = SearchSpec()
    search.method = .grid
    search.trials = 100
    search.space = [
      "a": .choices([.integer(1), .integer(2)]), "b": .choices([.integer(3), .integer(4), .integer(5)]),
    ]
    let draws = search.draws(random: RandomStream(seed: 1))
    #expect(Set(draws).count == 6 && draws.count == 6)
    search.trials = 4
    #expect(search.draws(random: RandomStream(seed: 1)) == Array(draws.prefix(3)))
  }

  @Test func trialsBeyondTheBudgetArePassedOver() throws {
    let experiment = try CambiumLabTests.planned(
      """
      learners:
        - {name: c, learner: constant, settings: {units: 1}, search: {method: grid, space: {units: [2, 5], value: [0]}}}
      data: [{name: numbers, synthetic: friedman1, rows: 60}]
      splits: {repeats: 1}
      budget: {units: 3}
      """)
    let result = try #require(try results(of: experiment).first)
    #expect(result.report.decisions.first?.contains("of 3 settings, 1 of them beyond the budget") == true)
    #expect(result.size.units <= 3)
  }

  @Test(arguments: [
    ("{space: {valu: [1]}}", "valu"), ("{space: {}}", "nothing to search"),
    ("{trials: 0, space: {value: [1]}}", "0"),
    ("{space: {value: {from: 2, to: 1}}}", "1"), ("{space: {value: [text]}}", "text"),
    ("{space: {value: {from: -1, to: 1, scale: logarithmic}}}", "-1"),
    ("{method: grid, space: {value: {from: 0, to: 1}}}", "a range"),
    ("{method: best, space: {value: [1]}}", "best"),
  ])
  func aSearchThatCannotBeIsNamed(search: String, found: String) throws {
    let error = #expect(throws: InputError.self) { try planned(search) }
    #expect(error?.description.contains(found) == true, "\(error?.description ?? "")")
    #expect(error?.location.line != nil && error?.kind == .content)
  }
}
