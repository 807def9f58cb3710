/// The script that all jobs of a submission run; its arguments say which part of the submission is meant.
struct SubmissionScript {
  let profile: SlurmProfile
  /// The program's absolute path.
  let program: String
  /// The folder of external data; nil for none.
  let externalData: String?

  var text: String {
    var lines = ["#!/bin/bash" + (profile.modules.isEmpty ? "" : " -l")]
    func option(_ text: String, where isWanted: Bool = true) {
      if isWanted { lines.append("#SBATCH \(text)") }
    }
    option("--ntasks=1")
    option("--cpus-per-task=\(profile.cpus)")
    option("--partition=\(profile.partition)", where: !profile.partition.isEmpty)
    option("--account=\(profile.account)", where: !profile.account.isEmpty)
    option("--time=\(profile.time)", where: !profile.time.isEmpty)
    option("--mem=\(profile.memory)M", where: profile.memory > 0)
    // To the program alone: its workers are ended by it.
    option("--signal=B:USR1@\(profile.signalSeconds)", where: profile.signalSeconds > 0)
    option(profile.requeue ? "--requeue" : "--no-requeue")
    option("--open-mode=append")
    for line in profile.sbatch { option(line) }
    if !profile.modules.isEmpty { lines.append("module load \(profile.modules.joined(separator: " "))") }
    if let externalData { lines.append("export \(ExternalData.variable)=\(Self.quoted(externalData))") }
    lines += profile.setup
    // The program takes the shell's place, so that signals reach it.
    lines.append("exec \(Self.quoted(program)) slurm-task . \"$@\"")
    return lines.joined(separator: "\n") + "\n"
  }

  /// Text as one word of the shell.
  static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }
}
