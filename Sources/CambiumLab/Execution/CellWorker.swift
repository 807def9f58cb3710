internal import Foundation

/// The other side of ``WorkerProcesses``: a process that runs the cells it is told and answers with their records.
public enum CellWorker {
  /// What a worker says once it can begin.
  static let greeting = "ready"

  /// Serves until standard input ends.
  ///
  /// Identities of cells come on standard input, one a line; for each a record goes to standard output, one a line. When
  /// standard input ends, whoever asked is gone, and the process ends at once.
  ///
  /// - Parameters:
  ///   - experiment: The experiment.
  ///   - folder: Its folder of results, for what cells leave beside their records.
  public static func serve(_ experiment: Experiment, into folder: String) {
    yieldFirst()
    let environment = RunEnvironment(experimentIn: experiment.folder)
    let cells = Dictionary(
      experiment.cells.map { ($0.identity, $0) }, uniquingKeysWith: { first, _ in first })
    let requests = RequestQueue()
    Thread.detachNewThread {
      while let line = readLine() { requests.add(line) }
      exit(0)
    }
    say(greeting + "\n")
    // Only now, so that too little memory costs cells and not the run.
    limitMemory(megabytes: experiment.spec.limits.megabytes)
    while true {
      guard let cell = cells[requests.next()] else {
        say("\n")
        continue
      }
      let run = CellRun(
        experiment: experiment, cell: cell, environment: environment, replays: ReplayStore(folder: folder),
        isInterrupted: { false })
      guard let record = run.record() else {
        preconditionFailure("a run that nobody interrupts has a record")
      }
      say(String(decoding: RecordStore.line(of: record), as: UTF8.self))
    }
  }

  private static func say(_ text: String) {
    FileHandle.standardOutput.write(Data(text.utf8))
  }

  /// More memory than this is refused, and the process then ends itself.
  private static func limitMemory(megabytes: Int) {
    guard megabytes > 0 else { return }
    let bytes = rlim_t(megabytes) << 20
    var limit = rlimit(rlim_cur: bytes, rlim_max: bytes)
    setrlimit(__rlimit_resource_t(RLIMIT_DATA.rawValue), &limit)
  }

  /// Where the machine runs out of memory, Linux is to end a worker and not the process that keeps the records.
  private static func yieldFirst() {
    try? "900".write(toFile: "/proc/self/oom_score_adj", atomically: false, encoding: .utf8)
  }
}

/// Lines that one thread reads and another works off.
private final class RequestQueue: @unchecked Sendable {
  private let condition = NSCondition()
  private var lines: [String] = []

  func add(_ line: String) {
    condition.lock()
    lines.append(line)
    condition.signal()
    condition.unlock()
  }

  func next() -> String {
    condition.lock()
    defer { condition.unlock() }
    while lines.isEmpty { condition.wait() }
    return lines.removeFirst()
  }
}
