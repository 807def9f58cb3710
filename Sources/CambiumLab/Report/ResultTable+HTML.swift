internal import CambiumStatistics

extension ResultTable {
  /// The table of errors as HTML: a row for each data set, a column for each learner, sizes below the errors.
  var errorTable: HTMLTable {
    let text = TableText(self)
    var table = HTMLTable(
      caption: escapedForMarkup(TableText.caption(of: self))
        + " Below each error: hidden units / connections / seconds of a fit.",
      columns: [.init(title: "data set", isNumber: false), .init(title: "measure", isNumber: false)]
        + learners.map { .init(title: $0) })
    for (row, shown) in zip(rows, text.rows) {
      var cells = [HTMLTable.Cell(row.data), .init(row.measure.title)]
      for (index, entry) in row.entries.enumerated() {
        let size = shown.sizes[index]
        let below = size == "–" ? "" : "<small>\(escapedForMarkup(size))</small>"
        cells.append(.init(markup: Self.markup(shown.cells[index]) + below, value: entry.error?.mean))
      }
      table.rows.append(cells)
    }
    table.summaries = text.summaries.map { summary in
      [.init(summary.name), .init("")] + summary.cells.map { .init(markup: Self.markup($0)) }
    }
    return table
  }

  /// Every figure of every learner on every data set, one pair a row.
  var figureTable: HTMLTable {
    let titles = ["error", "sd", "median", "units", "connections", "seconds", "runs", "failed"]
    var table = HTMLTable(
      caption: "All figures: errors in each data set's measure, sizes and seconds as means over the runs.",
      columns: ["data set", "learner", "measure"].map { .init(title: $0, isNumber: false) }
        + titles.map { .init(title: $0) })
    for row in rows {
      let best = row.best.flatMap { row.entries[$0].error }
      let decimals = best.map { NumberFormat.decimals(forSpread: $0.standardDeviation, around: $0.mean) } ?? 0
      func number(_ value: Double?, _ text: (Double) -> String) -> HTMLTable.Cell {
        .init(value.map(text) ?? "–", value: value)
      }
      func error(_ value: Double?) -> HTMLTable.Cell {
        number(value) { NumberFormat.fixed($0, decimals: decimals) }
      }
      for (learner, entry) in zip(learners, row.entries) {
        let spread = entry.error.flatMap { $0.count > 1 ? $0.standardDeviation : nil }
        table.rows.append([
          .init(row.data), .init(learner), .init(row.measure.title), error(entry.error?.mean),
          error(spread),
          error(entry.error?.median), number(entry.units, NumberFormat.count),
          number(entry.connections) { NumberFormat.fixed($0, decimals: 0) },
          number(entry.seconds) { NumberFormat.significant($0, digits: 2) },
          .init("\(entry.error?.count ?? 0)", value: Double(entry.error?.count ?? 0)),
          .init("\(entry.failures)", value: Double(entry.failures)),
        ])
      }
    }
    return table
  }

  /// As a page of HTML that holds the tables alone.
  public var html: String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <meta charset="utf-8">
    <title>Results</title>
    <style>
    body { font: 15px/1.5 system-ui, sans-serif; }
    table { border-collapse: collapse; margin-bottom: 2em; }
    caption { text-align: left; padding-bottom: .5em; }
    th, td { padding: .2em .8em; text-align: left; vertical-align: top; }
    thead th { border-top: 2px solid; border-bottom: 1px solid; }
    tbody tr:last-child > *, tfoot tr:last-child > * { border-bottom: 1px solid; }
    .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
    small { display: block; }
    </style>
    \(errorTable.markup)
    \(figureTable.markup)</html>

    """
  }

  private static func markup(_ cell: TableText.Cell) -> String {
    let mean = escapedForMarkup(cell.mean)
    return (cell.isBest ? "<b>\(mean)</b>" : mean)
      + (cell.spread.isEmpty ? "" : " ± \(escapedForMarkup(cell.spread))")
      + (cell.isWorse
        ? " <span class=\"mark\" title=\"worse than the row's best\">\(TableText.mark)</span>" : "")
      + (cell.remark.isEmpty ? "" : " <small>\(escapedForMarkup(cell.remark))</small>")
  }
}
