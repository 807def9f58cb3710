internal import CambiumCore
internal import CambiumExport
internal import Foundation

/// What would be handed to Slurm: which cells, packed how, with which script. Nothing is submitted before ``submit(with:)``.
public struct SubmissionPlan: Sendable {
  /// What is to be submitted; without tasks where nothing is missing.
  public let submission: Submission
  /// The script of its jobs.
  public let script: String
  private let results: String
  private let throttle: Int

  /// Plans a submission of what has no record and is in no queue.
  ///
  /// - Parameters:
  ///   - experiment: The experiment.
  ///   - results: Its folder of results.
  ///   - profile: What the site and the jobs want.
  ///   - program: The absolute path of the program, whose command `slurm-task` runs a task.
  ///   - arrayLimit: The most tasks of an array, at least 1.
  ///   - queue: What earlier submissions still have in the queue.
  ///   - retriesFailures: Whether cells whose record is a failure are missing.
  ///   - makesReport: Whether the report is made once the jobs have ended.
  /// - Throws: `InputError` where records, earlier submissions or the program cannot be read.
  public init(
    of experiment: Experiment, in results: String, profile: SlurmProfile, program: String, arrayLimit: Int,
    queue: SlurmQueue, retriesFailures: Bool = false, makesReport: Bool = false
  ) throws {
    let earlier = try Submission.all(in: results)
    let queued = QueuedCells(of: earlier, in: queue)
    let cells = ExperimentRunner(retriesFailures: retriesFailures)
      .missingCells(of: experiment, besides: try RecordStore(folder: results).contents())
      .map(\.identity).filter { queued.activities[$0] == nil }
    let length = max(profile.cellsPerTask, profile.cpus)
    let tasks = stride(from: 0, to: cells.count, by: length).map {
      Array(cells[$0..<min($0 + length, cells.count)])
    }
    let number = (Submission.numbers(in: results).last ?? 0) + 1
    submission = Submission(
      number: number,
      jobName:
        "cambium-\(Self.word(experiment.name))-\(number)-\(String(UInt32.random(in: 0 ... .max), radix: 16))",
      experiment: experiment.name, folder: Self.absolute(experiment.folder), spec: experiment.document,
      data: Dictionary(
        experiment.data.map { ($0.name, $0.fingerprint) }, uniquingKeysWith: { first, _ in first }),
      commit: RunEnvironment(experimentIn: experiment.folder).commit, program: program,
      programFingerprint: try Submission.fingerprint(ofProgram: program), tasks: tasks,
      arrayLength: max(1, min(arrayLimit, tasks.count)), jobs: profile.cpus,
      megabytes: profile.memory > 0
        ? max(1, profile.memory / profile.cpus) : 0,
      retriesFailures: retriesFailures, requeues: profile.requeue, makesReport: makesReport)
    script =
      SubmissionScript(
        profile: profile, program: program,
        externalData: ExternalData.ofEnvironment.folder.map(Self.absolute)
      ).text
    self.results = results
    throttle = profile.throttle
  }

  /// The options of `sbatch` for an array, but for where its log goes.
  ///
  /// A bound on tasks at once is shared out among the arrays.
  public func options(ofArray array: Int) -> [String] {
    let count = min(submission.arrayLength, submission.tasks.count - array * submission.arrayLength)
    let bound = throttle > 0 ? "%\(max(1, throttle / submission.arrayCount))" : ""
    return ["--job-name=\(submission.jobName(ofArray: array))", "--array=0-\(count - 1)\(bound)"]
  }

  /// Hands everything to Slurm and leaves it there.
  ///
  /// - Returns: The numbers of the arrays' jobs, and of the collector's, which is the last.
  /// - Throws: `InputError` where files cannot be written; ``SlurmError`` where Slurm takes not all of it.
  public func submit(with slurm: SlurmCommands) throws -> [String] {
    let folder = Self.absolute(Submission.folder(submission.number, in: results))
    try makeFolder("\(folder)/logs")
    try FileWriting.write(Array(script.utf8), to: "\(folder)/script.sh")
    try submission.write(to: folder)
    func submit(_ options: [String], log: String, _ arguments: [String]) throws -> String {
      // Slurm puts the log's path together before it looks for `%`.
      let logs = folder.replacing("%", with: "%%") + "/logs"
      return try slurm.submit(
        ["\(folder)/script.sh"] + arguments,
        options: options + ["--chdir=\(folder)", "--output=\(logs)/\(log).txt"])
    }
    var jobs: [String] = []
    do {
      for array in 0..<submission.arrayCount {
        jobs.append(try submit(options(ofArray: array), log: "\(array)-%a", ["--array", "\(array)"]))
      }
      jobs.append(
        try submit(
          [
            "--job-name=\(submission.jobName)-collect",
            "--dependency=afterany:\(jobs.joined(separator: ":"))",
          ], log: "collect", ["--collect"]))
      return jobs
    } catch let error as SlurmError {
      guard jobs.isEmpty else {
        throw SlurmError.partly(accepted: jobs, arrays: submission.arrayCount, cause: error)
      }
      // Without an answer it may have been taken all the same.
      if case .noAnswer = error { throw error }
      try? FileManager.default.removeItem(atPath: folder)
      throw error
    }
  }

  private func makeFolder(_ path: String) throws {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw InputError(
        .unwritable, at: .init(file: path), found: "a folder that cannot be made",
        expected: "a place for the logs of jobs")
    }
  }

  static func absolute(_ path: String) -> String {
    URL(fileURLWithPath: path).standardizedFileURL.path
  }

  /// A name that stands in lists of jobs and in patterns.
  private static func word(_ name: String) -> String {
    String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") ? $0 : "-" })
  }
}
