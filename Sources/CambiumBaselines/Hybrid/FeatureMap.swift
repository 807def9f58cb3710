internal import CambiumCore

/// From inputs to what a learner on top of learned features reads: the inputs where they are kept, and the features,
/// standardised.
struct FeatureMap: Sendable, Equatable {
  let layers: PretrainedLayers
  let keepsInputs: Bool
  /// Gives the features mean 0 and variance 1 on the samples that were learned.
  let scaling: LayerScaling

  /// d, the inputs.
  var inputCount: Int { layers.layers[0].rows - 1 }
  /// What is read on top.
  var outputCount: Int { scaling.shifts.count + (keepsInputs ? inputCount : 0) }

  /// A map whose features have mean 0 and variance 1 on N × d inputs.
  init(layers: PretrainedLayers, keepsInputs: Bool, standardisedOn features: Matrix) {
    self.layers = layers
    self.keepsInputs = keepsInputs
    scaling = LayerScaling(standardising: layers.codes(of: features))
  }

  /// The map of a file; nil where its parts do not fit together.
  init?(layers: PretrainedLayers, keepsInputs: Bool, scaling: LayerScaling) {
    guard let last = layers.layers.last, (layers.activation?.form ?? .ridge) == .ridge,
      layers.layers.allSatisfy({ $0.rows >= 1 && $0.columns >= 1 && $0.values.allSatisfy(\.isFinite) }),
      zip(layers.layers, layers.layers.dropFirst()).allSatisfy({ $0.columns + 1 == $1.rows }),
      scaling.shifts.count == last.columns, scaling.units.count == last.columns,
      scaling.shifts.allSatisfy(\.isFinite), scaling.units.allSatisfy({ $0.isFinite && $0 > 0 })
    else { return nil }
    self.layers = layers
    self.keepsInputs = keepsInputs
    self.scaling = scaling
  }

  /// What is read on top of N × d inputs.
  func applied(to features: Matrix) -> Matrix {
    let codes = scaling.applied(to: layers.codes(of: features))
    return keepsInputs ? features.appendingColumns(of: codes) : codes
  }
}
