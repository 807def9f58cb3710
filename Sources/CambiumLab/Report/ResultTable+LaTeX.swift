extension ResultTable {
  /// As LaTeX for the package booktabs: a table of errors, the best in bold, one of sizes and times, and of medians where
  /// runs are many.
  public var latex: String {
    let text = TableText(self)
    func line(_ cells: [String]) -> String { "    " + cells.joined(separator: " & ") + " \\\\\n" }
    let names = learners.map(escapedForLaTeX)
    var errors = line(["data set", "measure"] + names) + "    \\midrule\n"
    for row in text.rows {
      errors += line(
        [escapedForLaTeX(row.data), escapedForLaTeX(row.measure.title)] + row.cells.map(Self.latexCell))
    }
    if !text.summaries.isEmpty { errors += "    \\midrule\n" }
    for summary in text.summaries {
      errors += line([escapedForLaTeX(summary.name), ""] + summary.cells.map(Self.latexCell))
    }
    func plain(_ cells: (TableText.Row) -> [String]) -> String {
      text.rows.reduce(line(["data set"] + names) + "    \\midrule\n") { body, row in
        body + line([escapedForLaTeX(row.data)] + cells(row).map { $0.replacing("–", with: "--") })
      }
    }
    let right = String(repeating: "r", count: learners.count)
    let caption = TableText.caption(of: self, mark: "$^{\\bullet}$", plusMinus: "$\\pm$")
      .replacing("p < 0.05", with: "$p < 0.05$")
    var page = "% Needs \\usepackage{booktabs}.\n" + Self.latexTable(caption, columns: "ll" + right, errors)
    page += "\n" + Self.latexTable(TableText.sizeCaption, columns: "l" + right, plain(\.sizes))
    if text.hasMedians {
      page += "\n" + Self.latexTable(TableText.medianCaption, columns: "l" + right, plain(\.medians))
    }
    return page
  }

  private static func latexCell(_ cell: TableText.Cell) -> String {
    let remark = cell.remark.isEmpty ? "" : " {\\footnotesize(\(cell.remark))}"
    guard cell.mean != "–" else { return "--" + remark }
    return "$\(cell.isBest ? "\\mathbf{\(cell.mean)}" : cell.mean)"
      + (cell.spread.isEmpty ? "" : " \\pm \(cell.spread)") + (cell.isWorse ? "^{\\bullet}$" : "$") + remark
  }

  private static func latexTable(_ caption: String, columns: String, _ body: String) -> String {
    """
    \\begin{table}
      \\centering
      \\caption{\(caption)}
      \\begin{tabular}{\(columns)}
        \\toprule
    \(body)    \\bottomrule
      \\end{tabular}
    \\end{table}

    """
  }
}

/// Text whose special characters LaTeX prints as they are.
func escapedForLaTeX(_ text: String) -> String {
  var escaped = ""
  for character in text {
    switch character {
    case "&", "%", "$", "#", "_", "{", "}": escaped += "\\\(character)"
    case "~": escaped += "\\textasciitilde{}"
    case "^": escaped += "\\textasciicircum{}"
    case "\\": escaped += "\\textbackslash{}"
    default: escaped.append(character)
    }
  }
  return escaped
}
