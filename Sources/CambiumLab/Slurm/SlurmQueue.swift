/// What Slurm's queue holds of jobs that were asked for: which tasks of which array wait or run.
public struct SlurmQueue: Sendable, Equatable {
  /// What a task does that has not ended.
  public enum Activity: Sendable, Equatable {
    /// It will be started, for the first time or again.
    case waiting
    /// It runs, or its end is being tidied up.
    case running
  }

  /// The states in which no job does anything any more; whatever else Slurm says, a job may yet do something.
  private static let ends: Set = [
    "BOOT_FAIL", "CANCELLED", "COMPLETED", "DEADLINE", "FAILED", "NODE_FAIL", "OUT_OF_MEMORY", "PREEMPTED",
    "REVOKED", "TIMEOUT",
  ]
  private static let runs: Set = [
    "COMPLETING", "RUNNING", "SIGNALING", "STAGE_OUT", "STOPPED", "SUSPENDED",
  ]

  /// The format that ``init(listing:)`` reads: state, index in the array, name.
  static let format = "%T|%K|%j"

  /// By job name, the tasks by index in the array.
  private var tasks: [String: [Int: Activity]] = [:]

  /// An empty queue.
  public init() {}

  /// Reads what `squeue` lists in ``format``, a task or an array a line.
  ///
  /// - Throws: `SlurmError` where a line cannot be understood: a task that is overlooked would be run twice.
  init(listing: String) throws {
    for line in listing.split(whereSeparator: \.isNewline) where !line.allSatisfy(\.isWhitespace) {
      let parts = line.split(separator: "|", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3, !parts[0].isEmpty else { throw Self.trouble(line) }
      // Jobs that are no arrays, such as the collectors, have no index.
      guard parts[1] != "N/A" else { continue }
      let state = String(parts[0])
      guard !Self.ends.contains(state) else { continue }
      guard let indices = Self.indices(parts[1]) else { throw Self.trouble(line) }
      let activity: Activity = Self.runs.contains(state) ? .running : .waiting
      for index in indices { tasks[String(parts[2]), default: [:]][index] = activity }
    }
  }

  /// What a task does; nil where it has ended or was never there.
  public func activity(ofTask index: Int, in job: String) -> Activity? { tasks[job]?[index] }

  /// The indices of `3`, or of an array that waits as a whole, `0-4,7,9-20:2%8`; nil for anything else.
  private static func indices(_ text: Substring) -> [Int]? {
    guard let list = text.split(separator: "%", omittingEmptySubsequences: false).first else { return nil }
    var all: [Int] = []
    for part in list.split(separator: ",", omittingEmptySubsequences: false) {
      let sides = part.split(separator: ":", omittingEmptySubsequences: false)
      let bounds = sides[0].split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
      guard sides.count <= 2, (1...2).contains(bounds.count), let first = bounds[0],
        let last = bounds[bounds.count - 1], first >= 0, last >= first, last < 10_000_000,
        let step = sides.count == 2 ? Int(sides[1]) : 1, step >= 1
      else { return nil }
      all += stride(from: first, through: last, by: step)
    }
    return all
  }

  private static func trouble(_ line: Substring) -> SlurmError {
    .refused(command: "squeue", message: "it says \"\(line.prefix(80))\", which cannot be understood")
  }
}
