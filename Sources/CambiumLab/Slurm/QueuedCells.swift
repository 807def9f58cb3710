/// The cells that are in a queue: those of tasks that wait or run.
struct QueuedCells {
  /// What each cell's task does.
  private(set) var activities: [String: SlurmQueue.Activity] = [:]
  /// Those whose earlier failures do not count.
  private(set) var retried: Set<String> = []

  init(of submissions: [Submission], in queue: SlurmQueue) {
    for submission in submissions {
      for (task, cells) in submission.tasks.enumerated() {
        guard let activity = submission.activity(ofTask: task, in: queue) else { continue }
        for cell in cells { activities[cell] = activities[cell] == .running ? .running : activity }
        if submission.retriesFailures { retried.formUnion(cells) }
      }
    }
  }
}
