internal import CambiumCore

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
    let progress = progress(of: experiment, besides: try store.contents())
    observer.observe(.planned(cells: experiment.cells.count, missing: progress.missing))
    guard progress.missing > 0 else {
      // A run that was killed after its last record had no time to merge.
      if store.hasAbandonedShards { try store.merge(nil, inOrderOf: experiment.identities) }
      return try progress.outcome(isInterrupted: false)
    }
    let shard = try store.shard()
    fill(
      shard, progress, of: experiment, into: folder,
      environment: RunEnvironment(experimentIn: experiment.folder), observer: observer)
    try store.merge(shard, inOrderOf: experiment.identities)
    return try progress.outcome(isInterrupted: observer.isInterrupted)
  }

  /// What there is to do besides the records that are there.
  func progress(of experiment: Experiment, besides contents: RecordStore.Contents) -> RunProgress {
    let missing = missingCells(of: experiment, besides: contents)
    let waiting = Set(missing.map(\.identity))
    let done = experiment.cells.filter { !waiting.contains($0.identity) }
    return RunProgress(
      cells: missing, finished: experiment.cells.count - missing.count,
      failed: done.count { contents.records[$0.identity]?.failure != nil })
  }

  /// Runs what there is to do, and appends its records to a shard; what stops it is told by the progress's outcome.
  func fill(
    _ shard: RecordShard, _ progress: RunProgress, of experiment: Experiment, into folder: String,
    environment: RunEnvironment, observer: any RunObserver
  ) {
    let places = min(jobs, progress.missing)
    WorkerPool(threads: places).forEach(places) { _ in
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
