import ArgumentParser
import CambiumCore
import CambiumLab
import Foundation

/// `cambium slurm-task`: what the jobs of a submission run.
struct SlurmTaskCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "slurm-task", abstract: "Run a part of a submission, as its jobs do.", shouldDisplay: false)

  @Argument(help: "The submission's folder.")
  var submission: String

  @Option(help: "The array that this task is of.")
  var array = 0

  @Flag(help: "Put the records together instead.")
  var collect = false

  @Flag(help: .hidden)
  var worker = false

  func run() throws {
    let program = try thisProgram()
    if !collect, !worker {
      Interruption.listenForEndOfTime()
      Interruption.listen()
    }
    let task = try SlurmTask(in: submission, program: program)
    if worker { return CellWorker.serve(task.experiment, into: task.results) }
    if collect { return try collectRecords(of: task) }
    let environment = ProcessInfo.processInfo.environment
    let start = environment["SLURM_RESTART_COUNT"].flatMap { Int($0) } ?? 0
    let outcome = try task.run(
      task.number(inArray: array, environment: environment), start: max(0, start),
      executor: WorkerProcesses(command: [program, "slurm-task", submission, "--worker"]),
      observer: RunDisplay(console: Console()))
    if outcome.isInterrupted {
      try requeue(task.submission, after: outcome, environment: environment)
      throw ExitStatus.interrupted
    }
    if outcome.failed > 0 { throw ExitStatus.runsFailed }
  }

  /// Asks for another start where time was nearly over; whoever cancelled or preempted the task decides that alone.
  private func requeue(_ submission: Submission, after outcome: RunOutcome, environment: [String: String])
    throws
  {
    let console = Console()
    guard Interruption.isTimeNearlyOver, submission.requeues,
      let job = environment["SLURM_ARRAY_JOB_ID"], let index = environment["SLURM_ARRAY_TASK_ID"]
    else { return console.note("Stopped; what has no record is missing.") }
    guard outcome.finished > 0 else {
      return console.error(
        "time was over before a single run had ended: found too little time in the profile, expected more")
    }
    console.note("Time is nearly over: asking for another start.")
    try SlurmCommands().requeue("\(job)_\(index)")
  }

  private func collectRecords(of task: SlurmTask) throws {
    let collection = RecordCollection(
      experiment: task.experiment, folder: task.results, console: Console())
    try collection.collect()
    if task.submission.makesReport { try collection.report() }
  }
}
