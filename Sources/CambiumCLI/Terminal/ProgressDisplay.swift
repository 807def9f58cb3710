import CambiumCore
import CambiumExport
import Synchronization

/// Shows a fit as it goes: a line for each round of growth, a few lines for the epochs of a fixed network, and
/// on a terminal one live line below them.
final class ProgressDisplay: FitObserver {
  private struct State {
    /// A header stands above the rounds of this stage.
    var hasHeader = false
    /// When the live line was last drawn.
    var lastDrawn = 0.0
    /// Rounds shown, over all stages.
    var rounds = 0
    /// Rounds of networks that were grown only to choose by.
    var trialRounds = 0
  }

  private let console: Console
  private let start = secondsNow()
  private let state = Mutex(State())

  init(console: Console) { self.console = console }

  var isInterrupted: Bool { Interruption.isRequested }

  func observe(_ event: FitEvent) {
    guard !console.isQuiet else { return }
    state.withLock { state in
      switch event {
      case .stage(let name):
        show(styled(name, .bold))
        state.hasHeader = false
      case .decision(let text):
        show(TextLayout.wrapped(text, width: min(console.width, 80), indent: 2))
      case .round(let round):
        if !state.hasHeader { show(styled(RoundLine.header, .faint)) }
        state.hasHeader = true
        state.rounds += 1
        show(RoundLine.text(of: round))
        draw(bar(round.coverage) + " covered, \(state.rounds) rounds, \(elapsed)")
      case .trialRound(let name, let round):
        state.trialRounds += 1
        let heldOut = round.validationError.map { ", held-out \(RoundLine.figure($0))" } ?? ""
        let text = "\(name): round \(round.index), error \(RoundLine.figure(round.trainError))\(heldOut)"
        if console.isTerminal {
          guard secondsNow() - state.lastDrawn > 0.1 else { return }
          state.lastDrawn = secondsNow()
          draw("\(state.trialRounds) rounds on trial, \(elapsed)  \(text)")
        } else if Self.isRound(round.index) {
          show("  " + text)
        }
      case .weightPath: break
      case .epoch(let index, let trainLoss, let validationLoss):
        let losses =
          "epoch \(index)  loss \(RoundLine.figure(trainLoss))"
          + (validationLoss.map { "  held-out \(RoundLine.figure($0))" } ?? "")
        if console.isTerminal {
          guard secondsNow() - state.lastDrawn > 0.1 else { return }
          state.lastDrawn = secondsNow()
          draw("\(losses)  \(elapsed)")
        } else if Self.isRound(index) {
          show(losses)
        }
      }
    }
  }

  /// Takes the live line away, before anything else is written.
  func finish() {
    if console.isTerminal, !console.isQuiet { console.write("\r\u{1B}[K") }
  }

  private func show(_ line: String) { console.write((console.isTerminal ? "\r\u{1B}[K" : "") + line + "\n") }

  private func draw(_ line: String) {
    if console.isTerminal { console.write("\r\u{1B}[K" + String(line.prefix(console.width - 1))) }
  }

  private var elapsed: String { "\(Int((secondsNow() - start).rounded())) s" }

  private func bar(_ share: Double) -> String {
    let width = 24
    let full = max(0, min(width, Int((share * Double(width)).rounded(.down))))
    let filled = String(repeating: "█", count: full)
    return styled(filled, .green) + String(repeating: "░", count: width - full) + " "
      + RoundLine.percent(share)
  }

  private enum Style: String {
    case bold = "1"
    case faint = "2"
    case green = "32"
  }

  private func styled(_ text: String, _ style: Style) -> String {
    console.hasColour ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
  }

  /// 1, 2, 5, 10, 20, 50, …: where plain lines are written, so that a log stays short.
  private static func isRound(_ index: Int) -> Bool {
    var rest = index
    while rest >= 10, rest.isMultiple(of: 10) { rest /= 10 }
    return [1, 2, 5].contains(rest)
  }
}
