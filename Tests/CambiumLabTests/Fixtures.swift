import CambiumCore
import Foundation
import Synchronization

@testable import CambiumLab

/// The spec of a learner that needs no training: it predicts a constant.
struct ConstantSpec: Spec, Equatable {
  var value = 0.0
  var units = 2
  var noise = 0.0
  var fails = false
  func validate() throws {
    guard units >= 0 else {
      throw InputError(.content, at: .init(column: "units"), found: "\(units)", expected: "at least 0")
    }
  }
}

struct ConstantLearner: Learner {
  let spec: ConstantSpec
  func fit(_ data: Dataset, validation: Dataset?, in context: FitContext) throws -> Fit {
    if spec.fails { throw InputError(.content, found: "a learner that fails", expected: "one that does not") }
    let value = spec.value + spec.noise * context.random.child("noise").generator().gaussian()
    let rounds = (0..<spec.units).map { index -> RoundRecord in
      let error = 1 / Double(index + 2)
      return RoundRecord(
        index: index + 1, candidates: 4, kept: [.init(activation: .tanh, connections: 3, pruned: 1)],
        coverage: Double(index + 1) / Double(spec.units), trainError: error, validationError: 1.5 * error,
        seconds: secondsNow())
    }
    return Fit(
      predictor: ConstantModel(
        value: value, featureCount: data.featureCount, outputCount: data.outputCount, units: spec.units),
      report: FitReport(stopReason: .unitBudget, epochs: 7, rounds: rounds))
  }
}

struct ConstantModel: Predictor {
  let value: Double
  let featureCount: Int
  let outputCount: Int
  let units: Int
  func outputs(for features: Matrix, workers: WorkerPool) -> Matrix {
    Matrix(rows: features.rows, columns: outputCount, repeating: value)
  }
  var size: ModelSize {
    ModelSize(
      inputs: featureCount, outputs: outputCount, units: units, connections: 3 * units + outputCount,
      depth: min(1, units))
  }
}

let constants = LearnerCatalogue([
  LearnerKind(
    name: "constant", summary: "a constant", spec: ConstantSpec.self, predictor: ConstantModel.self
  ) { ConstantLearner(spec: $0) }
])

/// An experiment of three learners on a regression and a classification, three hold-outs: 18 cells.
let smallExperiment = """
  question: does it run?
  learners:
    - constant
    - {name: noisy, learner: constant, settings: {noise: 0.5, units: 0}}
    - name: failing
      learner: constant
      settings: {fails: true}
  data:
    - {name: numbers, synthetic: friedman1, rows: 40}
    - {name: classes, synthetic: parity-3}
  splits: {repeats: 3, fraction: 0.25}
  """

func planned(
  _ text: String = smallExperiment, setting assignments: [String] = [], folder: String = "."
) throws -> Experiment {
  try Experiment(
    name: "small", folder: folder, document: SpecDocument(text: text, file: "e.yaml", setting: assignments),
    learners: constants, data: DataCatalogue(folder: "no-such-folder"))
}

/// A folder that is gone when the test is over.
func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("cambium-\(UUID().uuidString)")
    .path
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  return try body(folder)
}

/// Stops a run after so many finished cells, and counts them.
final class StoppingObserver: RunObserver {
  private let count = Mutex(0)
  private let limit: Int
  init(after limit: Int) { self.limit = limit }
  func observe(_ event: RunEvent) {
    if case .finished = event { count.withLock { $0 += 1 } }
  }
  var isInterrupted: Bool { count.withLock { $0 >= limit } }
}

/// The records of a folder, times aside, as text in the order of their identities.
func canonicalRecords(in folder: String) throws -> [String] {
  try RecordStore(folder: folder).contents().records.values
    .sorted { $0.identity < $1.identity }
    .map { String(decoding: try RecordStore.encoder().encode($0.withoutTimings), as: UTF8.self) }
}
