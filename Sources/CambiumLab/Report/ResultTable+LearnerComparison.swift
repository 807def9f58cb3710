internal import CambiumStatistics

extension ResultTable {
  /// The fewest learners, and the fewest data sets, that are compared all together.
  static let fewestLearnersToCompare = 3
  static let fewestRowsToCompare = 3

  /// All learners but those for some data sets alone, compared over the sets on which each has an error; nil where these or the
  /// learners are too few.
  ///
  /// Errors of different units are made comparable: each is divided by the mean over its row.
  var comparison: LearnerComparison? {
    let general = generalLearners
    let scores = rows.map { row -> [Double?] in
      let means = general.map { row.entries[$0].error?.mean }
      let known = means.compactMap { $0 }
      let scale = known.reduce(0, +) / Double(max(1, known.count))
      return means.map { $0.map { scale > 0 ? $0 / scale : $0 } }
    }
    guard general.count >= Self.fewestLearnersToCompare,
      scores.count(where: { !$0.contains(nil) }) >= Self.fewestRowsToCompare
    else { return nil }
    return try? LearnerComparison(
      scores: scores, learners: general.map { learners[$0] }, level: Self.significanceLevel)
  }
}

extension LearnerComparison {
  /// Each pair of learners as HTML, below what the tests say of all together.
  var htmlTable: HTMLTable {
    func probability(_ value: Double) -> HTMLTable.Cell {
      .init(NumberFormat.significant(value, digits: 2), value: value)
    }
    func share(_ value: Double) -> HTMLTable.Cell {
      .init(NumberFormat.fixed(value, decimals: 2), value: value)
    }
    let f = friedman.fProbability.map {
      "; F by Iman and Davenport, p \(NumberFormat.significant($0, digits: 2))"
    }
    let caption = """
      All learners on \(dataSetCount) data sets, errors relative to each set's mean. Friedman's test: p \
      \(NumberFormat.significant(friedman.probability, digits: 2))\(f ?? ""). Nemenyi's critical difference of average \
      ranks: \(NumberFormat.fixed(criticalDifference, decimals: 2)). Pairs: Wilcoxon's signed-rank test, as it is and by \
      Holm's correction, and the sign test; how often an error of the first lies above one of the second (A12); \
      the Bayesian probabilities that the first, neither and the second is better.
      """
    let titles = ["Wilcoxon p", "Holm p", "sign p", "A12", "P(first)", "P(neither)", "P(second)"]
    return HTMLTable(
      caption: escapedForMarkup(caption),
      columns: ["first", "second"].map { .init(title: $0, isNumber: false) }
        + titles.map { .init(title: $0) },
      rows: pairs.map { pair in
        [
          .init(learners[pair.first]), .init(learners[pair.second]), probability(pair.wilcoxon.probability),
          probability(pair.holmProbability), probability(pair.sign.probability), share(pair.a12),
          share(pair.firstIsBetter), share(pair.equivalent), share(pair.secondIsBetter),
        ]
      })
  }
}
