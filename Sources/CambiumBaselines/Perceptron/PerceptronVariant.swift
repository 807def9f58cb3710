internal import CambiumCore

/// One of the networks that held-out samples choose among.
struct PerceptronVariant: Sendable, Equatable {
  /// Layers and their function.
  let shape: LayerShape
  /// The penalty on squared weights.
  let weightDecay: Double
}

extension PerceptronVariant: CustomStringConvertible {
  var description: String { "\(shape.activation.rawValue) units and weight decay \(weightDecay)" }
}
