internal import CambiumCore
internal import CambiumStatistics
internal import Foundation

/// Tables, figures and the page of an experiment, made from its records; nothing is run.
public struct ExperimentReport: Sendable {
  /// The table.
  public let table: ResultTable
  /// The figures that there are records for.
  public let figures: [ReportFigure]
  /// Drawings of the networks whose growth was kept, as far as they are small enough for print.
  public let networks: [ReportFigure]
  /// How the learners do beside the experiment's baseline; nil where it names none.
  public let equivalence: EquivalenceTable?
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
    let comparison = table.comparison
    figures = ReportFigure.all(
      of: experiment, records: contents.records, table: table, comparison: comparison)
    equivalence = EquivalenceTable(of: experiment, records: contents.records)
    page =
      ReportPage(
        experiment: experiment, records: contents.records, table: table, figures: figures,
        statistics: [comparison?.htmlTable, equivalence?.htmlTable].compactMap { $0 },
        replay: ReplaySection(runs: runs)
      ).markup
    networks = runs.compactMap(\.figure)
    unreadableLines = contents.unreadableLines
  }

  /// The table as Markdown, and below it the comparison with the baseline.
  public var markdown: String { table.markdown + (equivalence.map { "\n" + $0.markdown } ?? "") }

  /// Writes the tables (`table.csv`, `.md`, `.tex`, `.html`, `equivalence.md`), the page (`report.html`) and an SVG file
  /// for each figure, as far as there are any, each all or not at all.
  ///
  /// - Returns: The paths written.
  /// - Throws: `InputError` of kind unwritable.
  @discardableResult
  public func write(to folder: String) throws -> [String] {
    var files = [
      ("table.csv", table.csv), ("table.md", table.markdown), ("table.tex", table.latex),
      ("table.html", table.html), ("report.html", page),
    ]
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
}
