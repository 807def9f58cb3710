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
      a record is not run again, so an interrupted run continues where it was. A run that fails leaves a record as \
      well; the command then ends with exit code 65 once it has done the rest.
      """)

  @OptionGroup var options: ExperimentOptions

  @Flag(help: "Print what would be run, and run nothing.")
  var dryRun = false

  @Option(help: "How many runs at once, each on one thread. Default: one for each core.")
  var jobs: Int?

  @Flag(help: "Run those again that have failed.")
  var retryFailures = false

  func validate() throws {
    if let jobs, !(1...1024).contains(jobs) {
      throw ValidationError("--jobs: found \(jobs), expected a number from 1 to 1024")
    }
  }

  func run() throws {
    let experiment = try options.planned()
    let folder = options.folder(of: experiment)
    let runner = ExperimentRunner(
      jobs: jobs ?? max(1, ProcessInfo.processInfo.activeProcessorCount), retriesFailures: retryFailures)
    guard !dryRun else {
      let missing = runner.missingCells(of: experiment, besides: try RecordStore(folder: folder).contents())
      try StandardOutput.write(missing.map { experiment.title(of: $0) + "\n" }.joined())
      return
    }
    Interruption.listen()
    let console = Console(isQuiet: options.quiet)
    let display = RunDisplay(console: console)
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
}
