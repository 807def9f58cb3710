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
      ("ended by", words(for: summary.stopReason)),
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

  private static func words(for reason: StopReason) -> String {
    switch reason {
    case .fullCoverage: "full coverage: every training sample is represented"
    case .bestHeldOutSize: "the size with the least held-out loss"
    case .leastInformationCriterion: "the size with the least Bayesian information criterion"
    case .unitBudget: "the largest number of units"
    case .connectionBudget: "the largest number of connections: no room for another unit"
    case .timeBudget: "the seconds that there were"
    case .noUsefulCandidate: "no candidate that helps any more"
    case .epochBudget: "the last epoch"
    case .patience: "no better held-out loss for long enough"
    case .converged: "a loss that no longer moves"
    case .interrupted: "interruption; the best so far was kept"
    }
  }
}
