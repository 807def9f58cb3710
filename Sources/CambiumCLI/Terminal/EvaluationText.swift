import CambiumCore
import CambiumExport

/// An evaluation as lines for readers.
enum EvaluationText {
  /// One figure a line.
  static func lines(of evaluation: Evaluation) -> String {
    figures(of: evaluation).map { TextLayout.left($0.name, 11) + $0.value + "\n" }.joined()
  }

  /// All figures on one line.
  static func line(of evaluation: Evaluation) -> String {
    figures(of: evaluation).dropFirst().map { "\($0.name) \($0.value)" }.joined(separator: ", ")
  }

  private static func figures(of evaluation: Evaluation) -> [(name: String, value: String)] {
    func shown(_ value: Double?) -> String { value.map(RoundLine.figure) ?? "not defined" }
    func share(_ value: Double?) -> String { value.map(RoundLine.percent) ?? "not defined" }
    let rows = [("rows", "\(evaluation.rows)")]
    let coverage = [("coverage", share(evaluation.coverage))]
    if evaluation.task == .regression {
      return rows
        + [("rmse", shown(evaluation.rmse)), ("mae", shown(evaluation.mae)), ("r2", shown(evaluation.r2))]
        + coverage
    }
    return rows
      + [
        ("errorRate", share(evaluation.errorRate)), ("logLoss", shown(evaluation.logLoss)),
        ("brier", shown(evaluation.brier)),
      ] + coverage
  }
}
