/// Passes on what it hears from one member of a committee. Members are fitted at once, so their rounds are told as those
/// of trials, and epochs, of which nobody could tell whose they are, not at all.
package struct MemberObserver: FitObserver {
  let name: String
  let listener: any FitObserver

  package init(name: String, listener: any FitObserver) {
    self.name = name
    self.listener = listener
  }

  package func observe(_ event: FitEvent) {
    switch event {
    case .round(let round): listener.observe(.trialRound(of: name, round))
    case .trialRound(let trial, let round): listener.observe(.trialRound(of: "\(name), \(trial)", round))
    case .decision(let text): listener.observe(.decision("\(name): \(text)"))
    case .stage, .epoch, .weightPath: break
    }
  }

  package var isInterrupted: Bool { listener.isInterrupted }
}
