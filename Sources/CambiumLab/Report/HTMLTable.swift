/// A table as HTML, with what it takes to sort it by a column.
struct HTMLTable {
  /// A column's heading.
  struct Column {
    var title: String
    var isNumber = true
  }

  /// A cell: its content as HTML, and what it is sorted by.
  struct Cell {
    /// The content, escaped.
    var markup: String
    /// A number to sort by; nil where the text is sorted by, or the cell is empty.
    var value: Double?

    /// A cell of text, which is escaped.
    init(_ text: String, value: Double? = nil) {
      self.init(markup: escapedForMarkup(text), value: value)
    }

    /// A cell of HTML.
    init(markup: String, value: Double? = nil) {
      self.markup = markup
      self.value = value
    }
  }

  /// The caption as HTML.
  var caption: String
  var columns: [Column]
  /// The rows; the first cell of each names it.
  var rows: [[Cell]] = []
  /// Rows that stay below the others however these are sorted.
  var summaries: [[Cell]] = []

  /// The table; a sortable one has a button in each heading, which a script serves.
  func markup(isSortable: Bool) -> String {
    let headings = columns.map { column in
      let title = escapedForMarkup(column.title)
      let start = "<th scope=\"col\"\(column.isNumber ? " class=\"number\"" : "")"
      return isSortable
        ? "\(start) aria-sort=\"none\"><button type=\"button\">\(title)</button></th>"
        : "\(start)>\(title)</th>"
    }
    let summary = summaries.isEmpty ? "" : "<tfoot>\n\(summaries.map(line).joined())</tfoot>\n"
    return """
      <table\(isSortable ? " class=\"sortable\"" : "")>
      <caption>\(caption)</caption>
      <thead>
      <tr>\(headings.joined())</tr>
      </thead>
      <tbody>
      \(rows.map(line).joined())</tbody>
      \(summary)</table>

      """
  }

  private func line(_ cells: [Cell]) -> String {
    let parts = zip(cells, columns).enumerated().map { index, pair in
      let (cell, column) = pair
      let name = index == 0 ? "th scope=\"row\"" : "td"
      let value = cell.value.flatMap { $0.isFinite ? " data-value=\"\($0)\"" : nil } ?? ""
      let style = column.isNumber ? " class=\"number\"" : ""
      return "<\(name)\(style)\(value)>\(cell.markup)</\(index == 0 ? "th" : "td")>"
    }
    return "<tr>" + parts.joined() + "</tr>\n"
  }
}
