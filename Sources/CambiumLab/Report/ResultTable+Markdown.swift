internal import CambiumCore

extension ResultTable {
  /// As Markdown: a table of errors, the best in bold, one of sizes and times, and of medians where runs are many.
  public var markdown: String {
    let text = TableText(self)
    func shown(_ cell: TableText.Cell) -> String {
      (cell.isBest ? "**\(cell.mean)**" : cell.mean) + (cell.spread.isEmpty ? "" : " ± \(cell.spread)")
        + (cell.isWorse ? " \(TableText.mark)" : "") + (cell.remark.isEmpty ? "" : " (\(cell.remark))")
    }
    let right = String(repeating: "---:|", count: learners.count) + "\n"
    var page = TableText.caption(of: self) + "\n\n"
    page += markdownLine(["data set", "measure"] + learners) + "|---|---|" + right
    for row in text.rows { page += markdownLine([row.data, row.measure.title] + row.cells.map(shown)) }
    for summary in text.summaries { page += markdownLine([summary.name, ""] + summary.cells.map(shown)) }
    func table(_ caption: String, _ cells: (TableText.Row) -> [String]) {
      page += "\n\(caption)\n\n" + markdownLine(["data set"] + learners) + "|---|" + right
      for row in text.rows { page += markdownLine([row.data] + cells(row)) }
    }
    table(TableText.sizeCaption, \.sizes)
    if text.hasMedians { table(TableText.medianCaption, \.medians) }
    return page
  }
}

/// One line of a table in Markdown, whatever its cells hold.
func markdownLine(_ cells: [String]) -> String {
  "| " + cells.map { printable($0).replacing("|", with: "\\|") }.joined(separator: " | ") + " |\n"
}
