internal import Synchronization

/// Which cell comes next, and how many are done: what the threads of a run share.
final class RunProgress: Sendable {
  private struct State {
    var next = 0
    var finished = 0
    var failed: Int
    var trouble: (any Error)?
  }

  private let cells: [ExperimentCell]
  private let alreadyFinished: Int
  private let state: Mutex<State>

  init(cells: [ExperimentCell], finished: Int, failed: Int) {
    self.cells = cells
    self.alreadyFinished = finished
    state = Mutex(State(failed: failed))
  }

  /// How many cells there were to run.
  var missing: Int { cells.count }

  func next() -> ExperimentCell? {
    state.withLock { state in
      guard state.trouble == nil, state.next < cells.count else { return nil }
      state.next += 1
      return cells[state.next - 1]
    }
  }

  /// Counts a record; the result is how many cells of the whole experiment are now finished.
  func count(_ record: RunRecord) -> Int {
    state.withLock { state in
      state.finished += 1
      if record.failure != nil { state.failed += 1 }
      return alreadyFinished + state.finished
    }
  }

  func stop(_ error: any Error) {
    state.withLock { $0.trouble = $0.trouble ?? error }
  }

  var hasTrouble: Bool { state.withLock { $0.trouble != nil } }

  func outcome(isInterrupted: Bool) throws -> RunOutcome {
    try state.withLock { state in
      if let trouble = state.trouble { throw trouble }
      return RunOutcome(
        finished: state.finished, failed: state.failed,
        isInterrupted: isInterrupted && state.finished < cells.count)
    }
  }
}
