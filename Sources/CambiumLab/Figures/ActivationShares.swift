internal import CambiumCore

/// Which nonlinear functions a learner's rounds chose, over its runs.
struct ActivationShares: Equatable {
  /// The functions that were ever chosen, in the order of their declaration.
  let activations: [Activation]
  /// Rounds that share a column: column k stands for rounds k · width + 1 … (k + 1) · width.
  let width: Int
  /// For each column the share of the units kept there that have each function; they add up to 1 where there are units.
  let shares: [[Double]]
  /// For each column the share of the runs that reached it.
  let reach: [Double]
  /// Over all columns the share of the units that have each function.
  let total: [Double]

  /// The shares of the reports of some runs; nil where none kept a unit.
  init?(of reports: [FitReport], mostColumns: Int = 40) {
    let rounds = reports.map(\.rounds.count).max() ?? 0
    let kept = reports.flatMap { $0.rounds.flatMap(\.kept) }
    guard !kept.isEmpty else { return nil }
    let chosen = Set(kept.map(\.activation))
    let activations = Activation.allCases.filter(chosen.contains)
    let width = (rounds + mostColumns - 1) / mostColumns
    func share(of units: [RoundRecord.Kept]) -> [Double] {
      activations.map { activation in
        Double(units.count { $0.activation == activation }) / Double(max(1, units.count))
      }
    }
    let columns = (0..<(rounds + width - 1) / width).map { $0 * width..<min(rounds, ($0 + 1) * width) }
    shares = columns.map { column in
      share(
        of: reports.flatMap {
          $0.rounds.prefix(column.upperBound).dropFirst(column.lowerBound).flatMap(\.kept)
        })
    }
    reach = columns.map { column in
      Double(reports.count { $0.rounds.count > column.lowerBound }) / Double(reports.count)
    }
    total = share(of: kept)
    self.activations = activations
    self.width = width
  }
}
