/// A model: it gives outputs for inputs, and never changes.
public protocol Predictor: Codable, Sendable {
  /// The outputs for N × d encoded `features`: N × m, as `Dataset.targets` are laid out (regression:
  /// standardised targets; two classes: the probability of the second; more: one probability each).
  func outputs(for features: Matrix, workers: WorkerPool) -> Matrix
  /// How large the model is.
  var size: ModelSize { get }
}

extension Predictor {
  /// The most rows that are made a matrix of at once.
  private static var largestPartCount: Int { 1 << 15 }

  /// The same for inputs that are perhaps no matrix: of large tables some rows at a time, so that the memory is that of the
  /// outputs.
  public func outputs(for inputs: Features, workers: WorkerPool) -> Matrix {
    guard !inputs.isMatrix else { return outputs(for: inputs.matrix, workers: workers) }
    let parts = stride(from: 0, to: inputs.rowCount, by: Self.largestPartCount).map { start in
      let rows = start..<min(inputs.rowCount, start + Self.largestPartCount)
      return (rows: rows, outputs: outputs(for: inputs.matrix(ofRows: rows), workers: workers))
    }
    var all = Matrix(rows: inputs.rowCount, columns: parts.first?.outputs.columns ?? 0)
    for part in parts {
      for o in 0..<all.columns {
        for (place, row) in part.rows.enumerated() { all[row, o] = part.outputs[place, o] }
      }
    }
    return all
  }
}

/// How large a model is.
public struct ModelSize: Sendable, Equatable, Codable {
  /// d, the encoded inputs that it reads.
  public var inputs: Int
  /// m, the outputs that it gives.
  public var outputs: Int
  /// Hidden units.
  public var units: Int
  /// Weights that are read at prediction, biases and readout included.
  public var connections: Int
  /// The longest path from an input to an output, counted in hidden units.
  public var depth: Int

  /// Makes a size.
  public init(inputs: Int, outputs: Int, units: Int, connections: Int, depth: Int) {
    self.inputs = inputs
    self.outputs = outputs
    self.units = units
    self.connections = connections
    self.depth = depth
  }
}
