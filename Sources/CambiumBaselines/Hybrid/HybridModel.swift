public import CambiumCore

/// A model on top of features that were learned from inputs alone.
public struct HybridModel<Top: Predictor>: Predictor {
  /// The model on top.
  public let top: Top
  private let map: FeatureMap

  init(map: FeatureMap, top: Top) {
    self.map = map
    self.top = top
  }

  /// Units, weights and layers of the features and of the model on top.
  public var size: ModelSize {
    var size = top.size
    size.inputs = map.inputCount
    size.units += map.layers.layers.reduce(0) { $0 + $1.columns }
    size.connections += map.layers.layers.reduce(0) { $0 + $1.values.count }
    size.depth += map.layers.layers.count
    return size
  }

  /// The outputs of the model on top for N × d `features`.
  public func outputs(for features: Matrix, workers: WorkerPool) -> Matrix {
    precondition(features.columns == map.inputCount, "the features read \(map.inputCount) inputs")
    return top.outputs(for: map.applied(to: features), workers: workers)
  }
}

extension HybridModel: Codable {
  private enum CodingKeys: String, CodingKey { case layers, activation, keepsInputs, means, deviations, top }

  /// Reads a model; throws where it could not work.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let layers = try container.decode([MultilayerPerceptronModel.Layer].self, forKey: .layers)
    let map = FeatureMap(
      layers: PretrainedLayers(
        layers: layers.map(\.weights),
        activation: try container.decodeIfPresent(Activation.self, forKey: .activation)),
      keepsInputs: try container.decode(Bool.self, forKey: .keepsInputs),
      scaling: LayerScaling(
        shifts: try container.decode([Double].self, forKey: .means),
        units: try container.decode([Double].self, forKey: .deviations)))
    let top = try container.decode(Top.self, forKey: .top)
    guard let map, top.size.inputs == map.outputCount else {
      throw DecodingError.dataCorruptedError(
        forKey: .layers, in: container,
        debugDescription: "expected layers that fit together and to the model on top")
    }
    self.init(map: map, top: top)
  }

  /// Writes the layers, how features are standardised, and the model on top.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(
      map.layers.layers.map { MultilayerPerceptronModel.Layer(weights: $0) }, forKey: .layers)
    try container.encodeIfPresent(map.layers.activation, forKey: .activation)
    try container.encode(map.keepsInputs, forKey: .keepsInputs)
    try container.encode(map.scaling.shifts, forKey: .means)
    try container.encode(map.scaling.units, forKey: .deviations)
    try container.encode(top, forKey: .top)
  }
}
