internal import CambiumCore

/// The shape of a Boltzmann machine that classifies.
///
/// Three matrices of weights: what hidden units read of inputs and classes, (1 + d + labels) × H; of each other, (1 + H) ×
/// H, of which the first row is not read, nor the diagonal, and what two units have of each other is the mean of their
/// two numbers; what classes read of inputs, (1 + d) × m.
struct BoltzmannClassifierShape: Sendable, Equatable {
  /// d.
  let inputCount: Int
  /// H.
  let unitCount: Int
  /// m: of two classes 1.
  let outputs: Int
  /// Turns over the hidden units.
  let sweeps: Int

  /// The settings of the class units that are told apart: of one unit off and on, of several each on alone.
  var settingCount: Int { outputs == 1 ? 2 : outputs }
}

extension BoltzmannClassifierShape: BackpropagatedNetwork {
  var tileRows: Int { 16 }

  var layout: WeightLayout {
    WeightLayout([
      WeightBlock(fanIn: inputCount + outputs, fanOut: unitCount),
      WeightBlock(fanIn: unitCount, fanOut: unitCount), WeightBlock(fanIn: inputCount, fanOut: outputs),
    ])
  }

  func passage(capacity: Int) -> any NetworkPassage {
    BoltzmannClassifierPassage(shape: self, capacity: capacity)
  }

  var description: String { "\(unitCount) hidden units" }
}

extension BoltzmannClassifierShape {
  /// u of hidden units, symmetric with a diagonal of 0, of the second matrix of weights.
  func connections(_ weights: UnsafePointer<Double>) -> [Double] {
    var connections = [Double](repeating: 0, count: unitCount * unitCount)
    for u in 0..<unitCount {
      for v in 0..<unitCount where v != u {
        connections[u + v * unitCount] =
          0.5 * (weights[1 + u + v * (1 + unitCount)] + weights[1 + v + u * (1 + unitCount)])
      }
    }
    return connections
  }
}
