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
  /// How the error is carried back through hidden units.
  var rule = GradientRule.exact
  /// What the absolute values that the units of the last hidden layer say cost in training.
  var activityPenalty = 0.0
  /// The share of hidden units that drop out of each sample's passage in training, 0 ≤ dropout < 1; what the others say
  /// is divided by the share that stays (Srivastava and others 2014).
  var dropout = 0.0

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
    layout.addDecay(decay, of: parameters, to: &gradient)
  }
}

extension LayerShape: BackpropagatedNetwork {
  static let tileRows = 128

  var tileRows: Int { Self.tileRows }

  var layout: WeightLayout {
    WeightLayout(zip(widths, widths.dropFirst()).map { WeightBlock(fanIn: $0, fanOut: $1) })
  }

  func passage(capacity: Int) -> any NetworkPassage { Passage(shape: self, capacity: capacity) }

  var description: String { "\(activation.rawValue) units" }
}
