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

  @Option(
    help: ArgumentHelp(
      """
      For numbers, by a committee: also columns lower:TARGET and upper:TARGET, between which the right number is \
      expected in this share of cases, such as 0.9.
      """, valueName: "level"))
  var interval: Double?

  func validate() throws {
    if let interval, !(interval > 0 && interval < 1) {
      throw ValidationError("--interval: found \(interval), expected a share between 0 and 1")
    }
  }

  func run() throws {
    if let out { try FileWriting.check(out, reading: [model, data]) }
    let model = try SavedModel.read(model)
    let table = try Table.read(data, as: model.preprocessing.reading(includingTargets: false))
    let workers = WorkerPool(threads: 1)
    var columns = try model.predictions(for: table, workers: workers)
      .table(includingProbabilities: probabilities).columns
    if let interval {
      do {
        let bounds = try model.intervals(for: table, level: interval, workers: workers)
        for (name, bound) in [("lower", bounds.lower), ("upper", bounds.upper)] {
          columns += bound.table().columns.map { .init(name: "\(name):\($0.name)", values: $0.values) }
        }
      } catch let error as InputError {
        throw error.inFile(self.model)
      }
    }
    let answers = Table(columns: columns).csv()
    if let out {
      try FileWriting.write(Array(answers.utf8), to: out)
    } else {
      try StandardOutput.write(answers)
    }
  }
}
