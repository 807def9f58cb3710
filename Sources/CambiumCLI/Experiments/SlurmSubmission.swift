import CambiumLab

/// `cambium run --executor slurm`: hands what is missing to Slurm, or says what it would hand over.
struct SlurmSubmission {
  let experiment: Experiment
  /// The experiment's folder of results.
  let folder: String
  let profile: SlurmProfile
  let isDryRun: Bool
  let retriesFailures: Bool
  let makesReport: Bool
  let console: Console

  private let slurm = SlurmCommands()

  func submit() throws {
    guard !isDryRun else { return try describe() }
    let jobs = try RecordStore(folder: folder).whileLocked { () -> (SubmissionPlan, [String])? in
      let earlier = try Submission.all(in: folder)
      let plan = try plan(
        arrayLimit: slurm.arrayLimit(), queue: slurm.queue(ofJobs: earlier.flatMap(\.jobNames)))
      return plan.submission.tasks.isEmpty ? nil : (plan, try plan.submit(with: slurm))
    }
    guard let (plan, numbers) = jobs else {
      console.note("Nothing is missing that does not wait or run already.")
      return
    }
    console.note(
      "\(summary(of: plan)) as \(numbers.count == 2 ? "job" : "jobs") "
        + "\(numbers.dropLast().joined(separator: ", ")); job \(numbers.last ?? "") collects the records. "
        + "\"cambium status\" tells how far they are, \"scancel\" ends them; logs: "
        + "\(folder)/slurm/\(plan.submission.number)/logs")
  }

  /// The script, the calls of `sbatch`, and the cells of each task.
  private func describe() throws {
    let earlier = try Submission.all(in: folder)
    let isThere = slurm.canAsk
    let plan = try plan(
      arrayLimit: isThere ? slurm.arrayLimit() : 1001,
      queue: isThere ? slurm.queue(ofJobs: earlier.flatMap(\.jobNames)) : SlurmQueue())
    guard !plan.submission.tasks.isEmpty else {
      return console.note("Nothing is missing that does not wait or run already.")
    }
    try StandardOutput.write(plan.script)
    for array in 0..<plan.submission.arrayCount {
      try StandardOutput.write(
        "# sbatch \(plan.options(ofArray: array).joined(separator: " ")) script.sh --array \(array)\n")
    }
    let cells = Dictionary(
      experiment.cells.map { ($0.identity, $0) }, uniquingKeysWith: { first, _ in first })
    let estimate = TimeEstimate(of: experiment, from: try RecordStore(folder: folder).contents())
    for (task, identities) in plan.submission.tasks.enumerated() {
      try StandardOutput.write("# task \(task)\n")
      for cell in identities.compactMap({ cells[$0] }) {
        try StandardOutput.write(estimate.line(of: cell, in: experiment))
      }
    }
    let known = plan.submission.tasks.joined().compactMap { cells[$0].flatMap(estimate.seconds) }
    let isKnown = known.count == plan.submission.tasks.reduce(0) { $0 + $1.count }
    let seconds = known.reduce(0, +) / Double(plan.submission.tasks.count * profile.cpus)
    let about = isKnown ? ", about \(TimeEstimate.text(ofSeconds: seconds)) a task" : ""
    console.note(summary(of: plan) + "\(about); nothing submitted.")
    if !isThere { console.note("There is no Slurm here: arrays are taken to have at most 1001 tasks.") }
  }

  private func plan(arrayLimit: Int, queue: SlurmQueue) throws -> SubmissionPlan {
    try SubmissionPlan(
      of: experiment, in: folder, profile: profile, program: thisProgram(), arrayLimit: arrayLimit,
      queue: queue, retriesFailures: retriesFailures, makesReport: makesReport)
  }

  private func summary(of plan: SubmissionPlan) -> String {
    func count(_ number: Int, _ word: String) -> String { "\(number) \(word)\(number == 1 ? "" : "s")" }
    let cells = plan.submission.tasks.reduce(0) { $0 + $1.count }
    return "\(count(cells, "run")) in \(count(plan.submission.tasks.count, "task")), "
      + count(plan.submission.arrayCount, "array")
  }
}
