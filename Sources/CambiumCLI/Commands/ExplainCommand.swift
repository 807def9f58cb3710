import ArgumentParser
import CambiumCore
import CambiumExport
import CambiumLab

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

  @Option(
    help: ArgumentHelp(
      "Draw, by --data, how the mean answer changes with each input: an SVG file.", valueName: "file.svg"),
    completion: .file(extensions: ["svg"]))
  var figure: String?

  func validate() throws {
    if figure != nil, data == nil {
      throw ValidationError("--figure: found without --data, expected both")
    }
  }

  func run() throws {
    if let figure { try FileWriting.check(figure, reading: [model, data].compactMap { $0 }) }
    let path = model
    let model = try SavedModel.read(path)
    guard let data else {
      try StandardOutput.write(Explanation.text(of: model))
      return
    }
    let table = try Table.read(data, as: model.preprocessing.reading(includingTargets: true))
    let workers = WorkerPool(threads: 1)
    let relevance = try Relevance(of: model, on: table, workers: workers)
    // What a model does not read, or the rows do not tell of, changes nothing.
    let dependences = try relevance.columnsByImportance.filter { $0.factor != 1 }.map {
      try PartialDependence(of: model, on: $0.column, in: table, workers: workers)
    }
    if let figure {
      guard !dependences.isEmpty else {
        throw InputError(
          .content, at: .init(file: path), found: "answers that no column changes", expected: "one to draw")
      }
      try FileWriting.write(Array(DependenceFigure(of: dependences, name: path).svg.utf8), to: figure)
    }
    try StandardOutput.write(Explanation.text(of: model, relevance: relevance, dependences: dependences))
  }
}
