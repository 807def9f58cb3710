import Foundation
import Testing

@testable import CambiumLab

private let oddNames = """
  question: is 1 < 2 & "so"?
  decision: <script>alert(1)</script>
  learners:
    - {name: "<grown>", learner: grown, settings: {restarts: 1, training: {epochs: 10}, stopping: {maximumUnits: 3}}}
    - {name: mlp, settings: {layers: [2], epochs: 5}}
  data:
    - {name: "a</script>b", synthetic: two-spirals, rows: 60}
  splits: {repeats: 2}
  equivalence: {baseline: mlp}
  """

@Suite struct ReportPageTests {
  @Test func thePageNeedsNothingElseAndEscapesWhatUsersSay() throws {
    try withTemporaryFolder { folder in
      let experiment = try Experiment(
        name: "<odd>", folder: ".", document: SpecDocument(text: oddNames, file: "e.yaml"),
        learners: .standard,
        data: DataCatalogue(folder: "no-such-folder"))
      try ExperimentRunner().run(experiment, into: folder)
      let report = try ExperimentReport(of: experiment, in: folder)
      let page = report.page
      #expect(
        try ExperimentReport(of: experiment, in: folder).page == page, "the same records, the same bytes")
      for forbidden in [" src=", "@import", "url(", "<link rel=\"stylesheet", "fetch(", "alert(1)</script>"] {
        #expect(!page.contains(forbidden), "\(forbidden)")
      }
      let addresses = page.components(separatedBy: "http").dropFirst()
      #expect(addresses.allSatisfy { $0.hasPrefix("://www.w3.org/2000/svg\"") }, "the name space alone")
      #expect(page.contains("<h1>&lt;odd&gt;</h1>"))
      #expect(page.contains("is 1 &lt; 2 &amp; &quot;so&quot;?"))
      #expect(page.contains("stopping.maximumUnits = 3"))
      // The page's own script, and the data of the replay.
      #expect(page.components(separatedBy: "</script>").count - 1 == 2)
      #expect(page.components(separatedBy: "<figure ").count - 1 == report.figures.count)
      for section in ["results", "statistics", "figures", "replay", "all-figures", "runs"] {
        #expect(page.contains("<section id=\"\(section)\">"))
      }
      #expect(!page.contains("<section id=\"failures\">"))
      let names = report.networks.map(\.name)
      #expect(names.allSatisfy { $0.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" } })
    }
  }

  @Test func failuresAreListedWithTheirReason() throws {
    try withTemporaryFolder { folder in
      let experiment = try planned()
      try ExperimentRunner().run(experiment, into: folder)
      let page = try ExperimentReport(of: experiment, in: folder).page
      #expect(page.contains("<section id=\"failures\">"))
      #expect(page.components(separatedBy: "a learner that fails").count - 1 == 6)
      #expect(!page.contains("<section id=\"replay\">"), "constants do not grow")
    }
  }

  @Test func settingsAreTold() {
    let tree = SpecTree.mapping([
      "b": .mapping(["c": .list([.integer(1), .integer(2)])]), "a": .boolean(true),
    ])
    #expect(tree.assignments == ["a = true", "b.c = [1,2]"])
    #expect(SpecTree.mapping([:]).assignments.isEmpty)
  }

  @Test func aTableSortsByValuesAndKeepsItsSummaries() {
    let table = HTMLTable(
      caption: "c", columns: [.init(title: "n<m", isNumber: false), .init(title: "v")],
      rows: [[.init("x&y"), .init("1.0", value: 1)], [.init("z"), .init("–")]],
      summaries: [[.init("mean"), .init("1.0")]])
    let markup = table.sortableMarkup(identifier: "i")
    #expect(markup.contains("<th scope=\"row\">x&amp;y</th><td class=\"number\" data-value=\"1.0\">1.0</td>"))
    #expect(markup.contains("<button type=\"button\">n&lt;m</button>"))
    #expect(markup.components(separatedBy: "aria-sort=\"none\"").count - 1 == 2)
    #expect(markup.contains("<tfoot>") && !table.markup.contains("<button"))
  }
}
