import ArgumentParser
import CambiumCore
import CambiumExport
import CambiumLab

/// `cambium status`
struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Tell how far the runs of an experiment are.",
    discussion: """
      Counts runs that are done, that failed, whose jobs run or wait, and that are missing: neither recorded nor in a \
      queue. Where there is no Slurm, records alone tell, and what is not recorded counts as missing.
      """)

  @OptionGroup var options: ExperimentOptions

  @Flag(help: "List each run: its identity, its state, its name.")
  var cells = false

  @Flag(help: "Print one JSON object.")
  var json = false

  func run() throws {
    let experiment = try options.planned()
    let folder = options.folder(of: experiment)
    let submissions = try Submission.all(in: folder)
    let slurm = SlurmCommands()
    // The queue first: a task that ends meanwhile has its records by then.
    let queue = slurm.canAsk ? try slurm.queue(ofJobs: submissions.flatMap(\.jobNames)) : nil
    let status = SweepStatus(
      of: experiment, contents: try RecordStore(folder: folder).contents(), submissions: submissions,
      queue: queue ?? .init())
    if json {
      return try JSONOutput.write(Summary(of: status, experiment: experiment, knowsQueue: queue != nil))
    }
    if cells {
      let titles = Dictionary(
        experiment.cells.map { ($0.identity, experiment.title(of: $0)) },
        uniquingKeysWith: { first, _ in first })
      for (identity, state) in status.states {
        try StandardOutput.write(
          "\(identity)  \(TextLayout.left(state.rawValue, 7))  \(titles[identity] ?? "")\n")
      }
    } else {
      let width = "\(status.states.count)".count
      try StandardOutput.write("\(TextLayout.left("runs", 8))\(status.states.count)\n")
      for state in SweepStatus.State.allCases {
        try StandardOutput.write(
          TextLayout.left(state.rawValue, 8) + TextLayout.right("\(status.count(state))", width) + "\n")
      }
    }
    if queue == nil, !submissions.isEmpty {
      Console(isQuiet: options.quiet).note("There is no Slurm here: what waits or runs counts as missing.")
    }
  }

  private struct Summary: Encodable {
    let experiment: String
    let runs, done, failed: Int
    let running, waiting: Nullable<Int>
    let missing: Int

    init(of status: SweepStatus, experiment: Experiment, knowsQueue: Bool) {
      self.experiment = experiment.name
      runs = status.states.count
      done = status.count(.done)
      failed = status.count(.failed)
      running = Nullable(knowsQueue ? status.count(.running) : nil)
      waiting = Nullable(knowsQueue ? status.count(.waiting) : nil)
      missing = status.count(.missing)
    }
  }
}
