/// What can go wrong between this program and Slurm; what users wrote is an `InputError`.
public enum SlurmError: Error, Sendable, Equatable {
  /// A command of Slurm's is not on this machine.
  case missing(command: String)
  /// The controller did not answer a command: what it said, or that it said nothing.
  case noAnswer(command: String, message: String)
  /// A command refused: what it said.
  case refused(command: String, message: String)
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
    }
  }
}
