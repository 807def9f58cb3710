import CambiumCore
import Foundation
import Testing

@testable import CambiumLab

private func trouble(_ text: String, _ assignments: [String] = []) -> InputError? {
  do {
    _ = try planned(text, setting: assignments)
    return nil
  } catch {
    return error as? InputError
  }
}

@Suite struct ExperimentTests {
  @Test func theSameSpecGivesTheSameIdentities() throws {
    #expect(try planned().cells == planned().cells)
    let explicit = smallExperiment.replacing(
      "- constant", with: "- {name: other-name, learner: constant, settings: {units: 2, fails: false}}")
    #expect(try planned(explicit).cells.map(\.identity) == planned().cells.map(\.identity))
    #expect(Set(try planned().cells.map(\.identity)).count == 18)
  }

  @Test(arguments: [
    "seeds=[2]", "splits.fraction=0.3", "splits.seed=2", "splits={scheme: k-fold, folds: 4}", "tolerance=0.2",
    "data.numbers.rows=41", "data.numbers.seed=2", "data.classes.ignored=[x1]",
    "learners.constant.settings.value=1",
  ])
  func whatDecidesTheResultChangesTheIdentity(assignment: String) throws {
    let before = Set(try planned().cells.map(\.identity))
    let after = Set(try planned(setting: [assignment]).cells.map(\.identity))
    #expect(!after.isSubset(of: before))
  }

  @Test(arguments: [
    "question=why", "decision=so", "splits.folds=3", "splits.column=part", "splits.repeats=2",
  ])
  func whatDoesNotDecideTheResultKeepsTheIdentity(assignment: String) throws {
    let before = Set(try planned().cells.map(\.identity))
    let after = Set(try planned(setting: [assignment]).cells.map(\.identity))
    #expect(after.isSubset(of: before))
  }

  @Test(arguments: [
    ("learners: [constant]\ndata: [{synthetic: two-spiral}]", 2, "data.0", "two-spirals"),
    (
      "data: [{synthetic: parity-3}]\nlearners:\n  - name: a\n    learner: constnat\n", 4,
      "learners.0.learner", "constant"
    ),
    (
      "data: [{synthetic: parity-3}]\nlearners:\n  - learner: constant\n    settings:\n      unist: 3\n", 5,
      "learners.0.settings.unist", "units"
    ),
    (
      "data: [{synthetic: parity-3}]\nlearners:\n  - learner: constant\n    settings:\n      units: -3\n", 5,
      "learners.0.settings.units", "at least 0"
    ),
    (
      "data: [{synthetic: parity-3}]\nlearners:\n  - learner: constant\n    settings:\n      units: x\n", 5,
      "learners.0.settings.units", "a whole number"
    ),
    ("learners: [constant]\ndata:\n  - synthetic: parity-3\n    tsak: auto\n", 4, "data.0.tsak", "task"),
    (
      "learners: [constant]\ndata:\n  - synthetic: parity-3\n    task: guess\n", 4, "data.0.task",
      "regression"
    ),
    (
      "learners: [constant]\ndata:\n  - synthetic: parity-3\n    rows: some\n", 4, "data.0.rows",
      "a whole number"
    ),
    (
      "learners: [constant]\ndata: [iris]\nsplits:\n  fraction: 1.5\n", 4, "splits.fraction",
      "between 0 and 1"
    ),
    ("learners: [constant]\ndata: [iris]\nsplits:\n  scheme: kfold\n", 4, "splits.scheme", "k-fold"),
    ("learners: [constant]\ndata: [iris, iris]\n", 2, "data.1", "differ"),
    ("learners: [constant]\ndata: [iris]\nseeds: [1, 1]\n", 3, "seeds.1", "once"),
    ("learners: [constant]\ndata: [nowhere]\n", 2, "data.0", "a data set"),
    (
      "learners: [constant]\ndata: [{synthetic: parity-3}]\nsplits:\n  scheme: k-fold\n  folds: 9\n", 5,
      "splits.folds", "at most 8, the rows of \"parity-3\""
    ),
    ("learners:\n  - settings: {}\ndata: [iris]\n", 2, "learners.0", "name"),
    ("learners: [constant]\n", 1, "data", "at least one"),
  ])
  func whatIsWrongInASpecIsLocated(text: String, line: Int?, column: String, expected: String) throws {
    let error = try #require(trouble(text))
    #expect(error.location.file == "e.yaml")
    #expect(error.location.line == line)
    #expect(error.location.column == column)
    #expect("\(error)".contains(expected))
  }

  @Test func dataFilesAreFoundBesideTheSpecAndTheirErrorsTellTheirOwnPlace() throws {
    try withTemporaryFolder { folder in
      try "a,b,part\n1,2,0\n2,3,0\n3,5,0\n4,4,1\n5,1,2\n6,2,2\n".write(
        toFile: folder + "/t.csv", atomically: true, encoding: .utf8)
      let text = "learners: [constant]\ndata: [{file: t.csv, targets: [b]}]\n"
      let experiment = try planned(
        text, setting: ["splits.scheme=column", "splits.column=part"], folder: folder)
      #expect(experiment.data[0].name == "t")
      #expect(experiment.data[0].featureCount == 1)
      let rows = try experiment.data[0].rows(ofSplit: 0, by: experiment.spec.splits)
      #expect(rows == SplitRows(training: [0, 1, 2], validation: [3], test: [4, 5]))
      #expect(throws: InputError.self) {
        try planned(text, setting: ["data.t.targets=[c]"], folder: folder)
      }
      try "a,b\n1,2\n2\n".write(toFile: folder + "/t.csv", atomically: true, encoding: .utf8)
      do {
        _ = try planned(text, folder: folder)
        Issue.record("no error")
      } catch let error as InputError {
        #expect(error.location.file == folder + "/t.csv")
        #expect(error.location.line == 3)
      }
    }
  }

  @Test func testRowsThatAreGivenApartAreNotSplitOff() throws {
    let text = "learners: [constant]\ndata: [{synthetic: two-spirals, test: two-spirals-shifted}]\n"
    let experiment = try planned(text)
    let rows = try experiment.data[0].rows(ofSplit: 3, by: experiment.spec.splits)
    #expect(rows == SplitRows(training: Array(0..<194), validation: [], test: Array(194..<388)))
    #expect(Set(experiment.cells.map(\.identity)).count == 5)
    #expect(throws: InputError.self) { try planned(text, setting: ["data.0.test=parity-3"]) }
  }

  @Test func aDataSetMaySayHowMuchIsHeldOut() throws {
    let text =
      "learners: [mlp, grown]\ndata: [{synthetic: parity-3, validationFraction: 0}, {synthetic: parity-4}]"
    let experiment = try Experiment(
      name: "e", folder: ".", document: SpecDocument(text: text), learners: .standard,
      data: DataCatalogue(folder: "none"))
    #expect(experiment.learners[0][0].settings[["validationFraction"]] == .integer(0))
    #expect(experiment.learners[1][0].settings == LearnerCatalogue.standard.kinds[1].defaults)
    #expect(experiment.learners[0][1].settings != experiment.learners[1][1].settings)
  }

  @Test func splitsPartTheRowsAndAreSharedByAllLearners() throws {
    let experiment = try planned(setting: ["splits.scheme=k-fold", "splits.folds=4", "splits.repeats=2"])
    let data = experiment.data[0]
    for cycle in 0..<2 {
      let folds = try (0..<4).map { try data.rows(ofSplit: 4 * cycle + $0, by: experiment.spec.splits) }
      #expect(folds.flatMap(\.test).sorted() == Array(0..<40))
      for fold in folds { #expect((fold.training + fold.test).sorted() == Array(0..<40)) }
    }
    #expect(
      try data.rows(ofSplit: 0, by: experiment.spec.splits).test
        != data.rows(ofSplit: 4, by: experiment.spec.splits).test)
  }

  @Test func anExperimentIsFoundByFolderFileOrName() throws {
    try withTemporaryFolder { folder in
      try FileManager.default.createDirectory(atPath: folder + "/trial", withIntermediateDirectories: true)
      try smallExperiment.write(toFile: folder + "/trial/experiment.yaml", atomically: true, encoding: .utf8)
      try smallExperiment.write(toFile: folder + "/trial/other.yaml", atomically: true, encoding: .utf8)
      #expect(try ExperimentPlace(folder + "/trial/").name == "trial")
      #expect(try ExperimentPlace(folder + "/trial/experiment.yaml").folder == folder + "/trial")
      #expect(try ExperimentPlace(folder + "/trial/other.yaml").name == "other")
      #expect(ExperimentPlace.names(in: folder) == ["trial"])
      #expect(throws: InputError.self) { try ExperimentPlace(folder + "/trail") }
      let experiment = try Experiment(at: folder + "/trial", learners: constants)
      #expect(experiment.name == "trial" && experiment.cells.count == 18)
    }
  }

  @Test func everyLearnerOfTheCatalogueListsItsKeysAndMakesALearner() throws {
    for kind in LearnerCatalogue.standard.kinds {
      let learner = try kind.configured(by: SpecDocument())
      #expect(learner.settings == kind.defaults)
      #expect(learner.kind == kind.name)
      if let key = kind.validationKey {
        let path = key.split(separator: ".").map(String.init)
        #expect(kind.defaults[path] != nil)
        let changed = try kind.configured(by: SpecDocument(setting: ["\(key)=0.3"]))
        #expect(changed.settings[path] == .number(0.3))
      }
    }
    #expect(throws: InputError.self) { try LearnerCatalogue.standard.kind(named: "grwon") }
  }
}
