import CambiumLab

/// Puts the records of an experiment together, with what Slurm knows of the tasks that write them.
struct RecordCollection {
  let experiment: Experiment
  /// The experiment's folder of results.
  let folder: String
  let console: Console

  /// Merges shards, and removes those whose writers have ended, as far as Slurm can be asked.
  func collect() throws {
    let submissions = try Submission.all(in: folder)
    let slurm = SlurmCommands()
    var queue: SlurmQueue?
    do {
      // Asked before the records are read: what has ended by then writes no more.
      if slurm.canAsk { queue = try slurm.queue(ofJobs: submissions.flatMap(\.jobNames)) }
    } catch let error as SlurmError {
      console.note("Records of tasks stay where they are, though they are read: \(error)")
    }
    let store = RecordStore(folder: folder)
    try store.collect(submissions, queue: queue, for: experiment)
    let status = SweepStatus(
      of: experiment, contents: try store.contents(), submissions: submissions, queue: queue ?? .init())
    console.note(
      "\(status.states.count - missing(status)) of \(status.states.count) runs have a record in \(folder).")
  }

  /// Makes tables, figures and the page.
  func report() throws {
    let written = try ExperimentReport(of: experiment, in: folder).write(to: folder)
    console.note("Written: " + written.joined(separator: ", "))
  }

  private func missing(_ status: SweepStatus) -> Int {
    status.count(.missing) + status.count(.waiting) + status.count(.running)
  }
}
