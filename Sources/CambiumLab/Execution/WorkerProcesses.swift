internal import CambiumCore
internal import Foundation

/// Runs cells in processes of their own, so that a crash, a lack of memory or a time-out costs one cell.
///
/// A process serves one cell after another; after a failure of its own a new one takes its place.
public struct WorkerProcesses: CellExecutor {
  /// The program and its arguments: a program that calls ``CellWorker/serve(_:into:)`` with the same experiment.
  public let command: [String]

  /// Processes of a command; its first word is the path of the program.
  public init(command: [String]) {
    precondition(!command.isEmpty, "a command has a program")
    self.command = command
  }

  /// A place that starts its process with its first cell.
  public func place(for experiment: Experiment, into folder: String, environment: RunEnvironment)
    -> any CellPlace
  {
    Place(command: command, experiment: experiment, environment: environment)
  }

  private final class Place: CellPlace {
    let command: [String]
    let experiment: Experiment
    let environment: RunEnvironment
    var process: ChildProcess?

    init(command: [String], experiment: Experiment, environment: RunEnvironment) {
      self.command = command
      self.experiment = experiment
      self.environment = environment
    }

    func record(of cell: ExperimentCell, isInterrupted: @escaping @Sendable () -> Bool) throws -> RunRecord? {
      guard let process = try self.process ?? started(isInterrupted) else { return nil }
      self.process = process
      let limit = experiment.spec.limits.seconds
      process.send(cell.identity)
      switch process.answer(
        until: limit > 0 ? secondsNow() + limit : .infinity, isWanted: { !isInterrupted() })
      {
      case .line(let line):
        guard let record = try? RecordStore.decoder().decode(RunRecord.self, from: Data(line.utf8)),
          record.identity == cell.identity
        else {
          self.process = nil
          return failed(cell, .init(.crash, "the process answered with something else than the run's record"))
        }
        return record
      case .end:
        self.process = nil
        return failed(cell, failure(of: process.ending(), saying: process.errorText))
      case .none:
        self.process = nil
        _ = process.end()
        guard !isInterrupted() else { return nil }
        return failed(
          cell, .init(.timeout, "not done after \(NumberFormat.significant(limit, digits: 3)) seconds"))
      }
    }

    /// A process that has planned the experiment; nil where the wait for it was interrupted.
    private func started(_ isInterrupted: () -> Bool) throws -> ChildProcess? {
      let process = try ChildProcess(command)
      switch process.answer(until: .infinity, isWanted: { !isInterrupted() }) {
      case .line(CellWorker.greeting): return process
      case .none: return nil
      case .line, .end:
        _ = process.end()
        throw InputError(
          .content,
          found:
            "a process that cannot run the experiment: \(Self.lastWords(process.errorText) ?? "no words")",
          expected: "the experiment as it stood when the run began")
      }
    }

    private func failed(_ cell: ExperimentCell, _ failure: RunFailure) -> RunRecord {
      var record = RunRecord(of: cell, in: experiment, environment: environment)
      record.failure = failure
      return record
    }

    private func failure(of ending: ChildProcess.Ending, saying text: String) -> RunFailure {
      let said = Self.lastWords(text).map { ": \($0)" } ?? ""
      if ending.cause == .signal(SIGKILL) {
        return .init(.outOfMemory, "killed by the system, most likely for want of memory")
      }
      // Programs end in many ways where they get no more memory, few of which say so.
      let limit = experiment.spec.limits.megabytes
      if limit > 0, 2 * ending.megabytes >= limit {
        return .init(.outOfMemory, "ended where it had no more than \(limit) megabytes to work with")
      }
      if text.contains("failed to allocate") { return .init(.outOfMemory, "ended\(said)") }
      switch ending.cause {
      case .exit(let status): return .init(.crash, "ended with status \(status)\(said)")
      case .signal(let signal):
        return .init(.crash, "ended by signal \(signal), \(String(cString: strsignal(signal)))\(said)")
      }
    }

    /// The first line that tells an error, without what follows.
    private static func lastWords(_ text: String) -> String? {
      let lines = text.split(whereSeparator: \.isNewline).map(String.init)
      let telling = lines.first { $0.localizedCaseInsensitiveContains("error") } ?? lines.last
      return telling.map { String(printable($0).prefix(300)) }
    }
  }
}
