internal import CambiumCore
internal import CambiumStatistics
internal import Foundation

/// Tables, figures and the page of an experiment, made from its records; nothing is run.
public struct ExperimentReport: Sendable {
  /// The table.
  public let table: ResultTable
  /// Its tables by further metrics: one for each metric that is not the first of every data set.
  public let furtherTables: [(metric: Metric, table: ResultTable)]
  /// The figures that there are records for.
  public let figures: [ReportFigure]
  /// Drawings of the networks whose growth was kept, as far as they are small enough for print.
  public let networks: [ReportFigure]
  /// How the learners do beside the experiment's baseline; nil where it names none.
  public let equivalence: EquivalenceTable?
  /// The learners beside published models; nil where the experiment names none.
  let published: PublishedTable?
  /// How much backpropagation moved each layer; nil where no learner told.
  let updates: LayerUpdateSummary?
  /// All of it as one page of HTML.
  public let page: String
  /// Lines of the records that could not be read: cut short by a kill, or damaged.
  public let unreadableLines: Int

  /// Makes the report of an experiment from the records in its folder of results.
  ///
  /// - Throws: `InputError` where there are no records, or they cannot be read.
  public init(of experiment: Experiment, in folder: String) throws {
    let store = RecordStore(folder: folder)
    let contents = try store.contents()
    let identities = Set(experiment.cells.map(\.identity))
    guard contents.records.keys.contains(where: identities.contains) else {
      throw InputError(
        .missing, at: .init(file: store.path), found: "no record of the experiment's cells",
        expected: "records, which a run of the experiment writes")
    }
    self.init(of: experiment, contents: contents, replays: ReplayStore(folder: folder))
  }

  init(of experiment: Experiment, contents: RecordStore.Contents, replays: ReplayStore) {
    let runs = experiment.cells.filter(experiment.isReplayed).compactMap { cell in
      replays.replay(of: cell.identity).map { replay in
        ReplaySection.Run(
          learner: experiment.spec.learners[cell.learner].name, data: experiment.data[cell.data].name,
          replay: replay)
      }
    }
    table = ResultTable(of: experiment, records: contents.records)
    let spec = experiment.spec
    let further = spec.metrics.compactMap { metric -> (metric: Metric, table: ResultTable)? in
      let table = ResultTable(of: experiment, records: contents.records, by: metric)
      return table.rows.isEmpty ? nil : (metric, table)
    }
    furtherTables = further
    let comparison = table.comparison
    let published = experiment.published.map { [table] in
      PublishedTable(of: table, beside: $0, source: spec.published.source)
    }
    self.published = published
    figures =
      ReportFigure.all(of: experiment, records: contents.records, table: table, comparison: comparison)
      + [ReportFigure.weightPaths(of: runs)].compactMap { $0 }
    equivalence = EquivalenceTable(of: experiment, records: contents.records)
    let updates = LayerUpdateSummary(of: experiment, records: contents.records)
    self.updates = updates
    page =
      ReportPage(
        experiment: experiment, records: contents.records, table: table,
        furtherTables: further.map { ($0.metric.title, $0.table) }, figures: figures,
        published: published?.htmlTable,
        statistics: [comparison?.htmlTable, equivalence?.htmlTable, updates?.htmlTable].compactMap { $0 },
        replay: ReplaySection(runs: runs)
      ).markup
    networks = runs.compactMap(\.figure)
    unreadableLines = contents.unreadableLines
  }

  /// The table as Markdown, and below it the comparison with the baseline.
  public var markdown: String { table.markdown + (equivalence.map { "\n" + $0.markdown } ?? "") }

  /// Writes the tables (`table.csv`, `.md`, `.tex`, `.html`, for further metrics `table-METRIC.csv` and so on,
  /// `published.md`, `updates.md`, `equivalence.md`), the page (`report.html`) and an SVG file
  /// for each figure, as far as there are any, each all or not at all.
  ///
  /// - Returns: The paths written.
  /// - Throws: `InputError` of kind unwritable.
  @discardableResult
  public func write(to folder: String) throws -> [String] {
    var files = Self.files(of: table, named: "table") + [("report.html", page)]
    for (metric, table) in furtherTables { files += Self.files(of: table, named: "table-\(metric.rawValue)") }
    if let published { files.append(("published.md", published.markdown)) }
    if let updates { files.append(("updates.md", updates.markdown)) }
    if let equivalence { files.append(("equivalence.md", equivalence.markdown)) }
    files += (figures + networks).map { ("\($0.name).svg", $0.svg) }
    return try files.map { name, content in
      let path = "\(folder)/\(name)"
      do {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(content.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
      } catch {
        throw InputError(
          .unwritable, at: .init(file: path), found: "a file that cannot be written",
          expected: "a place for results")
      }
      return path
    }
  }

  private static func files(of table: ResultTable, named name: String) -> [(String, String)] {
    [
      ("\(name).csv", table.csv), ("\(name).md", table.markdown), ("\(name).tex", table.latex),
      ("\(name).html", table.html),
    ]
  }
}
