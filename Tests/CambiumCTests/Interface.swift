import CCambium
import Testing

/// A failure that the interface told.
struct InterfaceFailure: Error { let words: String }

/// Arrays and pointers as a caller in C would hold them.
enum Interface {
  /// What `body` returns, with the text that it left for an error.
  static func call<Result>(
    _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
  ) -> (result: Result, error: String?) {
    var words: UnsafeMutablePointer<CChar>?
    let result = body(&words)
    return (result, taken(words))
  }

  /// A text that a function returned, given back; nil for null.
  static func taken(_ text: UnsafeMutablePointer<CChar>?) -> String? {
    guard let text else { return nil }
    defer { cambium_free(text) }
    return String(cString: text)
  }

  /// A network grown on rows of numbers.
  static func grown(
    _ rows: [[Double]], _ targets: [Double], weights: [Double]? = nil, request: String? = nil,
    stop: OpaquePointer? = nil
  ) throws -> (model: OpaquePointer, report: String) {
    try withMatrix(rows) { features in
      try withMatrix(targets.map { [$0] }) { targets in
        var report: UnsafeMutablePointer<CChar>?
        let (model, error) = call { error in
          weights.map { weights in
            weights.withUnsafeBufferPointer {
              cambium_grow(features, targets, $0.baseAddress, request, nil, nil, stop, &report, error)
            }
          } ?? cambium_grow(features, targets, nil, request, nil, nil, stop, &report, error)
        }
        guard let model else { throw InterfaceFailure(words: error ?? "") }
        return (model, taken(report) ?? "")
      }
    }
  }

  /// A model's answers for rows of numbers, each with so many outputs.
  static func predicted(_ rows: [[Double]], by model: OpaquePointer, outputs: Int = 1) throws -> [Double] {
    try withMatrix(rows) { features in
      var answers = [Double](repeating: .nan, count: rows.count * outputs)
      let (status, error) = call {
        cambium_model_predict(model, features, 1, &answers, Int64(rows.count), Int64(outputs), $0)
      }
      guard status == 0 else { throw InterfaceFailure(words: error ?? "") }
      return answers
    }
  }

  /// Lends rows of numbers, row after row.
  static func withMatrix<Result>(
    _ rows: [[Double]], _ body: (UnsafePointer<cambium_matrix>) throws -> Result
  ) rethrows -> Result {
    let columns = rows.first?.count ?? 0
    return try rows.flatMap { $0 }.withUnsafeBufferPointer { values in
      var matrix = cambium_matrix(
        values: values.baseAddress, rows: Int64(rows.count), columns: Int64(columns),
        row_stride: Int64(columns), column_stride: 1)
      return try body(&matrix)
    }
  }

  /// Thirty samples of two inputs, and a target that is no straight line.
  static let rows = (0..<30).map { [Double($0 % 6) - 2, Double($0 / 6) * 0.5] }
  static let targets = rows.map { $0[0] * $0[0] + $0[1] }
}
