internal import CambiumStatistics

extension EquivalenceTable {
  /// The words above the table, as text.
  var caption: String {
    "Mean log ratio of the errors (RMSE, or \(classes == .brier ? "Brier score" : "log-loss")) to those of \(baseline); "
      + "as good within ±\(NumberFormat.significant(margin, digits: 3)) by two one-sided t tests over the data sets."
  }

  /// As HTML.
  var htmlTable: HTMLTable {
    func ratio(_ value: Double?) -> HTMLTable.Cell {
      .init(value.map { NumberFormat.fixed($0, decimals: 3) } ?? "–", value: value)
    }
    func probability(_ value: Double?) -> HTMLTable.Cell {
      .init(value.map { NumberFormat.significant($0, digits: 2) } ?? "–")
    }
    return HTMLTable(
      caption: escapedForMarkup(caption),
      columns: [.init(title: "data set", isNumber: false)] + rows.map { .init(title: $0.learner) },
      rows: data.enumerated().map { index, name in
        [.init(name)] + rows.map { ratio($0.logRatios[index]) }
      },
      summaries: [
        [.init("mean")] + rows.map { ratio($0.test?.meanDifference) },
        [.init("90 % interval")]
          + rows.map { row in
            .init(
              row.interval.map {
                "\(NumberFormat.fixed($0.lower, decimals: 3)) to \(NumberFormat.fixed($0.upper, decimals: 3))"
              } ?? "–")
          },
        [.init("p of not worse")] + rows.map { probability($0.test?.notHigherProbability) },
        [.init("p of as good")] + rows.map { probability($0.test?.probability) },
      ])
  }
}
