public import CambiumCore

extension MultilayerPerceptronModel: NetworkPredictor {
  /// Sums are kept below this, as the outputs are.
  private static let largest = 1e100

  /// The layers one after another: hidden units are units that read those of the layer before, and only the last of them
  /// are read out.
  public var network: Network? {
    let bounds = -Self.largest...Self.largest
    let range = activation.range.clamped(to: bounds)
    var units: [Network.Unit] = []
    var firstSource = 1
    for layer in layers.dropLast() {
      let before = firstSource
      firstSource = 1 + featureCount + units.count
      for unit in 0..<layer.weights.columns {
        let connections = (0..<layer.weights.rows).map { row in
          Network.Connection(
            source: row == 0 ? 0 : before + row - 1, weight: slope * layer.weights[row, unit])
        }
        units.append(
          Network.Unit(
            activation: activation, connections: connections, range: range, offset: 0, scale: 1,
            prunedConnections: 0))
      }
    }
    var readout = Matrix(rows: 1 + featureCount + units.count, columns: outputCount)
    if let weights = layers.last?.weights {
      for output in 0..<outputCount {
        for row in 0..<weights.rows {
          readout[row == 0 ? 0 : firstSource + row - 1, output] = weights[row, output]
        }
      }
    }
    return Network(
      inputCount: featureCount, units: units, readout: readout, task: task,
      outputRanges: task == .regression ? [ClosedRange<Double>](repeating: bounds, count: outputCount) : [])
  }
}
