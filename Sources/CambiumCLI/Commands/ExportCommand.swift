public import ArgumentParser
import Cambium
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

  @Option(
    help: ArgumentHelp(
      """
      First take out units and connections and round weights, as long as the error on held-out rows of --data rises by \
      no more than this share of it, such as 0.01.
      """, valueName: "share"))
  var simplify: Double?

  @Option(
    help: ArgumentHelp(
      "The data to simplify by: a CSV file with the inputs and the targets.", valueName: "file.csv"),
    completion: .file(extensions: ["csv"]))
  var data: String?

  func validate() throws {
    if let digits, !(1...17).contains(digits) {
      throw ValidationError("--digits: found \(digits), expected a number from 1 to 17")
    }
    if let simplify, !(0...1000).contains(simplify) {
      throw ValidationError("--simplify: found \(simplify), expected a share from 0 to 1000")
    }
    if (simplify == nil) != (data == nil) {
      throw ValidationError(
        simplify == nil
          ? "--data: found without --simplify, expected both"
          : "--simplify: found without --data, expected both")
    }
  }

  func run() throws {
    if let out { try FileWriting.check(out, reading: [model] + (data.map { [$0] } ?? [])) }
    var model = try SavedModel.read(model)
    var options = ExportOptions(name: name ?? fileName ?? "model", precision: precision, digits: digits)
    do {
      if let simplify, let data {
        let table = try Table.read(data, as: model.preprocessing.reading(includingTargets: true))
        let (simpler, outcome) = try model.simplified(
          by: table, allowance: simplify, workers: WorkerPool(threads: 1))
        model = simpler
        options.digits = options.digits ?? outcome.digits
        options.remarks = outcome.lines
        Console().write(outcome.lines.map { $0 + "\n" }.joined())
      }
      let bytes = try ModelExport.bytes(of: model, as: format, options: options)
      try write(format == .svg ? Graphviz.svg(of: bytes) : bytes)
    } catch let error as InputError where error.kind == .content {
      throw error.inFile(self.model)
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
