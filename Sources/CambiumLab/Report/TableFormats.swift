internal import CambiumCore
internal import CambiumStatistics

extension ResultTable {
  /// As CSV: full precision, for each learner mean, sd, units, connections, seconds, runs and failures.
  public var csv: String {
    var columns = [
      Table.Column(name: "data", values: .texts(rows.map(\.data))),
      Table.Column(name: "measure", values: .texts(rows.map(\.measure.rawValue))),
    ]
    for (index, learner) in learners.enumerated() {
      let entries = rows.map { $0.entries[index] }
      func add(_ name: String, _ value: (Entry) -> Double?) {
        columns.append(
          .init(name: "\(learner) \(name)", values: .numbers(entries.map { value($0) ?? .nan })))
      }
      add("mean") { $0.error?.mean }
      add("sd") { $0.error?.standardDeviation }
      add("units") { $0.units }
      add("connections") { $0.connections }
      add("seconds") { $0.seconds }
      add("runs") { Double($0.error?.count ?? 0) }
      add("failures") { Double($0.failures) }
    }
    return Table(columns: columns).csv()
  }

  /// As Markdown: a table of errors, the best in bold, and a table of sizes and times.
  public var markdown: String {
    let text = TableText(self)
    func line(_ cells: [String]) -> String {
      "| " + cells.map { printable($0).replacing("|", with: "\\|") }.joined(separator: " | ") + " |\n"
    }
    func shown(_ cell: TableText.Cell) -> String {
      (cell.isBest ? "**\(cell.mean)**" : cell.mean) + (cell.spread.isEmpty ? "" : " ± \(cell.spread)")
        + (cell.remark.isEmpty ? "" : " (\(cell.remark))")
    }
    let rule = "|---|---|" + String(repeating: "---:|", count: learners.count) + "\n"
    var page = "Test error, mean ± standard deviation over the runs; the best mean of a row in bold.\n\n"
    page += line(["data set", "measure"] + learners) + rule
    for row in text.rows { page += line([row.data, row.measure.rawValue] + row.cells.map(shown)) }
    if let ranks = text.ranks { page += line(["average rank", ""] + ranks.map(shown)) }
    page += "\nHidden units / connections / seconds of a fit on one thread, means over the runs.\n\n"
    page += line(["data set"] + learners) + "|---|" + String(repeating: "---:|", count: learners.count) + "\n"
    for row in text.rows { page += line([row.data] + row.sizes) }
    return page
  }

  /// As LaTeX for the package booktabs: a table of errors, the best in bold, and a table of sizes and times.
  public var latex: String {
    let text = TableText(self)
    func shown(_ cell: TableText.Cell) -> String {
      let mean = cell.mean == "–" ? "--" : "$\(cell.isBest ? "\\mathbf{\(cell.mean)}" : cell.mean)"
      let spread = cell.mean == "–" ? "" : (cell.spread.isEmpty ? "$" : " \\pm \(cell.spread)$")
      return mean + spread + (cell.remark.isEmpty ? "" : " {\\footnotesize(\(cell.remark))}")
    }
    func line(_ cells: [String]) -> String { "    " + cells.joined(separator: " & ") + " \\\\\n" }
    func tabular(_ columns: String, _ body: String) -> String {
      "  \\begin{tabular}{\(columns)}\n    \\toprule\n\(body)    \\bottomrule\n  \\end{tabular}\n"
    }
    let names = learners.map(escapedForLaTeX)
    var errors = line(["data set", "measure"] + names) + "    \\midrule\n"
    for row in text.rows {
      errors += line(
        [escapedForLaTeX(row.data), escapedForLaTeX(row.measure.rawValue)] + row.cells.map(shown))
    }
    if let ranks = text.ranks { errors += "    \\midrule\n" + line(["average rank", ""] + ranks.map(shown)) }
    var sizes = line(["data set"] + names) + "    \\midrule\n"
    for row in text.rows {
      sizes += line([escapedForLaTeX(row.data)] + row.sizes.map { $0.replacing("–", with: "--") })
    }
    let right = String(repeating: "r", count: learners.count)
    return """
      % Needs \\usepackage{booktabs}.
      \\begin{table}
        \\centering
        \\caption{Test error, mean $\\pm$ standard deviation over the runs; the best mean of a row in bold.}
      \(tabular("ll" + right, errors))\\end{table}

      \\begin{table}
        \\centering
        \\caption{Hidden units / connections / seconds of a fit on one thread, means over the runs.}
      \(tabular("l" + right, sizes))\\end{table}

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
