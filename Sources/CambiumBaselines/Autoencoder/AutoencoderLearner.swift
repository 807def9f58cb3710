public import CambiumCore

/// Learns with a stacked autoencoder; see ``AutoencoderSpec``. The model is a perceptron of its ways there.
public struct AutoencoderLearner: Learner {
  /// How to train.
  public let spec: AutoencoderSpec

  /// Checks the spec; throws an `InputError` that names the key that is out of range.
  public init(spec: AutoencoderSpec = .init()) throws {
    try spec.validate()
    self.spec = spec
  }

  /// Trains the layers on the inputs of `data`, and then the whole on the targets.
  ///
  /// - Throws: `InputError` where a layer's loss runs away, with the epoch and the step size.
  public func fit(_ data: Dataset, validation: Dataset?, in context: FitContext) throws -> Fit {
    let layers = try pretrained(on: data, in: context.child("pretraining"))
    var fit = try layers.fit(data, validation: validation, by: spec.fineTuning, in: context)
    fit.report.epochs += spec.pretraining.epochs * spec.units.count
    return fit
  }

  /// The hidden layers of an autoencoder that was trained on the inputs of `data`.
  func pretrained(on data: Dataset, in context: FitContext) throws -> PretrainedLayers {
    try Autoencoder(
      trainedOn: data, units: spec.units, activation: spec.activation,
      by: AutoencoderTraining(spec: spec.pretraining, keyPath: "pretraining."), in: context
    ).encoders
  }
}
