internal import CambiumCore
internal import Synchronization

/// Passes a wish to stop on to a fit and remembers whether the fit heard of it; and collects, where that is asked for, how the
/// weights of the units that stayed came about.
final class GrowthWatch: FitObserver {
  /// The most units whose weights are kept: those that a figure has room for.
  static let mostPaths = 6

  let wantsWeightPaths: Bool
  private let isAsked: @Sendable () -> Bool
  private let heard = Atomic(false)
  private let collected = Mutex<[WeightPath]>([])

  init(wantsWeightPaths: Bool, isAsked: @escaping @Sendable () -> Bool) {
    self.wantsWeightPaths = wantsWeightPaths
    self.isAsked = isAsked
  }

  /// The paths of the first units of the growth that came last.
  var paths: [WeightPath] { collected.withLock { $0 } }

  var wasInterrupted: Bool { heard.load(ordering: .relaxed) }

  func observe(_ event: FitEvent) {
    switch event {
    case .stage: collected.withLock { $0 = [] }
    case .weightPath(let path):
      collected.withLock { paths in
        // Without a stage of its own, a growth that begins anew is told by its rounds.
        if path.round < paths.last?.round ?? 0 { paths = [] }
        if paths.count < Self.mostPaths { paths.append(path) }
      }
    default: break
    }
  }

  var isInterrupted: Bool {
    guard isAsked() else { return false }
    heard.store(true, ordering: .relaxed)
    return true
  }
}
