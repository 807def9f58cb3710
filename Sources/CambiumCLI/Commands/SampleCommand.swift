import ArgumentParser
import CambiumCore
import CambiumExport

/// `cambium sample`
struct SampleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample",
    abstract: "Let a model that has learned what inputs are like make some up (rbm, dbn, dbm).")

  @Argument(help: "The model file.", completion: .file(extensions: ["json"]))
  var model: String

  @Option(help: "The number of rows.")
  var rows = 10

  @Option(help: "Turns of Gibbs sampling: the more, the closer to the model.")
  var steps = 1000

  @Flag(help: "Give each input the mean that the hidden units ask for, instead of a draw.")
  var means = false

  @Option(help: "The seed of all randomness.")
  var seed: UInt64 = 1

  @Option(help: ArgumentHelp("Where to write the rows. Default: standard output.", valueName: "file.csv"))
  var out: String?

  func validate() throws {
    for (name, value, range) in [("rows", rows, 1...1_000_000), ("steps", steps, 0...10_000_000)]
    where !range.contains(value) {
      throw ValidationError(
        "--\(name): found \(value), expected a number from \(range.lowerBound) to \(range.upperBound)")
    }
  }

  func run() throws {
    if let out { try FileWriting.check(out, reading: [model]) }
    let saved = try SavedModel.read(model)
    let inputs = (saved.predictor as? any GenerativeModel)?.madeUpInputs(
      rows, steps: steps, asMeans: means, random: RandomStream(seed: seed).child("sample"))
    guard let inputs else {
      throw InputError(
        .content, at: .init(file: model, column: "learner"),
        found: "\"\(saved.learner)\", which makes up no inputs",
        expected: "a model of rbm, dbn or dbm of this version")
    }
    let table = saved.preprocessing.table(fromFeatures: inputs).csv()
    if let out {
      try FileWriting.write(Array(table.utf8), to: out)
    } else {
      try StandardOutput.write(table)
    }
  }
}
