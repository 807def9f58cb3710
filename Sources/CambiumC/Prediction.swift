// Functions have the header's names.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

internal import CambiumCore
internal import CambiumExport
public import CCambium

/// A model's answers.
@c @implementation
public func cambium_model_predict(
  _ model: OpaquePointer?, _ features: UnsafePointer<cambium_matrix>?, _ threads: Int32,
  _ outputs: UnsafeMutablePointer<Double>?, _ rows: Int64, _ columns: Int64,
  _ error: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> Int32 {
  reporting(to: error, or: 1) {
    let handle: ModelHandle = Handle.object(try given(model, "model"))
    let workers = WorkerPool(threads: try Threads.checked(Int(threads)))
    let matrix = try CallerMatrix(features, "features")
    let table = Table(columns: try matrix.tableColumns(named: handle.columns, "features"))
    let answers =
      switch try handle.model.predictions(for: table, workers: workers) {
      case .numbers(_, let values): values
      case .classes(let classes): classes.probabilities
      }
    guard rows == answers.rows, columns == answers.columns else {
      throw InputError(
        .usage, found: "room for \(rows) rows of \(columns) outputs",
        expected: "\(answers.rows) rows of \(answers.columns)")
    }
    guard answers.rows > 0 else { return 0 }
    let outputs = try given(outputs, "outputs")
    for column in 0..<answers.columns {
      for row in 0..<answers.rows { outputs[row * answers.columns + column] = answers[row, column] }
    }
    return 0
  }
}
