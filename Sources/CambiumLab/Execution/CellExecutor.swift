/// Where the cells of an experiment are run: in this process, or in processes of their own.
public protocol CellExecutor: Sendable {
  /// A place for one cell after another; several places work at once.
  ///
  /// - Parameters:
  ///   - experiment: Whose cells are run.
  ///   - folder: Its folder of results, for what cells leave beside their records.
  ///   - environment: What records say of where they were made.
  /// - Throws: `InputError` where there can be none.
  func place(for experiment: Experiment, into folder: String, environment: RunEnvironment) throws
    -> any CellPlace
}

/// Runs one cell after another.
public protocol CellPlace: AnyObject {
  /// The record of a cell, whatever comes of it; nil where it was given up because it was asked to.
  ///
  /// - Throws: `InputError` where no further cell can be run.
  func record(of cell: ExperimentCell, isInterrupted: @escaping @Sendable () -> Bool) throws -> RunRecord?
}

/// Runs cells in this process, each on the thread that asks for it. A crash ends all of them, and limits do not hold.
public struct InThisProcess: CellExecutor {
  /// Makes one.
  public init() {}

  /// A place on the calling thread.
  public func place(for experiment: Experiment, into folder: String, environment: RunEnvironment)
    -> any CellPlace
  {
    Place(experiment: experiment, replays: ReplayStore(folder: folder), environment: environment)
  }

  private final class Place: CellPlace {
    let experiment: Experiment
    let replays: ReplayStore
    let environment: RunEnvironment

    init(experiment: Experiment, replays: ReplayStore, environment: RunEnvironment) {
      self.experiment = experiment
      self.replays = replays
      self.environment = environment
    }

    func record(of cell: ExperimentCell, isInterrupted: @escaping @Sendable () -> Bool) -> RunRecord? {
      CellRun(
        experiment: experiment, cell: cell, environment: environment, replays: replays,
        isInterrupted: isInterrupted
      ).record()
    }
  }
}
