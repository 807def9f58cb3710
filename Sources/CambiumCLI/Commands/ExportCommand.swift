public import ArgumentParser
import CambiumCore
public import CambiumExport

extension ExportFormat: ExpressibleByArgument {}
extension ExportOptions.Precision: ExpressibleByArgument {}

/// `cambium export`
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write a grown model as a program, a graph or formulas.",
    discussion: """
      \(ExportFormat.allCases.map { "\($0.rawValue): \($0.summary)." }.joined(separator: "\n"))

      Programs take raw values: missing ones, texts, units and names of classes are dealt with as `predict` does. \
      They compute in float64, the ONNX graph in float32, unless --precision says otherwise.
      """)

  @Argument(help: "The model file.", completion: .file(extensions: ["json"]))
  var model: String

  @Option(help: "The format.")
  var format: ExportFormat

  @Option(
    help: ArgumentHelp("Where to write it. Default: standard output.", valueName: "file"), completion: .file()
  )
  var out: String?

  @Option(
    help: "What functions and types are named after. Default: the name of the file that is written, or model."
  )
  var name: String?

  @Option(help: "The numbers that programs and graphs compute with.")
  var precision: ExportOptions.Precision?

  @Option(help: "How many significant digits formulas have, 1…17. Default: 4 in latex, else all.")
  var digits: Int?

  func validate() throws {
    if let digits, !(1...17).contains(digits) {
      throw ValidationError("--digits: found \(digits), expected a number from 1 to 17")
    }
  }

  func run() throws {
    if let out { try FileWriting.check(out, reading: [model]) }
    let options = ExportOptions(name: name ?? fileName ?? "model", precision: precision, digits: digits)
    do {
      let bytes = try ModelExport.bytes(of: SavedModel.read(model), as: format, options: options)
      try write(format == .svg ? Graphviz.svg(of: bytes) : bytes)
    } catch let error as InputError where error.kind == .content {
      throw error.inFile(model)
    }
  }

  /// The name of the written file, without folder and extension.
  private var fileName: String? {
    out?.split(separator: "/").last?.split(separator: ".").first.map(String.init)
  }

  private func write(_ bytes: [UInt8]) throws {
    if let out {
      try FileWriting.write(bytes, to: out)
    } else {
      try StandardOutput.write(bytes)
    }
  }
}
