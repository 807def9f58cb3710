internal import CambiumCore
internal import Foundation

/// Slurm's commands, as far as they are needed.
public struct SlurmCommands: Sendable {
  /// The folders that hold them, as in `PATH`.
  private let folders: [String]
  /// The seconds after which a command is given up; its own patience is less.
  private let patience = 180.0

  /// The commands that the environment's `PATH` leads to.
  public init() {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    folders = path.split(separator: ":").map(String.init)
  }

  /// Whether this machine can ask a queue.
  public var canAsk: Bool { path(of: "squeue") != nil }

  /// The most tasks of an array, by the site's settings.
  ///
  /// - Throws: `SlurmError`.
  public func arrayLimit() throws -> Int {
    let settings = try output(of: "scontrol", "show", "config")
    guard let limit = Self.arrayLimit(settings) else {
      throw SlurmError.refused(command: "scontrol show config", message: "it does not tell MaxArraySize")
    }
    guard limit > 0 else {
      throw SlurmError.refused(command: "scontrol show config", message: "the site allows no job arrays")
    }
    return limit
  }

  /// `MaxArraySize` among settings: indices are below it, so that it is the number of tasks from 0 on.
  static func arrayLimit(_ settings: String) -> Int? {
    for line in settings.split(whereSeparator: \.isNewline) {
      let sides = line.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
      if sides.count == 2, sides[0] == "MaxArraySize" { return Int(sides[1]) }
    }
    return nil
  }

  /// The queue, as far as jobs have these names.
  ///
  /// - Throws: `SlurmError`.
  public func queue(ofJobs names: [String]) throws -> SlurmQueue {
    guard !names.isEmpty else { return SlurmQueue() }
    return try SlurmQueue(
      listing: output(
        of: "squeue", "--noheader", "--array", "--states=all", "--name=\(names.joined(separator: ","))",
        "--format=\(SlurmQueue.format)"))
  }

  /// Submits a script.
  ///
  /// - Parameters:
  ///   - script: The script and its arguments.
  ///   - options: Options of `sbatch`.
  /// - Returns: The job's number.
  /// - Throws: `SlurmError`.
  func submit(_ script: [String], options: [String]) throws -> String {
    let said = try output(of: "sbatch", words: ["--parsable"] + options + script)
    // With several clusters, `NUMBER;CLUSTER`.
    let number = said.prefix(while: \.isNumber)
    guard !number.isEmpty else { throw SlurmError.refused(command: "sbatch", message: "it says \"\(said)\"") }
    return String(number)
  }

  /// Queues a task again, which is ended for it.
  ///
  /// - Throws: `SlurmError`.
  public func requeue(_ task: String) throws { _ = try output(of: "scontrol", "requeue", task) }

  private func output(of command: String, _ words: String...) throws -> String {
    try output(of: command, words: words)
  }

  private func output(of command: String, words: [String]) throws -> String {
    guard let path = path(of: command) else { throw SlurmError.missing(command: command) }
    // These would hide jobs from `squeue`.
    let hiding = ["SQUEUE_ACCOUNT", "SQUEUE_PARTITION", "SQUEUE_QOS", "SQUEUE_USERS"]
    let process = try ChildProcess(["/usr/bin/env"] + hiding.flatMap { ["-u", $0] } + [path] + words)
    let deadline = secondsNow() + patience
    var lines: [String] = []
    reading: while true {
      switch process.answer(until: deadline, isWanted: { true }) {
      case .line(let line): lines.append(line)
      case .end: break reading
      case .none:
        _ = process.end()
        throw SlurmError.noAnswer(command: command, message: "nothing for \(Int(patience)) seconds")
      }
    }
    guard process.ending().cause == .exit(0) else { throw Self.trouble(command, process.errorText) }
    return lines.joined(separator: "\n")
  }

  /// What a command's complaint means.
  static func trouble(_ command: String, _ text: String) -> SlurmError {
    let lines = text.split(whereSeparator: \.isNewline).map {
      $0.replacing("\(command): ", with: "").replacing("error: ", with: "")
    }
    let message = lines.isEmpty ? "no words" : printable(lines.joined(separator: "; "))
    let silence = ["Unable to contact", "Connection refused", "timed out", "Unable to establish"]
    return silence.contains { message.contains($0) }
      ? .noAnswer(command: command, message: message) : .refused(command: command, message: message)
  }

  private func path(of command: String) -> String? {
    folders.lazy.map { "\($0)/\(command)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }
}
