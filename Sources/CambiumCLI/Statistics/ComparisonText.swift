import CambiumCore
import CambiumExport
import CambiumStatistics

/// A comparison of learners as lines for readers, 80 columns wide.
enum ComparisonText {
  /// What stands above the figures of a pair, and the widths of the columns.
  private static let columns = [
    ("Wilcoxon", 10), ("Holm", 9), ("sign", 9), ("A12", 6), ("better", 8), ("equal", 7), ("worse", 7),
  ]
  private static let width = 80
  private static var widthOfFigures: Int { columns.map(\.1).reduce(0, +) }

  static func lines(of comparison: LearnerComparison, leftOut: [String], rope: Double) -> String {
    let better = comparison.direction == .lowerIsBetter ? "lower" : "higher"
    var text = paragraph(
      "\(comparison.learners.count) learners on \(counted(comparison.dataSetCount)), \(better) scores being better."
    )
    if !leftOut.isEmpty {
      text += paragraph("Left out, for want of a score: " + leftOut.joined(separator: ", ") + ".")
    }
    text += "\n" + ranks(of: comparison) + "\n" + testsOfAll(comparison) + "\n" + groups(of: comparison)
    text += "\n" + pairs(of: comparison) + "\n" + legend(rope: rope)
    return text
  }

  private static func ranks(of comparison: LearnerComparison) -> String {
    "average rank\n"
      + comparison.order.map { learner in
        let rank = TextLayout.right(RoundLine.decimals(comparison.averageRanks[learner], 2), 12)
        return paragraph(rank + "  " + comparison.learners[learner], indent: 14)
      }.joined()
  }

  private static func testsOfAll(_ comparison: LearnerComparison) -> String {
    let friedman = comparison.friedman
    let degrees = comparison.learners.count - 1
    let f = friedman.f.map { $0.isFinite ? RoundLine.decimals($0, 2) : "infinite" }
    let lines = [
      (
        "Friedman",
        "chi-square \(RoundLine.decimals(friedman.chiSquare, 2)), \(degrees) degree\(degrees == 1 ? "" : "s") of freedom, "
          + "p \(probability(friedman.probability))"
      ),
      (
        "Iman, Davenport",
        f.map {
          "F \($0), \(degrees) and \(degrees * (comparison.dataSetCount - 1)) degrees of freedom, "
            + "p \(probability(friedman.fProbability ?? 1))"
        } ?? "not defined for one data set"
      ),
      (
        "Nemenyi",
        "critical difference of average ranks \(RoundLine.decimals(comparison.criticalDifference, 2)), "
          + "alpha \(comparison.level)"
      ),
    ]
    return lines.map { paragraph(TextLayout.left($0, 17) + $1, indent: 17) }.joined()
  }

  private static func groups(of comparison: LearnerComparison) -> String {
    guard !comparison.cliques.isEmpty else {
      return paragraph("Each two neighbours in rank differ (Wilcoxon, Holm, alpha \(comparison.level)).")
    }
    return paragraph("Without a significant difference (Wilcoxon, Holm, alpha \(comparison.level))")
      + comparison.cliques.map { clique in
        paragraph("  " + clique.map { comparison.learners[$0] }.joined(separator: ", "), indent: 4)
      }.joined()
  }

  /// Under each learner those after it: the figures beside the name, or below it where it is long.
  private static func pairs(of comparison: LearnerComparison) -> String {
    let widthOfNames = min(
      width - widthOfFigures, max(13, (comparison.learners.map(\.count).max() ?? 0) + 2))
    var text =
      TextLayout.left("pair", widthOfNames) + columns.map { TextLayout.right($0, $1) }.joined() + "\n"
    var first: Int?
    for pair in comparison.pairs {
      if pair.first != first { text += paragraph(comparison.learners[pair.first]) }
      first = pair.first
      let name = "  " + printable(comparison.learners[pair.second])
      text += name.count <= widthOfNames ? TextLayout.left(name, widthOfNames) : paragraph(name, indent: 2)
      if name.count > widthOfNames { text += TextLayout.left("", widthOfNames) }
      text += figures(of: pair) + "\n"
    }
    return text
  }

  private static func figures(of pair: LearnerPair) -> String {
    let figures = [
      probability(pair.wilcoxon.probability), probability(pair.holmProbability),
      probability(pair.sign.probability), RoundLine.decimals(pair.a12, 2),
      RoundLine.decimals(pair.firstIsBetter, 3), RoundLine.decimals(pair.equivalent, 3),
      RoundLine.decimals(pair.secondIsBetter, 3),
    ]
    return zip(figures, columns).map { TextLayout.right($0, $1.1) }.joined()
  }

  private static func legend(rope: Double) -> String {
    let by = rope > 0 ? " by more than \(numberText(rope))" : ""
    return paragraph(
      """
      Wilcoxon, Holm, sign: p of the signed-rank test, after Holm's correction, and of the sign test. A12: how often the \
      outer learner scores higher. Better, equal, worse: Bayesian probabilities that the outer learner is better\(by), \
      that neither is, that the inner one is.
      """)
  }

  private static func probability(_ p: Double) -> String {
    p < 0.000_05 ? "<0.0001" : RoundLine.decimals(p, 4)
  }

  private static func counted(_ dataSets: Int) -> String {
    dataSets == 1 ? "one data set" : "\(dataSets) data sets"
  }

  private static func paragraph(_ text: String, indent: Int = 0) -> String {
    TextLayout.wrapped(printable(text), width: width, indent: indent) + "\n"
  }
}
