internal import CambiumCore

/// Passes on what it hears, its rounds as those of a trial.
struct TrialObserver: FitObserver {
  let name: String
  let listener: any FitObserver

  func observe(_ event: FitEvent) {
    if case .round(let round) = event {
      listener.observe(.trialRound(of: name, round))
    } else {
      listener.observe(event)
    }
  }

  var isInterrupted: Bool { listener.isInterrupted }
}
