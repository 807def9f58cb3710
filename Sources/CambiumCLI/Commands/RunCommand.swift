import ArgumentParser
import CambiumCore
import CambiumLab
import Foundation

/// `cambium run`
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run what is missing of an experiment.",
    discussion: """
      Every combination of learner, data set, split and seed leaves a record in the folder of results. What has \
      a record is not run again, so an interrupted run continues where it was. Each job is a process of its own: a run \
      that fails, crashes, or goes beyond the experiment's limits of time and memory leaves a record that says so; the \
      command then ends with exit code 65 once it has done the rest.

      With --executor slurm, what has no record and waits in no queue is handed to Slurm as job arrays, and the command \
      ends: "cambium status" tells how far they are. The experiment is noted as it is now, with hashes of its data and of the \
      program; a job that finds others ends with an error. Once all have ended, a last job puts the records together.
      """)

  /// Where runs are made.
  enum Executor: String, ExpressibleByArgument, CaseIterable {
    /// Here, while the command waits.
    case local
    /// By jobs that are left to Slurm.
    case slurm
  }

  @OptionGroup var options: ExperimentOptions

  @Flag(help: "Print what would be run and for about how long, and run nothing.")
  var dryRun = false

  @Option(help: "How many runs at once, each on one thread. Default: one for each core.")
  var jobs: Int?

  @Flag(help: "Run those again that have failed.")
  var retryFailures = false

  @Option(
    name: .customLong("cell"),
    help: ArgumentHelp(
      "Run this cell alone, by its identity as --dry-run prints it; may be repeated.", valueName: "ID"))
  var cellIdentities: [String] = []

  @Option(
    help: ArgumentHelp(
      "Megabytes of memory for all jobs together. Default: no limit.", valueName: "megabytes"))
  var memory: Int?

  @Option(help: "Where runs are made: local, or slurm, to submit them as jobs and leave.")
  var executor = Executor.local

  @Option(
    help: ArgumentHelp(
      "A YAML file of what Slurm's jobs want: partition, time, memory, cellsPerTask, …", valueName: "file"))
  var profile: String?

  @Flag(help: "With --executor slurm: make the report too, once all jobs have ended.")
  var report = false

  @Flag(help: .hidden)
  var worker = false

  func validate() throws {
    switch executor {
    case .local:
      guard profile == nil, !report else {
        throw ValidationError("--profile, --report: found --executor local, expected --executor slurm")
      }
    case .slurm:
      guard jobs == nil, memory == nil else {
        throw ValidationError(
          "--jobs, --memory: found --executor slurm, expected cpus and memory in its --profile")
      }
    }
    if let memory, !(1...1_000_000_000).contains(memory) {
      throw ValidationError("--memory: found \(memory), expected a number of megabytes, 1 or more")
    }
    if let jobs, !(1...1024).contains(jobs) {
      throw ValidationError("--jobs: found \(jobs), expected a number from 1 to 1024")
    }
  }

  func run() throws {
    var experiment = try options.planned()
    guard !worker else { return CellWorker.serve(experiment, into: options.folder(of: experiment)) }
    if !cellIdentities.isEmpty { experiment = try experiment.keeping(cellIdentities) }
    let folder = options.folder(of: experiment)
    guard executor == .local else { return try submission(of: experiment, in: folder).submit() }
    let jobs = jobs ?? max(1, ProcessInfo.processInfo.activeProcessorCount)
    if let memory { experiment = experiment.limited(toMegabytes: max(1, memory / jobs)) }
    let runner = ExperimentRunner(
      jobs: jobs, retriesFailures: retryFailures,
      executor: WorkerProcesses(command: try workerCommand(limits: experiment.spec.limits)))
    guard !dryRun else { return try printPlan(of: experiment, in: folder, runner: runner) }
    Interruption.listen()
    let console = Console(isQuiet: options.quiet)
    let contents = try RecordStore(folder: folder).contents()
    let display = RunDisplay(
      console: console,
      remaining: RemainingTime(
        estimate: TimeEstimate(of: experiment, from: contents), of: experiment,
        missing: runner.missingCells(of: experiment, besides: contents), jobs: jobs))
    let outcome = try runner.run(experiment, into: folder, observer: display)
    display.finish()
    if outcome.failed > 0 {
      console.error(
        "\(outcome.failed) of \(experiment.cells.count) runs failed; their records in \(folder) say why, "
          + "--retry-failures runs them again")
    }
    if outcome.isInterrupted { throw ExitStatus.interrupted }
    if outcome.failed > 0 { throw ExitStatus.runsFailed }
    console.note("All \(experiment.cells.count) runs have a record in \(folder).")
  }

  /// One line for each run that is missing: its identity, its name, and the seconds that runs like it took.
  private func printPlan(of experiment: Experiment, in folder: String, runner: ExperimentRunner) throws {
    let contents = try RecordStore(folder: folder).contents()
    let missing = runner.missingCells(of: experiment, besides: contents)
    let estimate = TimeEstimate(of: experiment, from: contents)
    for cell in missing { try StandardOutput.write(estimate.line(of: cell, in: experiment)) }
    Console(isQuiet: options.quiet).note(estimate.summary(of: missing, jobs: runner.jobs))
  }

  private func submission(of experiment: Experiment, in folder: String) throws -> SlurmSubmission {
    SlurmSubmission(
      experiment: experiment, folder: folder, profile: try SpecFile.read(from: profile), isDryRun: dryRun,
      retriesFailures: retryFailures, makesReport: report, console: Console(isQuiet: options.quiet))
  }

  /// This command again, as a worker: with the same experiment and limit of memory.
  private func workerCommand(limits: LimitSpec) throws -> [String] {
    var words = [try thisProgram(), "run", options.experiment, "--worker", "--results", options.results]
    if options.yes { words.append("--yes") }
    for assignment in options.assignments { words += ["--set", assignment] }
    if limits.megabytes > 0 { words += ["--set", "limits.megabytes=\(limits.megabytes)"] }
    return words
  }
}

extension TimeEstimate {
  /// A missing cell as dry runs list it, with a newline.
  func line(of cell: ExperimentCell, in experiment: Experiment) -> String {
    let about = seconds(of: cell).map { "  about \(RoundLine.decimals($0, 1)) s" } ?? ""
    return "\(cell.identity)  \(experiment.title(of: cell))\(about)\n"
  }
}
