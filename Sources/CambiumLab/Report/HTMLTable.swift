/// A table as HTML, with what it takes to sort it by a column.
struct HTMLTable {
  /// A column's heading.
  struct Column {
    var title: String
    var isNumber = true
    /// Whether its cells hold sentences, which need some width.
    var isLong = false

    /// The attribute that tells how its cells look.
    fileprivate var style: String {
      isNumber ? " class=\"number\"" : isLong ? " class=\"wide\"" : ""
    }
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

  /// The table with its caption.
  var markup: String {
    "<table>\n<caption>\(caption)</caption>\n\(content { "<th\($0)>\($1)</th>" })</table>\n"
  }

  /// The table with a button in each heading, which a script serves, in a box of its own that scrolls where it is too wide;
  /// the caption stands above. `identifier` must be the page's only one.
  func sortableMarkup(identifier: String) -> String {
    let table = content { "<th\($0) aria-sort=\"none\"><button type=\"button\">\($1)</button></th>" }
    return """
      <p class="caption" id="\(identifier)">\(caption)</p>
      <div class="scroll" role="region" aria-labelledby="\(identifier)" tabindex="0">
      <table class="sortable" aria-labelledby="\(identifier)">
      \(table)</table>
      </div>

      """
  }

  /// The parts of the table, each heading made of its attributes and its title.
  private func content(heading: (String, String) -> String) -> String {
    let headings = columns.map { column in
      heading(" scope=\"col\"\(column.style)", escapedForMarkup(column.title))
    }
    let summary = summaries.isEmpty ? "" : "<tfoot>\n\(summaries.map(line).joined())</tfoot>\n"
    return """
      <thead>
      <tr>\(headings.joined())</tr>
      </thead>
      <tbody>
      \(rows.map(line).joined())</tbody>
      \(summary)
      """
  }

  private func line(_ cells: [Cell]) -> String {
    let parts = zip(cells, columns).enumerated().map { index, pair in
      let (cell, column) = pair
      let name = index == 0 ? "th scope=\"row\"" : "td"
      let value = cell.value.flatMap { $0.isFinite ? " data-value=\"\($0)\"" : nil } ?? ""
      return "<\(name)\(column.style)\(value)>\(cell.markup)</\(index == 0 ? "th" : "td")>"
    }
    return "<tr>" + parts.joined() + "</tr>\n"
  }
}
