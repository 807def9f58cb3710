internal import CambiumCore

/// Several models that answer together: a weighted mean of their outputs.
struct StackedModel: Predictor {
  /// One of the models.
  struct Part: Sendable {
    /// The name of its kind in the catalogue.
    let kind: String
    /// Its weight, at least 0.
    let weight: Double
    /// The model.
    let model: any Predictor
  }

  /// The models, at least one, whose weights sum to 1.
  let parts: [Part]

  /// What the models have together, those of no weight left out; the greatest depth.
  var size: ModelSize {
    let first = parts[0].model.size
    let sizes = parts.filter { $0.weight > 0 }.map(\.model.size)
    return ModelSize(
      inputs: first.inputs, outputs: first.outputs, units: sizes.reduce(0) { $0 + $1.units },
      connections: sizes.reduce(0) { $0 + $1.connections }, depth: sizes.map(\.depth).max() ?? 0)
  }

  /// The outputs for N × d `features`: those of each model of some weight, and their mean.
  func outputs(for features: Matrix, workers: WorkerPool) -> Matrix {
    let asked = parts.filter { $0.weight > 0 }
    return Self.mean(of: asked.map { $0.model.outputs(for: features, workers: workers) }, asked.map(\.weight))
  }

  /// Σ w_k P_k.
  static func mean(of outputs: [Matrix], _ weights: [Double]) -> Matrix {
    var mean = Matrix(rows: outputs[0].rows, columns: outputs[0].columns)
    for (output, weight) in zip(outputs, weights) {
      for k in mean.values.indices { mean.values[k] += weight * output.values[k] }
    }
    return mean
  }
}

extension StackedModel: Codable {
  private enum CodingKeys: String, CodingKey { case parts }

  /// Reads a model; throws where it could not work.
  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    parts = try container.decode([Part].self, forKey: .parts)
    let sizes = parts.map(\.model.size)
    guard let first = sizes.first,
      sizes.allSatisfy({ $0.inputs == first.inputs && $0.outputs == first.outputs }),
      parts.allSatisfy({ $0.weight >= 0 }), abs(parts.reduce(0) { $0 + $1.weight } - 1) < 1e-9
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .parts, in: container,
        debugDescription: "expected models of the same inputs and outputs, and weights with the sum 1")
    }
  }
}

extension StackedModel.Part: Codable {
  private enum CodingKeys: String, CodingKey { case kind, weight, model }

  /// Reads a part, whose kind is one of the standard catalogue.
  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    kind = try container.decode(String.self, forKey: .kind)
    weight = try container.decode(Double.self, forKey: .weight)
    guard let known = try? LearnerCatalogue.standard.kind(named: kind) else {
      throw DecodingError.dataCorruptedError(
        forKey: .kind, in: container, debugDescription: "there is no learner \(kind)")
    }
    func read<Model: Predictor>(_ type: Model.Type) throws -> any Predictor {
      try container.decode(type, forKey: .model)
    }
    model = try read(known.predictorType)
  }

  /// Writes the name of the kind, the weight and the model.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(kind, forKey: .kind)
    try container.encode(weight, forKey: .weight)
    func write(_ model: some Predictor) throws { try container.encode(model, forKey: .model) }
    try write(model)
  }
}
