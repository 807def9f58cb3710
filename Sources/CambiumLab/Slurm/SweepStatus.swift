/// How far the cells of an experiment are, by its records and by Slurm's queue.
public struct SweepStatus: Sendable {
  /// The states of a cell.
  public enum State: String, Sendable, CaseIterable {
    /// It has a result.
    case done
    /// Its record is a failure.
    case failed
    /// It has no record, but its task runs.
    case running
    /// It has no record, but its task waits.
    case waiting
    /// It has no record, and nobody is about to make one.
    case missing
  }

  /// The state of each cell, in the experiment's order, each identity once.
  public let states: [(identity: String, state: State)]

  /// The status of an experiment.
  ///
  /// - Parameters:
  ///   - experiment: The experiment.
  ///   - contents: Its records.
  ///   - submissions: What of it was handed to Slurm.
  ///   - queue: What Slurm's queue has of these; empty where nothing is known.
  public init(
    of experiment: Experiment, contents: RecordStore.Contents, submissions: [Submission], queue: SlurmQueue
  ) {
    let queued = QueuedCells(of: submissions, in: queue)
    var seen = Set<String>()
    states = experiment.cells.filter { seen.insert($0.identity).inserted }.map { cell in
      let identity = cell.identity
      let state: State
      switch (contents.records[identity], queued.activities[identity]) {
      case (let record?, _) where record.failure == nil: state = .done
      case (_?, nil): state = .failed
      case (_?, _) where !queued.retried.contains(identity): state = .failed
      case (_, .running): state = .running
      case (_, .waiting): state = .waiting
      case (nil, nil): state = .missing
      }
      return (identity, state)
    }
  }

  /// How many cells are in a state.
  public func count(_ state: State) -> Int { states.count { $0.state == state } }
}
