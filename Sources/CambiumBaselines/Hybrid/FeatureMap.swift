internal import CambiumCore

/// From inputs to what a learner on top of learned features reads: the inputs where they are kept, and the features,
/// standardised.
struct FeatureMap: Sendable, Equatable {
  let layers: PretrainedLayers
  let keepsInputs: Bool
  /// The mean and the standard deviation of each feature on the samples that were learned; 1 of a constant one.
  let means: [Double]
  let deviations: [Double]

  /// d, the inputs.
  var inputCount: Int { layers.layers[0].rows - 1 }
  /// What is read on top.
  var outputCount: Int { means.count + (keepsInputs ? inputCount : 0) }

  /// A map whose features have mean 0 and variance 1 on N × d inputs.
  init(layers: PretrainedLayers, keepsInputs: Bool, standardisedOn features: Matrix) {
    let codes = layers.codes(of: features)
    let count = Double(max(codes.rows, 1))
    means = (0..<codes.columns).map { codes.column($0).reduce(0, +) / count }
    deviations = zip(0..<codes.columns, means).map { column, mean in
      let square = codes.column(column).reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
      return square > 1e-24 ? square.squareRoot() : 1
    }
    self.layers = layers
    self.keepsInputs = keepsInputs
  }

  /// The map of a file; nil where its parts do not fit together.
  init?(layers: PretrainedLayers, keepsInputs: Bool, means: [Double], deviations: [Double]) {
    guard let last = layers.layers.last, layers.activation.form == .ridge,
      layers.layers.allSatisfy({ $0.rows >= 1 && $0.columns >= 1 && $0.values.allSatisfy(\.isFinite) }),
      zip(layers.layers, layers.layers.dropFirst()).allSatisfy({ $0.columns + 1 == $1.rows }),
      means.count == last.columns, deviations.count == last.columns, means.allSatisfy(\.isFinite),
      deviations.allSatisfy({ $0.isFinite && $0 > 0 })
    else { return nil }
    self.layers = layers
    self.keepsInputs = keepsInputs
    self.means = means
    self.deviations = deviations
  }

  /// What is read on top of N × d inputs.
  func applied(to features: Matrix) -> Matrix {
    var codes = layers.codes(of: features)
    for j in 0..<codes.columns {
      for i in 0..<codes.rows { codes[i, j] = (codes[i, j] - means[j]) / deviations[j] }
    }
    return keepsInputs ? features.appendingColumns(of: codes) : codes
  }
}
