import ArgumentParser
import CambiumCore
import CambiumExport
import CambiumLab

/// `cambium results`
struct ResultsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "results", abstract: "List the records of an experiment.",
    discussion: """
      One row for each run that has a record, cells of earlier versions of the experiment included where --all is given. \
      Names are those of the CSV's header; settings have names such as settings.topology.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case csv, json, sqlite
  }

  @OptionGroup var options: ExperimentOptions

  @Option(
    name: .customLong("where"),
    help: ArgumentHelp(
      "Only records with this, such as learner=grown, test.rmse<0.5 or data~spiral; may be repeated.",
      valueName: "condition"))
  var conditions: [String] = []

  @Option(help: "csv, json, or sqlite, which needs --out.")
  var format = Format.csv

  @Option(help: ArgumentHelp("The file to write; standard output where none is given.", valueName: "file"))
  var out: String?

  @Flag(help: "With the learners' settings, a column for each.")
  var settings = false

  @Flag(help: "With records that are of none of the experiment's cells.")
  var all = false

  func validate() throws {
    if format == .sqlite, out == nil {
      throw ValidationError("--format sqlite: found no --out, expected a file for the database")
    }
  }

  func run() throws {
    let experiment = try options.planned()
    let filters = try conditions.map(RecordFilter.init)
    let store = RecordStore(folder: options.folder(of: experiment))
    let contents = try store.contents()
    let records = contents.ordered(by: experiment.identities, includingOthers: all)
    guard !records.isEmpty else {
      throw InputError(
        .missing, at: .init(file: store.path), found: "no record of the experiment's cells",
        expected: "records, which a run of the experiment writes")
    }
    let rows = records.map(RecordRow.init)
    let known = RecordRow.names(of: rows, includingSettings: true)
    for filter in filters { try filter.check(among: known) }
    let kept = zip(records, rows).filter { _, row in filters.allSatisfy { $0.accepts(row) } }
    let names = RecordRow.names(of: rows, includingSettings: settings)
    switch format {
    case .csv: try write(kept.map(\.1).table(of: names).csv())
    case .json: try write(kept.map(\.1).json(of: names))
    case .sqlite: try RecordDatabase.write(kept.map(\.0), to: out ?? "")
    }
    Console(isQuiet: options.quiet).note(
      "\(kept.count) of \(records.count) records" + (out.map { " written to \($0)" } ?? ""))
  }

  private func write(_ text: String) throws {
    guard let out else { return try StandardOutput.write(text) }
    try FileWriting.write(Array(text.utf8), to: out)
  }
}
