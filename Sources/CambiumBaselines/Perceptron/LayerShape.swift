internal import CambiumCore

/// The shape of a fully connected layered network, and where its weights stand in one flat array.
///
/// Layer l maps `widths[l]` values to `widths[l + 1]`; its weights are a column-major matrix of
/// (1 + `widths[l]`) × `widths[l + 1]`, biases in the first row. The matrices follow one another.
struct LayerShape: Sendable, Equatable {
  /// Inputs, units of each hidden layer, outputs: at least two numbers.
  let widths: [Int]
  /// The function of every hidden unit.
  let activation: Activation
  /// β: a hidden unit gives f(βz).
  let slope: Double

  /// The number of weight matrices.
  var layerCount: Int { widths.count - 1 }
  /// The number of weights and biases.
  var parameterCount: Int { offset(ofLayer: layerCount) }

  /// Where the weights of a layer begin.
  func offset(ofLayer layer: Int) -> Int {
    (0..<layer).reduce(0) { $0 + (1 + widths[$1]) * widths[$1 + 1] }
  }

  /// Adds λw to `gradient` for every weight that is no bias, and returns ½λ Σ w². O(weights).
  func addDecay(_ decay: Double, of parameters: [Double], to gradient: inout [Double]) -> Double {
    guard decay > 0 else { return 0 }
    var sum = 0.0
    var start = 0
    for layer in 0..<layerCount {
      for _ in 0..<widths[layer + 1] {
        for k in start + 1..<start + 1 + widths[layer] {
          sum += parameters[k] * parameters[k]
          gradient[k] += decay * parameters[k]
        }
        start += 1 + widths[layer]
      }
    }
    return 0.5 * decay * sum
  }
}
