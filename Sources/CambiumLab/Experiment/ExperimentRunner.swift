internal import CambiumCore
internal import Synchronization

/// Runs the cells of an experiment that have no record yet, and appends their records.
///
/// The records do not depend on the number of jobs nor on how often the run was stopped and resumed, times aside.
public struct ExperimentRunner: Sendable {
  /// How many cells run at once, each on one thread, at least 1.
  public var jobs: Int
  /// Whether cells whose record is a failure are run again.
  public var retriesFailures: Bool

  /// Where cells run.
  public var executor: any CellExecutor

  /// A runner.
  public init(jobs: Int = 1, retriesFailures: Bool = false, executor: any CellExecutor = InThisProcess()) {
    precondition(jobs >= 1, "at least one job")
    self.jobs = jobs
    self.retriesFailures = retriesFailures
    self.executor = executor
  }

  /// Runs what is missing.
  ///
  /// - Parameters:
  ///   - experiment: The experiment.
  ///   - folder: Its folder of results, made where there is none.
  ///   - observer: Hears of each cell, and may end the run; finished records stay.
  /// - Throws: `InputError` where records cannot be read or written. A learner that throws is no error: it is
  ///   its cell's record.
  @discardableResult
  public func run(
    _ experiment: Experiment, into folder: String, observer: any RunObserver = SilentRunObserver()
  ) throws -> RunOutcome {
    let store = RecordStore(folder: folder)
    let contents = try store.contents()
    let missing = missingCells(of: experiment, besides: contents)
    let waiting = Set(missing.map(\.identity))
    let done = experiment.cells.filter { !waiting.contains($0.identity) }
    let progress = Progress(
      cells: missing, finished: experiment.cells.count - missing.count,
      failed: done.count { contents.records[$0.identity]?.failure != nil })
    observer.observe(.planned(cells: experiment.cells.count, missing: missing.count))
    guard !missing.isEmpty else {
      // A run that was killed after its last record had no time to merge.
      if store.hasAbandonedShards { try store.merge(nil, inOrderOf: experiment.identities) }
      return try progress.outcome(isInterrupted: false)
    }

    let shard = try store.shard()
    let environment = RunEnvironment(experimentIn: experiment.folder)
    WorkerPool(threads: min(jobs, missing.count)).forEach(min(jobs, missing.count)) { _ in
      do {
        let place = try executor.place(for: experiment, into: folder, environment: environment)
        while !observer.isInterrupted, let cell = progress.next() {
          observer.observe(.started(experiment.title(of: cell)))
          guard
            let record = try place.record(
              of: cell, isInterrupted: { observer.isInterrupted || progress.hasTrouble })
          else { break }
          try shard.append(record)
          observer.observe(.finished(record, progress.count(record), of: experiment.cells.count))
        }
      } catch {
        progress.stop(error)
      }
    }
    try store.merge(shard, inOrderOf: experiment.identities)
    return try progress.outcome(isInterrupted: observer.isInterrupted)
  }

  /// The cells that a run would run, each identity once.
  public func missingCells(of experiment: Experiment, besides contents: RecordStore.Contents)
    -> [ExperimentCell]
  {
    var known = Set(
      contents.records.values.filter { !retriesFailures || $0.failure == nil }.map(\.identity))
    return experiment.cells.filter { known.insert($0.identity).inserted }
  }
}

/// What came of a run.
public struct RunOutcome: Sendable, Equatable {
  /// Cells whose records the run added, failures included.
  public let finished: Int
  /// Cells of the experiment whose record is a failure, of this run or of an earlier one.
  public let failed: Int
  /// Whether the run ended before its time.
  public let isInterrupted: Bool
}

/// Which cell comes next, and how many are done: what the threads of a run share.
private final class Progress: Sendable {
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
