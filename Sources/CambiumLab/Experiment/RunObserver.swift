/// Listens to a run of an experiment, on any of its threads.
public protocol RunObserver: Sendable {
  /// Hears of an event.
  func observe(_ event: RunEvent)
  /// True once the run should end; cells in work are given up, finished records stay.
  var isInterrupted: Bool { get }
}

/// What a run tells its observer.
public enum RunEvent: Sendable {
  /// The run begins: how many cells the experiment has, and how many have no record yet.
  case planned(cells: Int, missing: Int)
  /// A cell began: its title.
  case started(String)
  /// A cell's record was written: the record, how many cells are now finished, of how many.
  case finished(RunRecord, Int, of: Int)
}

/// Hears everything and does nothing.
public struct SilentRunObserver: RunObserver {
  /// Makes one.
  public init() {}
  /// Ignores the event.
  public func observe(_ event: RunEvent) {}
  /// Never.
  public var isInterrupted: Bool { false }
}
