/// What can go wrong between this program and Slurm; what users wrote is an `InputError`.
public indirect enum SlurmError: Error, Sendable, Equatable {
  /// A command of Slurm's is not on this machine.
  case missing(command: String)
  /// The controller did not answer a command: what it said, or that it said nothing.
  case noAnswer(command: String, message: String)
  /// A command refused: what it said.
  case refused(command: String, message: String)
  /// A submission was taken in part: the numbers of the jobs that were, how many arrays there are, and what went wrong then.
  case partly(accepted: [String], arrays: Int, cause: SlurmError)
}

extension SlurmError: CustomStringConvertible {
  /// One line: what was found and what to do.
  public var description: String {
    switch self {
    case .missing(let command):
      "found no \(command), expected Slurm's commands in PATH, as where jobs are submitted"
    case .noAnswer(let command, let message):
      "found no answer of Slurm's controller to \(command) (\(message)), expected one; ask again later"
    case .refused(let command, let message): "found \(command) refusing: \(message)"
    case .partly(let accepted, let arrays, let cause) where accepted.count < arrays:
      "\(cause); \(accepted.count) of \(arrays) arrays were taken before (\(accepted.joined(separator: ", "))): the same "
        + "command later submits the rest"
    case .partly(_, _, let cause):
      "\(cause); all arrays were taken, but not the collector: once they have ended, run \"cambium collect\""
    }
  }
}
