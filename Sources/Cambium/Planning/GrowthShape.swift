internal import CambiumCore

/// The size of data, as far as what growing on them costs depends on it.
public struct GrowthShape: Sendable, Equatable {
  /// N, the rows, at least 1.
  public var rows: Int
  /// d, the inputs as they are encoded, at least 1.
  public var inputs: Int
  /// m, the outputs, at least 1.
  public var outputs: Int

  /// Makes a shape.
  public init(rows: Int, inputs: Int, outputs: Int = 1) {
    (self.rows, self.inputs, self.outputs) = (rows, inputs, outputs)
  }

  /// Whether the inputs are too many to be kept as a matrix, and encoded whenever they are read.
  var isEncoded: Bool { rows * inputs > Features.largestMatrixCount }
}
