import ArgumentParser
import CambiumCore

/// How a command ends, as sysexits.h has it.
enum ExitStatus {
  /// The work was cut short by the user; what was reached has been kept.
  static let interrupted = ExitCode(130)
  /// Runs of an experiment failed, as their data and settings are; the others are done.
  static let runsFailed = ExitCode(65)
  /// Slurm is not there, does not answer, or refuses.
  static let unavailable = ExitCode(69)
  /// A defect of ours.
  static let defect = ExitCode(70)
  /// Standard output could not be written to.
  static let outputLost = ExitCode(74)

  /// The exit code for something wrong that a user handed in.
  static func code(for kind: InputError.Kind) -> ExitCode {
    switch kind {
    case .usage: ExitCode(64)
    case .content: ExitCode(65)
    case .missing: ExitCode(66)
    case .unwritable: ExitCode(73)
    }
  }
}
