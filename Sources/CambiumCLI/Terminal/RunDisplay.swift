import CambiumCore
import CambiumExport
import CambiumLab

/// Shows the run of an experiment: a line for each record, and on a terminal a bar below.
struct RunDisplay: RunObserver {
  let console: Console
  private let remaining: RemainingTime?

  init(console: Console, remaining: RemainingTime? = nil) {
    self.console = console
    self.remaining = remaining
  }

  var isInterrupted: Bool { Interruption.isRequested }

  func observe(_ event: RunEvent) {
    guard !console.isQuiet else { return }
    switch event {
    case .planned(let cells, let missing):
      show("\(cells) runs, \(cells - missing) of them done before")
    case .started: break
    case .finished(let record, let count, let total):
      let width = "\(total)".count
      show("\(TextLayout.right("\(count)", width))/\(total)  \(text(of: record))")
      draw(share: Double(count) / Double(max(1, total)), left: remaining?.seconds(after: record))
    }
  }

  /// Takes the bar away.
  func finish() {
    if console.isTerminal, !console.isQuiet { console.write("\r\u{1B}[K") }
  }

  private func text(of record: RunRecord) -> String {
    let title = "\(record.learner) on \(record.data), split \(record.split + 1), seed \(record.seed): "
    guard let result = record.result else {
      return title + "failed: \(record.failure?.message ?? "for no known reason")"
    }
    let error = result.testError.map {
      result.test.task == .regression ? RoundLine.figure($0) : RoundLine.percent($0)
    }
    return title + "error \(error ?? "not defined"), \(result.size.units) units, "
      + RoundLine.decimals(record.seconds, 1) + " s"
  }

  private func show(_ line: String) {
    let text = TextLayout.wrapped(line, width: min(console.width, 80), indent: 4)
    // One call for each line: several threads tell of their records.
    console.write((console.isTerminal ? "\r\u{1B}[K" : "") + text + "\n")
  }

  private func draw(share: Double, left: Double?) {
    guard console.isTerminal else { return }
    let width = 40
    let full = max(0, min(width, Int(share * Double(width))))
    let bar = String(repeating: "█", count: full) + String(repeating: "░", count: width - full)
    let rest = left.map { ", \(TimeEstimate.text(ofSeconds: $0)) left" } ?? ""
    console.write("\r\u{1B}[K\(bar) \(RoundLine.percent(share))\(rest)")
  }
}
