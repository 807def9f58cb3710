internal import CambiumCore

/// One of the networks that held-out samples choose among.
struct PerceptronVariant: Sendable, Equatable {
  /// Layers and their function.
  let shape: LayerShape
  /// The penalty on squared weights.
  let weightDecay: Double
  /// The weights that its first hidden layers start from; the others are drawn.
  var start: [Matrix] = []

  /// The weights that training starts from, laid out as the shape says.
  func startingParameters(_ spec: MultilayerPerceptronSpec, random: RandomStream) -> [Double] {
    var parameters = spec.initialisation.parameters(for: shape, range: spec.initialRange, random: random)
    for (layer, weights) in start.enumerated() {
      parameters.replaceSubrange(
        shape.offset(ofLayer: layer)..<shape.offset(ofLayer: layer + 1), with: weights.values)
    }
    return parameters
  }
}

extension PerceptronVariant: CustomStringConvertible {
  var description: String { "\(shape.activation.rawValue) units and weight decay \(weightDecay)" }
}
