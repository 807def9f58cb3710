import CambiumCore
import Foundation

@testable import CambiumLab

/// A program as far as submissions are concerned: any file will do.
let anyProgram = #filePath

extension SubmissionPlan {
  /// A plan for the small experiment, with what differs from one core a task and arrays as long as may be.
  init(
    of experiment: Experiment, in folder: String, cellsPerTask: Int = 1, cpus: Int = 1, throttle: Int = 0,
    arrayLimit: Int = 1000, queue: SlurmQueue = .init(), retriesFailures: Bool = false
  ) throws {
    var profile = SlurmProfile()
    profile.cellsPerTask = cellsPerTask
    profile.cpus = cpus
    profile.throttle = throttle
    try self.init(
      of: experiment, in: folder, profile: profile, program: anyProgram, arrayLimit: arrayLimit, queue: queue,
      retriesFailures: retriesFailures)
  }
}

/// A submission written to its folder, without Slurm.
func submitted(_ plan: SubmissionPlan, in results: String) throws -> Submission {
  let folder = Submission.folder(plan.submission.number, in: results)
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  try plan.submission.write(to: folder)
  return plan.submission
}

/// A queue in which tasks of a submission wait or run, as `squeue` would list them.
func queue(of submission: Submission, waiting: some Sequence<Int> = [], running: some Sequence<Int> = [])
  throws -> SlurmQueue
{
  func lines(_ tasks: some Sequence<Int>, _ state: String) -> [String] {
    tasks.map {
      let array = submission.jobName(ofArray: $0 / submission.arrayLength)
      return "\(state)|\($0 % submission.arrayLength)|\(array)"
    }
  }
  return try SlurmQueue(
    listing: (lines(waiting, "PENDING") + lines(running, "RUNNING")).joined(separator: "\n"))
}

extension SlurmTask {
  /// Runs a task in this process.
  @discardableResult
  static func run(
    _ number: Int, of submission: Submission, in results: String, start: Int = 0,
    observer: any RunObserver = SilentRunObserver()
  ) throws -> RunOutcome {
    try SlurmTask(
      in: Submission.folder(submission.number, in: results), program: anyProgram, learners: constants
    ).run(number, start: start, executor: InThisProcess(), observer: observer)
  }
}
