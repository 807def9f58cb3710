import ArgumentParser
import CambiumCore
import CambiumExport

/// `cambium evaluate`
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "Compare a model's answers with a table's targets.")

  @Argument(help: "The model file.", completion: .file(extensions: ["json"]))
  var model: String

  @Argument(help: "The data: a CSV file with a header and the target columns.")
  var data: String

  @Flag(help: "Print the figures as one JSON object.")
  var json = false

  func run() throws {
    let model = try SavedModel.read(model)
    let table = try Table.read(data, as: model.preprocessing.reading(includingTargets: true))
    let dataset = try model.preprocessing.dataset(from: table)
    let evaluation = model.evaluation(on: dataset, workers: WorkerPool(threads: 1))
    if json {
      try JSONOutput.write(evaluation)
    } else {
      try StandardOutput.write(EvaluationText.lines(of: evaluation))
    }
  }
}
