import Cambium
import CambiumCore
import CambiumExport
import CambiumLab

/// Does with a file that may hold anything what commands do with a model: whatever it holds, there is an outcome or an error.
public struct FileProbe: Sendable {
  private let workers = WorkerPool(threads: 1)
  /// The samples that growth goes on with.
  private let growing: Dataset

  /// A probe; `folder` is the one of the seeds.
  public init(seeds folder: String) throws {
    let table = try Table.read(folder + "/growing.csv")
    growing = try Preprocessing.fit(to: table).preprocessing.dataset(from: table)
  }

  /// Reads a file as a model and as a growth, and uses what it is. True where it was one of both.
  public func probe(_ file: [UInt8]) throws -> Bool {
    do {
      if file.contains("cambium-growth") {
        let state = try GrowthStateFile.decode(file, file: "model.growth.json").state
        if turn(of: file) == nil { try goOn(from: state) }
      } else {
        try use(
          ModelFile.decode(file, file: "model.json") { name in
            try? LearnerCatalogue.standard.kind(named: name).predictorType
          }, as: turn(of: file))
      }
      return true
    } catch let error as InputError {
      // Its words are made of what the file holds.
      precondition(!error.description.isEmpty)
      return false
    }
  }

  /// What takes long is done in turn: one format is written of a file, or, for nil, all else is done with it.
  private func turn(of file: [UInt8]) -> ExportFormat? {
    let formats = ExportFormat.allCases
    let turn = file.count % (formats.count + 1)
    return turn < formats.count ? formats[turn] : nil
  }

  private func goOn(from state: GrowthState) throws {
    var spec = GrowthSpec()
    spec.stopping.maximumUnits = 3
    spec.restarts = 1
    spec.training.epochs = 3
    let context = FitContext(random: RandomStream(seed: 1), workers: workers)
    let grower = try Grower(spec: spec, continuing: state)
    _ = try grower.fit(growing, validation: nil, in: context).predictor
  }

  private func use(_ model: Model, as format: ExportFormat?) throws {
    let columns = model.preprocessing.inputs.map { input in
      switch input {
      case .numeric: Table.Column(name: input.name, values: .numbers([0.5, .nan, -3, 1e9]))
      case .text(let input):
        Table.Column(name: input.name, values: .texts([input.levels[0].text, nil, "other", ""]))
      }
    }
    let table = Table(columns: columns)
    _ = try? model.predictions(for: table, workers: workers).table(includingProbabilities: true).csv()
    _ = try? model.intervals(for: table, level: 0.5, workers: workers)
    guard let format else {
      _ = Explanation.text(of: model)
      _ = try? ModelFile.encode(model)
      return
    }
    _ = try? ModelExport.bytes(of: model, as: format, options: ExportOptions())
  }
}

extension [UInt8] {
  fileprivate func contains(_ word: String) -> Bool { firstRange(of: Array(word.utf8)) != nil }
}
