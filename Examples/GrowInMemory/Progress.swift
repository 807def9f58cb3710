import CambiumCore
import Synchronization

/// Hears of growth by a closure, on any of its threads; growth ends with the round after which that returns false.
final class Progress: FitObserver {
  private let goesOn: @Sendable (RoundRecord) -> Bool
  private let isEnough = Atomic<Bool>(false)

  init(_ goesOn: @escaping @Sendable (RoundRecord) -> Bool) { self.goesOn = goesOn }

  var isInterrupted: Bool { isEnough.load(ordering: .relaxed) }

  func observe(_ event: FitEvent) {
    guard case .round(let round) = event, !goesOn(round) else { return }
    isEnough.store(true, ordering: .relaxed)
  }
}
