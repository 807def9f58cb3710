public import CambiumCore

/// A stacked autoencoder: layers that lead from inputs to a code, and others that lead back.
public struct Autoencoder: Sendable, Equatable {
  /// Each layer's way there, (1 + fan-in) × units, and its way back, (1 + units) × fan-in; biases in the first rows.
  public struct Layer: Sendable, Equatable {
    /// The way there.
    public let encoder: MultilayerPerceptronModel.Layer
    /// The way back, linear.
    public let decoder: MultilayerPerceptronModel.Layer

    /// Makes a layer; nil where the two do not fit together.
    public init?(encoder: MultilayerPerceptronModel.Layer, decoder: MultilayerPerceptronModel.Layer) {
      guard encoder.weights.rows >= 1, encoder.weights.columns >= 1,
        decoder.weights.rows == 1 + encoder.weights.columns,
        decoder.weights.columns == encoder.weights.rows - 1
      else { return nil }
      self.encoder = encoder
      self.decoder = decoder
    }
  }

  /// The layers, from the inputs up, at least one.
  public let layers: [Layer]
  /// The function of every unit on the way there.
  public let activation: Activation

  /// Makes an autoencoder; nil where there is no layer, or one does not read what the one below says.
  public init?(layers: [Layer], activation: Activation) {
    guard !layers.isEmpty, activation.form == .ridge else { return nil }
    for (lower, upper) in zip(layers, layers.dropFirst()) {
      guard upper.encoder.weights.rows == 1 + lower.encoder.weights.columns else { return nil }
    }
    self.layers = layers
    self.activation = activation
  }

  /// Trains the layers one by one, each to give back what the one below says; targets are not looked at.
  ///
  /// - Parameters:
  ///   - data: Samples with standardised inputs.
  ///   - units: Units of each layer, at least one number, each at least 1.
  ///   - activation: The function of every unit, of z = w·φ.
  /// - Throws: `InputError` where a loss runs away, with the epoch and the step size.
  public init(
    trainedOn data: Dataset, units: [Int], activation: Activation, by training: AutoencoderTraining,
    in context: FitContext
  ) throws {
    precondition(!units.isEmpty && activation.form == .ridge, "an autoencoder has a layer of ridge units")
    var layers: [Layer] = []
    var seen = data
    for (index, count) in units.enumerated() {
      context.observer.observe(.stage("training layer \(index + 1) of \(units.count), \(count) units"))
      let trained = try training.layer(of: count, activation, on: seen, in: context.child("layer", index))
      guard
        let layer = Layer(encoder: .init(weights: trained.encoder), decoder: .init(weights: trained.decoder))
      else { preconditionFailure("a layer whose ways do not fit together") }
      layers.append(layer)
      guard index < units.count - 1 else { break }
      seen = PretrainedLayers(layers: [trained.encoder], activation: activation).coded(seen)
    }
    self.layers = layers
    self.activation = activation
  }

  /// The ways there, as hidden layers of a network that is to learn targets.
  var encoders: PretrainedLayers {
    PretrainedLayers(layers: layers.map(\.encoder.weights), activation: activation)
  }

  /// What the last layer says of N × d `features`: N × units. O(N · weights).
  public func codes(of features: Matrix) -> Matrix {
    precondition(
      features.columns == layers[0].decoder.weights.columns,
      "\(features.columns) inputs for an autoencoder of \(layers[0].decoder.weights.columns)")
    return encoders.codes(of: features)
  }

  /// What the code of N × d `features` leads back to, N × d. O(N · weights).
  public func reconstructions(of features: Matrix) -> Matrix {
    layers.reversed().reduce(codes(of: features)) { $0.withOnes().times($1.decoder.weights) }
  }
}

extension Autoencoder.Layer: Codable {
  private enum CodingKeys: String, CodingKey { case encoder, decoder }

  /// Reads a layer; throws where its ways do not fit together.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let layer = Autoencoder.Layer(
      encoder: try container.decode(MultilayerPerceptronModel.Layer.self, forKey: .encoder),
      decoder: try container.decode(MultilayerPerceptronModel.Layer.self, forKey: .decoder))
    guard let layer else {
      throw DecodingError.dataCorruptedError(
        forKey: .decoder, in: container, debugDescription: "expected a way back of the shape of the way there"
      )
    }
    self = layer
  }
}

extension Autoencoder: Codable {
  private enum CodingKeys: String, CodingKey { case layers, activation }

  /// Reads an autoencoder; throws where its layers do not fit together.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let autoencoder = Autoencoder(
      layers: try container.decode([Layer].self, forKey: .layers),
      activation: try container.decode(Activation.self, forKey: .activation))
    guard let autoencoder else {
      throw DecodingError.dataCorruptedError(
        forKey: .layers, in: container, debugDescription: "expected layers that read what the one below says")
    }
    self = autoencoder
  }
}
