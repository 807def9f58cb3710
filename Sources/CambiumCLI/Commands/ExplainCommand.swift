import ArgumentParser
import CambiumExport

/// `cambium explain`
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Say in words and formulas what a model computes.")

  @Argument(help: "The model file.", completion: .file(extensions: ["json"]))
  var model: String

  func run() throws {
    try StandardOutput.write(Explanation.text(of: SavedModel.read(model)))
  }
}
