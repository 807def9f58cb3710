import CambiumCore

@testable import Cambium

/// A network of every activation, each unit reading the bias, the two inputs and all units before it.
enum Cascade {
  static func units(_ activations: [Activation] = Activation.allCases + [.radial]) -> [Network.Unit] {
    let generator = RandomStream(seed: 31).generator()
    return activations.enumerated().map { index, activation in
      let first = activation == .radial ? 1 : 0
      let factors: [Network.Factor] = activation == .product ? [.first, .second] : [.first]
      let connections = factors.flatMap { factor in
        (first..<3 + index).map { source in
          Network.Connection(
            source: source, weight: generator.uniform(from: 0.1, to: 0.5) * (source % 2 == 0 ? 1 : -1),
            centre: activation == .radial ? generator.uniform(from: -1, to: 1) : 0, factor: factor)
        }
      }
      return Network.Unit(
        activation: activation, connections: connections, range: -1e9...1e9, offset: 0.1 * Double(index % 3),
        scale: 0.5 + 0.1 * Double(index % 4), prunedConnections: index % 2)
    }
  }

  static func readout(_ units: [Network.Unit], outputs: Int) -> Matrix {
    var readout = Samples.matrix(3 + units.count, outputs, "readout")
    for k in readout.values.indices { readout.values[k] *= 0.4 }
    return readout
  }

  static func network(
    _ task: CambiumCore.Task, activations: [Activation] = Activation.allCases + [.radial], outputs: Int = 1,
    range: ClosedRange<Double> = -1e9...1e9
  ) -> Network? {
    let units = units(activations)
    let outputs = task.outputCount(targets: outputs)
    return Network(
      inputCount: 2, units: units, readout: readout(units, outputs: outputs), task: task,
      outputRanges: task == .regression ? Array(repeating: range, count: outputs) : [])
  }
}
