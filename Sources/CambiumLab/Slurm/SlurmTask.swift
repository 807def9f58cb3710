internal import CambiumCore

/// A part of a submission, as its own job runs it: cells of an array's task, or the collection at the end.
public struct SlurmTask: Sendable {
  /// The submission.
  public let submission: Submission
  /// The experiment as it was submitted.
  public let experiment: Experiment
  /// The experiment's folder of results.
  public let results: String

  /// Reads a submission and plans its experiment, so far as both are what they were.
  ///
  /// - Parameters:
  ///   - folder: The submission's folder, in the experiment's folder of results.
  ///   - program: The program that runs.
  /// - Throws: `InputError` where the submission cannot be read, or program or data are others.
  public init(in folder: String, program: String, learners: LearnerCatalogue = .standard) throws {
    submission = try Submission.read(from: folder)
    try submission.check(program: program)
    experiment = try submission.planned(learners: learners)
    results = SubmissionPlan.absolute("\(folder)/../..")
  }

  /// Which task of the submission this process is.
  ///
  /// - Parameters:
  ///   - array: The array's number.
  ///   - environment: Slurm's variables.
  /// - Throws: `InputError` of kind usage where there are none.
  public func number(inArray array: Int, environment: [String: String]) throws -> Int {
    guard let index = environment["SLURM_ARRAY_TASK_ID"].flatMap({ Int($0) }),
      (0..<submission.arrayLength).contains(index), array >= 0, array < submission.arrayCount,
      array * submission.arrayLength + index < submission.tasks.count
    else {
      throw InputError(
        .usage,
        found: "SLURM_ARRAY_TASK_ID \(environment["SLURM_ARRAY_TASK_ID"] ?? "not set") in array \(array)",
        expected: "a task of submission \(submission.number), as Slurm starts it")
    }
    return array * submission.arrayLength + index
  }

  /// Runs what is missing of a task's cells, into a shard of the task's own.
  ///
  /// Nothing is merged, so that no task waits for another.
  ///
  /// - Parameters:
  ///   - number: The task.
  ///   - start: How often the task was started before.
  ///   - executor: Where cells run.
  ///   - observer: Hears of each cell, and may end the run.
  /// - Throws: `InputError` where records cannot be read or written.
  public func run(
    _ number: Int, start: Int, executor: any CellExecutor, observer: any RunObserver = SilentRunObserver()
  ) throws -> RunOutcome {
    let cells = try experiment.keeping(submission.tasks[number])
    let owner = ShardOwner.task(submission: submission.number, number: number)
    let store = RecordStore(folder: results)
    // Of what other tasks write nothing matters here, and they may be many.
    let contents = try store.contents(includingMerged: !submission.retriesFailures) { $0 == owner }
    let runner = ExperimentRunner(jobs: submission.jobs, executor: executor)
    let progress = runner.progress(of: cells, besides: contents)
    observer.observe(.planned(cells: cells.cells.count, missing: progress.missing))
    guard progress.missing > 0 else { return try progress.outcome(isInterrupted: false) }
    runner.fill(
      try RecordShard(in: results, of: owner, start: start), progress, of: cells, into: results,
      environment: RunEnvironment(commit: submission.commit), observer: observer)
    return try progress.outcome(isInterrupted: observer.isInterrupted)
  }
}

extension RecordStore {
  /// Merges all shards, and removes those whose tasks or processes have ended.
  ///
  /// - Parameters:
  ///   - submissions: What was handed to Slurm.
  ///   - queue: What of it is in the queue; nil where nobody knows: shards of tasks then stay, and are read all the same.
  ///   - experiment: The experiment, whose order records take.
  /// - Throws: `InputError` of kind unwritable.
  public func collect(_ submissions: [Submission], queue: SlurmQueue?, for experiment: Experiment) throws {
    let known = Dictionary(submissions.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
    try merge(nil, inOrderOf: experiment.identities) { owner in
      guard case .task(let submission, let number) = owner else { return owner.isEndedProcess }
      guard let queue, let submission = known[submission], submission.tasks.indices.contains(number) else {
        return false
      }
      return submission.activity(ofTask: number, in: queue) == nil
    }
  }
}
