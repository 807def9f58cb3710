import ArgumentParser

/// `cambium fit`
struct FitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fit", abstract: "Fit any learner to a table: a grown network, a fixed one, …")

  @Argument(help: "The learner; `cambium list learners` names them.")
  var learner: String

  @OptionGroup var options: FitOptions

  func run() throws { try FittingRun(learner: learner, options: options).run() }
}
