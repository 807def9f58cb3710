import CambiumCore
import Foundation
import Testing

@testable import CambiumLab

@Suite struct ExperimentSchemaTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  private static let check = JSONSchemaCheck(root: ExperimentSchema().tree)

  static let experiments = ExperimentPlace.names(in: root.appendingPathComponent("experiments").path)

  private static func tree(of name: String) throws -> SpecTree {
    let file = root.appendingPathComponent("experiments/\(name)/experiment.yaml").path
    return try SpecDocument(reading: file, setting: []).tree
  }

  /// The file that editors read is the one that the program writes.
  @Test func theShippedSchemaIsThatOfTheSpecs() throws {
    let shipped = try String(
      contentsOf: Self.root.appendingPathComponent("docs/experiment.schema.json"), encoding: .utf8)
    #expect(
      shipped == ExperimentSchema().json,
      "write it anew: cambium list schema >docs/experiment.schema.json")
  }

  @Test(arguments: experiments)
  func theProjectsExperimentsFit(name: String) throws {
    #expect(Self.check.troubles(of: try Self.tree(of: name)) == [])
  }

  @Test(arguments: [
    ("metrics.0", SpecTree.text("rms")), ("seeds.0", .text("one")), ("splits.scheme", .text("holdout")),
    ("quetion", .text("?")), ("learners.0.settings.layrs", .list([])), ("learners.0.lerner", .text("mlp")),
    ("data.0.rows", .number(1.5)), ("budget.units", .text("many")),
    ("learners.0.settings.optimizer", .text("adm")),
  ])
  func whatIsNotLegalIsMarked(path: String, value: SpecTree) throws {
    let document = try SpecDocument(
      text: """
        learners: [{name: fixed, learner: mlp, settings: {layers: [5], optimizer: adam}}]
        data: [{name: numbers, synthetic: friedman1, rows: 40}, iris]
        metrics: [rmse, errorRate]
        seeds: [1, 2]
        splits: {scheme: hold-out}
        budget: {units: 7}
        """, file: nil, setting: [])
    #expect(Self.check.troubles(of: document.tree) == [])
    let keys = path.split(separator: ".").map(String.init)
    let spoilt = try #require(document.tree.laying(value, at: keys))
    #expect(!Self.check.troubles(of: spoilt).isEmpty)
  }
}
