import CambiumCore
import Foundation
import Testing

@testable import CambiumLab

@Suite struct PublishedFiguresTests {
  private static let text =
    smallExperiment + "\npublished: {file: published.csv, source: \"Somebody 1990\"}\n"

  private func planned(_ csv: String, _ body: (Experiment, String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      try csv.write(toFile: "\(folder)/published.csv", atomically: true, encoding: .utf8)
      try body(try CambiumLabTests.planned(Self.text, folder: folder), folder)
    }
  }

  @Test func learnersStandBesidePublishedModels() throws {
    let csv =
      "data,tree,net,net units,net connections\nnumbers,1e9,,4,12\nelsewhere,1,1,1,1\nclasses,0,0,,24\n"
    try planned(csv) { experiment, folder in
      try ExperimentRunner().run(experiment, into: folder)
      let report = try ExperimentReport(of: experiment, in: folder)
      let table = try #require(report.published)
      #expect(table.models == ["tree", "net"] && table.rows.map(\.data) == ["numbers", "classes"])
      // Nothing errs as much as the first published model, and constants err more than the others.
      #expect(table.rows[0].cells.map(\.isKept) == [false, false, true, true, false])
      #expect(table.rows[1].cells.allSatisfy { !$0.isKept })
      #expect(table.rows[0].cells[1].error == nil)
      #expect(table.rows[0].cells[1].size == "4 units, 12 connections")
      let constant = try #require(report.table.rows[0].entries[0].connections)
      let classes = try #require(report.table.rows[1].entries[0].connections)
      let share = (constant / 12 + classes / 24) / 2
      let lines = Dictionary(uniqueKeysWithValues: table.summaries.map { ($0.name, $0.texts) })
      #expect(lines["not above the best published"] == ["1 of 2", "1 of 2", "0 of 2"])
      #expect(lines["median share of net's units"]?.first == "0.500")
      #expect(
        lines["median share of net's connections"]?.first == NumberFormat.significant(share, digits: 3))
      #expect(report.page.contains("Beside published figures") && report.page.contains("Somebody 1990"))
      #expect(try report.write(to: folder).contains("\(folder)/published.md"))
    }
  }

  @Test(arguments: [
    ("tree\n1\n", "no column data"), ("data\nnumbers\n", "no model"),
    ("data,tree\nelsewhere,1\n", "no data set of the experiment"),
    ("data,tree\nnumbers,1\nnumbers,2\n", "numbers\\\" again"), ("data,tree\nnumbers,soon\n", "texts"),
    ("data,tree,net units\nnumbers,1,2\n", "sizes of no model"), ("data,tree\n", "published.csv"),
  ])
  func aFileThatDoesNotFitIsRefused(csv: String, part: String) throws {
    let error = try #require(throws: InputError.self) { try planned(csv) { _, _ in } }
    let told = "\(error)"
    #expect(told.contains("published.csv") && told.contains(part.replacing("\\\"", with: "\"")), "\(told)")
  }

  @Test func aMissingFileIsTold() throws {
    let error = try #require(throws: InputError.self) { try CambiumLabTests.planned(Self.text) }
    #expect(error.kind == .missing)
    #expect(throws: InputError.self) {
      try CambiumLabTests.planned(smallExperiment + "\npublished: {source: nobody}\n")
    }
  }
}
