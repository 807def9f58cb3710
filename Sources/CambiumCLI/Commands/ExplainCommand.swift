import ArgumentParser
import CambiumCore
import CambiumExport

/// `cambium explain`
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Say in words and formulas what a model computes.")

  @Argument(help: "The model file.", completion: .file(extensions: ["json"]))
  var model: String

  @Option(
    help: ArgumentHelp(
      """
      A CSV file with inputs and targets: say by it how much the error grows where an input is dealt out anew among the \
      rows, and what share of the error each unit removes.
      """, valueName: "file.csv"), completion: .file(extensions: ["csv"]))
  var data: String?

  func run() throws {
    let model = try SavedModel.read(model)
    let relevance = try data.map { path in
      let table = try Table.read(path, as: model.preprocessing.reading(includingTargets: true))
      return try Relevance(of: model, on: table, workers: WorkerPool(threads: 1))
    }
    try StandardOutput.write(Explanation.text(of: model, relevance: relevance))
  }
}
