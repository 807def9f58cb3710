internal import CambiumCore

/// Samples laid out row after row, so that batches in random order read memory in whole rows.
struct SampleRows: Sendable {
  /// The number of samples.
  let count: Int
  /// The number of inputs.
  let inputCount: Int
  /// The number of outputs.
  let outputCount: Int
  private let inputs: [Double]
  private let targets: [Double]
  /// Scaled to a mean of 1; empty where every sample counts once.
  private let weights: [Double]

  /// Copies the samples of `data`.
  init(_ data: Dataset) {
    count = data.sampleCount
    inputCount = data.featureCount
    outputCount = data.outputCount
    inputs = Self.rowAfterRow(data.features)
    targets = Self.rowAfterRow(data.targets)
    let given = data.weights ?? []
    let mean = given.reduce(0, +) / Double(max(given.count, 1))
    weights = given.map { $0 / mean }
  }

  private static func rowAfterRow(_ matrix: Matrix) -> [Double] {
    var values = [Double](repeating: 0, count: matrix.values.count)
    for j in 0..<matrix.columns {
      for i in 0..<matrix.rows { values[i * matrix.columns + j] = matrix.values[i + j * matrix.rows] }
    }
    return values
  }

  /// The inputs of some samples, column after column.
  func gatherInputs(_ rows: UnsafeBufferPointer<Int>, into tile: UnsafeMutablePointer<Double>) {
    gather(rows, inputs, inputCount, into: tile)
  }

  /// The targets of some samples, column after column.
  func gatherTargets(_ rows: UnsafeBufferPointer<Int>, into tile: UnsafeMutablePointer<Double>) {
    gather(rows, targets, outputCount, into: tile)
  }

  /// The weights of some samples; false, and nothing done, where every sample counts once.
  func gatherWeights(_ rows: UnsafeBufferPointer<Int>, into tile: UnsafeMutablePointer<Double>) -> Bool {
    guard !weights.isEmpty else { return false }
    gather(rows, weights, 1, into: tile)
    return true
  }

  private func gather(
    _ rows: UnsafeBufferPointer<Int>, _ values: [Double], _ columns: Int,
    into tile: UnsafeMutablePointer<Double>
  ) {
    values.withUnsafeBufferPointer { values in
      for j in 0..<columns {
        let column = tile + j * rows.count
        for i in 0..<rows.count { column[i] = values[rows[i] * columns + j] }
      }
    }
  }
}
