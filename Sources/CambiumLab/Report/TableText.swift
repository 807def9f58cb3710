internal import CambiumStatistics

/// The words and numbers of a result table, before any markup.
struct TableText {
  /// One entry: its mean and spread as text, and whether the mean is the row's best.
  struct Cell: Equatable {
    var mean: String
    var spread: String
    var isBest: Bool
    /// Runs that are not in the mean, in words; empty where there are none.
    var remark: String
  }

  let learners: [String]
  let rows: [(data: String, measure: ResultTable.Measure, cells: [Cell], sizes: [String])]
  let ranks: [Cell]?

  init(_ table: ResultTable) {
    learners = table.learners
    rows = table.rows.map { ($0.data, $0.measure, Self.cells(of: $0), $0.entries.map(Self.size)) }
    ranks = table.averageRanks.map { ranks in
      ranks.map {
        Cell(mean: NumberFormat.fixed($0, decimals: 2), spread: "", isBest: $0 == ranks.min(), remark: "")
      }
    }
  }

  /// Decimals follow the best entry's spread, so that a row can be read across.
  private static func cells(of row: ResultTable.Row) -> [Cell] {
    let best = row.entries.compactMap(\.error).min { $0.mean < $1.mean }
    let decimals = best.map {
      NumberFormat.decimals(forSpread: $0.standardDeviation, around: $0.mean)
    }
    let bestText = best.map { NumberFormat.fixed($0.mean, decimals: decimals ?? 0) }
    return row.entries.map { entry in
      let remark = [
        entry.failures > 0 ? "\(entry.failures) failed" : nil,
        entry.missing > 0 ? "\(entry.missing) not run" : nil,
      ].compactMap { $0 }.joined(separator: ", ")
      guard let error = entry.error, let decimals else {
        return Cell(mean: "–", spread: "", isBest: false, remark: remark)
      }
      let mean = NumberFormat.fixed(error.mean, decimals: decimals)
      return Cell(
        mean: mean,
        spread: error.count > 1 ? NumberFormat.fixed(error.standardDeviation, decimals: decimals) : "",
        isBest: mean == bestText && row.entries.count > 1, remark: remark)
    }
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
}
