import ArgumentParser
import CambiumCore
import CambiumLab

/// Which experiment, as `run` and `report` are told.
struct ExperimentOptions: ParsableArguments {
  @Argument(help: "The experiment: a folder under experiments/, by name or path, or a spec file.")
  var experiment: String

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp("One setting of the experiment's spec; may be repeated.", valueName: "key=value"))
  var assignments: [String] = []

  @Option(
    help: ArgumentHelp("The folder that holds a folder of results for each experiment.", valueName: "folder"))
  var results = "results"

  @Flag(help: "Allow more than 10000 runs.")
  var yes = false

  @Flag(help: "Show no progress and no notes.")
  var quiet = false

  func validate() throws {
    if results.isEmpty { throw ValidationError("--results: found an empty path, expected a folder") }
  }

  /// The experiment, planned.
  func planned() throws -> Experiment {
    try Experiment(
      at: ExperimentFolders.path(of: experiment), setting: assignments,
      cellLimit: yes ? .max : Experiment.usualCellLimit)
  }

  /// The folder of an experiment's results.
  func folder(of experiment: Experiment) -> String { "\(results)/\(experiment.name)" }
}
