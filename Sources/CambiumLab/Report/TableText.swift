internal import CambiumStatistics

/// The words and numbers of a result table, before any markup.
struct TableText {
  /// One entry: its mean and spread as text, and whether the mean is the row's best.
  struct Cell: Equatable {
    var mean: String
    var spread = ""
    var isBest = false
    /// Whether it is significantly worse than the row's best.
    var isWorse = false
    /// Runs that are not in the mean, in words; empty where there are none.
    var remark = ""
  }

  /// The results on one data set.
  struct Row {
    var data: String
    var measure: Metric
    var cells: [Cell]
    var sizes: [String]
    /// Medians and quartiles; a stroke where runs are few.
    var medians: [String]
  }

  /// The fewest runs of which quartiles are told.
  static let fewestRunsForQuartiles = 8
  /// Stands at errors that are significantly worse than the best.
  static let mark = "•"

  let rows: [Row]
  /// Figures over all rows, a name and a cell for each learner.
  let summaries: [(name: String, cells: [Cell])]
  /// Whether any entry has runs enough for quartiles.
  let hasMedians: Bool

  init(_ table: ResultTable) {
    rows = table.rows.map(Self.row)
    hasMedians = rows.contains { $0.medians.contains { $0 != "–" } }
    summaries = Self.summaries(of: table)
  }

  /// What the errors are, and by which rule they are marked.
  static func caption(of table: ResultTable, mark: String = mark, plusMinus: String = "±") -> String {
    guard table.learners.count > 1 else {
      return "Test error, mean \(plusMinus) standard deviation over the runs."
    }
    return """
      Test error, mean \(plusMinus) standard deviation over the runs; the best mean of a row in bold. \(mark) marks errors \
      that are worse than the row's best by the corrected resampled t test (two-sided, p < 0.05, not corrected for the \
      number of learners). Wins, ties and losses are counted over the data sets.
      """
  }

  static let sizeCaption = "Hidden units / connections / seconds of a fit on one thread, means over the runs."
  static let medianCaption = "Median test error (first to third quartile) over the runs."

  private static func row(_ row: ResultTable.Row) -> Row {
    let decimals = row.best.flatMap { row.entries[$0].error }.map {
      NumberFormat.decimals(forSpread: $0.standardDeviation, around: $0.mean)
    }
    return Row(
      data: row.data, measure: row.measure, cells: cells(of: row, decimals: decimals ?? 0),
      sizes: row.entries.map(size), medians: row.entries.map { median($0, decimals: decimals ?? 0) })
  }

  /// Decimals follow the best entry's spread, so that a row can be read across.
  private static func cells(of row: ResultTable.Row, decimals: Int) -> [Cell] {
    let best = row.best
    let bestText = best.flatMap { row.entries[$0].error }.map {
      NumberFormat.fixed($0.mean, decimals: decimals)
    }
    return row.entries.enumerated().map { index, entry in
      let remark = [
        entry.failures > 0 ? "\(entry.failures) failed" : nil,
        entry.missing > 0 ? "\(entry.missing) not run" : nil,
      ].compactMap { $0 }.joined(separator: ", ")
      guard let error = entry.error, let best else { return Cell(mean: "–", remark: remark) }
      let mean = NumberFormat.fixed(error.mean, decimals: decimals)
      let isBest = mean == bestText && row.entries.count > 1
      return Cell(
        mean: mean,
        spread: error.count > 1 ? NumberFormat.fixed(error.standardDeviation, decimals: decimals) : "",
        isBest: isBest, isWorse: !isBest && row.isSignificant(index, against: best), remark: remark)
    }
  }

  private static func summaries(of table: ResultTable) -> [(name: String, cells: [Cell])] {
    guard table.learners.count > 1 else { return [] }
    var summaries: [(name: String, cells: [Cell])] = []
    if let ranks = table.averageRanks {
      let least = ranks.compactMap { $0 }.min()
      let cells = ranks.map { rank in
        rank.map { Cell(mean: NumberFormat.fixed($0, decimals: 2), isBest: $0 == least) } ?? Cell(mean: "–")
      }
      summaries.append(("average rank", cells))
    }
    let name = "wins / ties / losses to \(table.learners[table.baseline])"
    for (suffix, comparison) in [("", ResultTable.Comparison.means), (", significant", .significance)] {
      let cells = table.learners.indices.map { learner in
        guard learner != table.baseline else { return Cell(mean: "–") }
        let outcomes = table.outcomes(of: learner, by: comparison)
        return Cell(mean: "\(outcomes.wins) / \(outcomes.ties) / \(outcomes.losses)")
      }
      summaries.append((name + suffix, cells))
    }
    return summaries
  }

  /// Units, connections and seconds, parted by strokes.
  private static func size(_ entry: ResultTable.Entry) -> String {
    guard let units = entry.units, let connections = entry.connections, let seconds = entry.seconds else {
      return "–"
    }
    return [
      NumberFormat.count(units), NumberFormat.fixed(connections, decimals: 0),
      NumberFormat.significant(seconds, digits: 2),
    ].joined(separator: " / ")
  }

  private static func median(_ entry: ResultTable.Entry, decimals: Int) -> String {
    guard entry.runs.count >= fewestRunsForQuartiles, let box = BoxStatistics(of: entry.runs.map(\.error))
    else { return "–" }
    let shown = [box.median, box.lowerQuartile, box.upperQuartile].map {
      NumberFormat.fixed($0, decimals: decimals)
    }
    return "\(shown[0]) (\(shown[1]) to \(shown[2]))"
  }
}
