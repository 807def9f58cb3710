import ArgumentParser
import CambiumCore
import CambiumExport

/// `cambium predict`
struct PredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict", abstract: "Let a model answer for each row of a table.")

  @Argument(help: "The model file.", completion: .file(extensions: ["json"]))
  var model: String

  @Argument(help: "The data: a CSV file with a header; target columns may be there and are not read.")
  var data: String

  @Option(help: ArgumentHelp("Where to write the answers. Default: standard output.", valueName: "file.csv"))
  var out: String?

  @Flag(help: "For classes: also a column p:CLASS for each class, with its probability.")
  var probabilities = false

  func run() throws {
    if let out { try FileWriting.check(out, reading: [model, data]) }
    let model = try SavedModel.read(model)
    let table = try Table.read(data, as: model.preprocessing.reading(includingTargets: false))
    let predictions = try model.predictions(for: table, workers: WorkerPool(threads: 1))
    let answers = predictions.table(includingProbabilities: probabilities).csv()
    if let out {
      try FileWriting.write(Array(answers.utf8), to: out)
    } else {
      try StandardOutput.write(answers)
    }
  }
}
