internal import CambiumCore
internal import CambiumStatistics

/// An experiment's learners beside published models, data set by data set.
struct PublishedTable: Equatable {
  /// An error and a size, as they stand in the table.
  struct Cell: Equatable {
    /// The error; nil where none is known.
    var error: Double?
    /// The size in words; empty where none is told.
    var size = ""
    /// Whether it is a learner's error that is not above the least published one.
    var isKept = false
  }

  /// A data set.
  struct Row: Equatable {
    var data: String
    var measure: Metric
    /// One cell for each published model, then one for each learner.
    var cells: [Cell]
    /// Decimals that show the errors' spread.
    var decimals: Int
  }

  /// What a row comes to for each learner.
  struct Line: Equatable {
    var name: String
    var texts: [String]
  }

  let models: [String]
  let learners: [String]
  let source: String
  let rows: [Row]
  let summaries: [Line]

  /// The data sets of a table that there are published figures of.
  init(of table: ResultTable, beside published: PublishedFigures, source: String) {
    models = published.models
    learners = table.learners
    self.source = source
    let figures = published.figures
    let all = figures.values.joined()
    let tells = (units: all.contains { $0.units != nil }, connections: all.contains { $0.connections != nil })
    func told(_ count: Double, _ what: String) -> String {
      let text = NumberFormat.count(count)
      return "\(text) \(text == "1" ? what : what + "s")"
    }
    func size(_ units: Double?, _ connections: Double?) -> String {
      [
        tells.units ? units.map { told($0, "unit") } : nil,
        tells.connections ? connections.map { told($0.rounded(), "connection") } : nil,
      ].compactMap { $0 }.joined(separator: ", ")
    }
    let known = table.rows.filter { figures[$0.data] != nil }
    rows = known.map { row in
      let published = figures[row.data, default: []]
      let least = published.compactMap(\.error).min()
      let spreads = row.entries.compactMap(\.error).map {
        NumberFormat.decimals(forSpread: $0.standardDeviation, around: $0.mean)
      }
      return Row(
        data: row.data, measure: row.measure,
        cells: published.map { Cell(error: $0.error, size: size($0.units, $0.connections)) }
          + row.entries.map { entry in
            let isKept = entry.error.flatMap { own in least.map { own.mean <= $0 } } ?? false
            return Cell(
              error: entry.error?.mean, size: size(entry.units, entry.connections), isKept: isKept)
          },
        decimals: spreads.max() ?? 3)
    }
    summaries = Self.summaries(of: known, beside: published)
  }

  private static func summaries(of rows: [ResultTable.Row], beside published: PublishedFigures)
    -> [Line]
  {
    let learners = rows.first?.entries.indices ?? 0..<0
    func figures(_ row: ResultTable.Row) -> [PublishedFigures.Figure] {
      published.figures[row.data, default: []]
    }
    let compared = rows.filter { figures($0).contains { $0.error != nil } }
    var summaries: [Line] = []
    if !compared.isEmpty {
      summaries.append(
        Line(
          name: "not above the best published",
          texts: learners.map { learner in
            let kept = compared.count { row in
              guard let own = row.entries[learner].error?.mean else { return false }
              return figures(row).compactMap(\.error).min().map { own <= $0 } ?? false
            }
            return "\(kept) of \(compared.count)"
          }))
    }
    /// The median share of a size, over the data sets of which a model's is known.
    func addShares(
      _ what: String, _ model: Int, _ own: (ResultTable.Entry) -> Double?,
      _ other: (PublishedFigures.Figure) -> Double?
    ) {
      let texts = learners.map { learner in
        let shares = rows.compactMap { row in
          own(row.entries[learner]).flatMap { own in other(figures(row)[model]).map { own / $0 } }
        }
        return Summary(of: shares).map { NumberFormat.significant($0.median, digits: 3) } ?? "–"
      }
      guard texts.contains(where: { $0 != "–" }) else { return }
      summaries.append(Line(name: "median share of \(published.models[model])'s \(what)", texts: texts))
    }
    for model in published.models.indices {
      addShares("units", model, \.units, \.units)
      addShares("connections", model, \.connections, \.connections)
    }
    return summaries
  }

  /// The words above the table.
  var caption: String {
    "Mean test errors beside published ones\(source.isEmpty ? "" : " (\(source))"); bold where a learner's is not above the "
      + "least published error of the row."
  }

  /// As Markdown.
  var markdown: String {
    func shown(_ cell: Cell, _ row: Row) -> String {
      let error = cell.error.map { NumberFormat.fixed($0, decimals: row.decimals) } ?? "–"
      return (cell.isKept ? "**\(error)**" : error) + (cell.size.isEmpty ? "" : " (\(cell.size))")
    }
    var page = printable(caption) + "\n\n" + markdownLine(["data set", "measure"] + models + learners)
    page += "|---|---|" + String(repeating: "---:|", count: models.count + learners.count) + "\n"
    for row in rows {
      page += markdownLine([row.data, row.measure.title] + row.cells.map { shown($0, row) })
    }
    for summary in summaries {
      page += markdownLine([summary.name, ""] + models.map { _ in "" } + summary.texts)
    }
    return page
  }

  /// As HTML.
  var htmlTable: HTMLTable {
    func shown(_ cell: Cell, _ row: Row) -> HTMLTable.Cell {
      let error = escapedForMarkup(cell.error.map { NumberFormat.fixed($0, decimals: row.decimals) } ?? "–")
      return .init(
        markup: (cell.isKept ? "<b>\(error)</b>" : error)
          + (cell.size.isEmpty ? "" : "<small>\(escapedForMarkup(cell.size))</small>"),
        value: cell.error)
    }
    return HTMLTable(
      caption: escapedForMarkup(caption),
      columns: ["data set", "measure"].map { .init(title: $0, isNumber: false) }
        + (models + learners).map { .init(title: $0) },
      rows: rows.map { row in
        [.init(row.data), .init(row.measure.title)] + row.cells.map { shown($0, row) }
      },
      summaries: summaries.map { summary in
        [.init(summary.name), .init("")] + models.map { _ in .init("") } + summary.texts.map { .init($0) }
      })
  }
}
