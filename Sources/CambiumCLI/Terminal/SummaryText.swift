import CambiumCore
import CambiumExport

/// What a fit came to, as lines for readers.
enum SummaryText {
  static func lines(of summary: FitSummary) -> String {
    var lines = [
      (
        "network",
        "\(summary.units) units, \(summary.connections) connections (\(summary.prunedConnections) pruned), "
          + "\(summary.depth) deep"
      ),
      ("ended by", summary.stopReason.words),
      ("training", EvaluationText.line(of: summary.train)),
    ]
    if let validation = summary.validation.value {
      lines.append(("held out", EvaluationText.line(of: validation)))
    }
    if let test = summary.test.value { lines.append(("test", EvaluationText.line(of: test))) }
    lines.append(("seconds", RoundLine.decimals(summary.seconds, 2) + ", \(summary.epochs) epochs"))
    lines.append(("model", summary.model.value ?? "not saved: give --out MODEL.json"))
    return lines.map { name, text in
      TextLayout.wrapped(TextLayout.left(name, 10) + text, width: 80, indent: 10) + "\n"
    }.joined()
  }
}
