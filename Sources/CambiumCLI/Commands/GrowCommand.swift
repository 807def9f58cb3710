import ArgumentParser

/// `cambium grow`
struct GrowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "grow", abstract: "Grow a network on a table.",
    discussion: """
      Units are grown one by one, each chosen among candidates with different nonlinear functions. Text \
      columns are encoded, missing values filled in, numbers standardised; the model remembers how. Interrupted \
      with Ctrl-C, it finishes the round and saves the best network so far.
      """)

  @OptionGroup var options: FitOptions

  func run() throws { try FittingRun(learner: "grown", options: options).run() }
}
