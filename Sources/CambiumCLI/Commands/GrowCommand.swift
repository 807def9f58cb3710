import ArgumentParser

/// `cambium grow`
struct GrowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "grow", abstract: "Grow a network on a table.",
    discussion: """
      Units are grown one by one, each chosen among candidates with different nonlinear functions. Text \
      columns are encoded, missing values filled in, numbers standardised; the model remembers how. Interrupted \
      with Ctrl-C, it finishes the round and saves the best network so far.

      Where a budget or Ctrl-C ended growth, what it needs to go on is kept beside the model. --continue then adds \
      units: the outcome is, bit for bit, that of a growth which had not stopped.

      Built with MPI, several processes grow one network, each adding up its part of the rows: mpirun -n 4 cambium grow …
      """)

  @OptionGroup var options: FitOptions

  @Option(
    name: .customLong("continue"),
    help: ArgumentHelp(
      """
      Go on growing this model, on the same data; budgets alone may be set anew: stopping.maximumUnits, connections, \
      seconds.
      """, valueName: "model.json"),
    completion: .file(extensions: ["json"]))
  var continued: String?

  @Flag(
    help: ArgumentHelp(
      """
      Keep each round beside the model (model.checkpoint.jsonl) as soon as it has ended, so that --resume can go on \
      whatever ends the program.
      """))
  var checkpoint = false

  @Flag(
    help: ArgumentHelp(
      """
      Go on from the checkpoint of the same growth, bit for bit, or begin where there is none; keeps one as --checkpoint \
      does.
      """))
  var resume = false

  @Flag(help: "Keep what --continue goes on from, beside the model, whatever ended growth.")
  var keepGrowth = false

  func run() throws {
    let team = try ProcessTeam.start()
    defer { ProcessTeam.finish() }
    try FittingRun(
      learner: "grown", options: options, continuing: continued, keepsGrowth: keepGrowth,
      checkpoint: resume ? .resumed : checkpoint ? .new : nil, team: team
    ).run()
  }
}
