public import CambiumCore

/// Another learner on top of features that were learned from inputs alone.
///
/// What the features do not keep of a sample the learner cannot know, unless the inputs stay beside them.
public struct HybridLearner: Learner {
  /// How the features are learned.
  public let features: FeatureSpec
  /// What learns the targets.
  public let learner: any Learner

  /// Checks the spec; throws an `InputError` that names the key that is out of range.
  public init(features: FeatureSpec = .init(), learner: any Learner) throws {
    try features.validate()
    self.features = features
    self.learner = learner
  }

  /// Learns features of the inputs of `data`, and with the other learner the targets.
  ///
  /// - Throws: What the learner throws; `InputError` where the features' training runs away.
  public func fit(_ data: Dataset, validation: Dataset?, in context: FitContext) throws -> Fit {
    let layers = try features.pretrained(on: data, in: context.child("features"))
    let map = FeatureMap(layers: layers, keepsInputs: features.keepsInputs, standardisedOn: data.features)
    func seen(_ data: Dataset) -> Dataset {
      Dataset(
        features: map.applied(to: data.features), targets: data.targets, task: data.task,
        weights: data.weights)
    }
    func joined<Top: Predictor>(_ top: Top) -> any Predictor { HybridModel(map: map, top: top) }
    var fit = try learner.fit(seen(data), validation: validation.map(seen), in: context)
    fit.predictor = joined(fit.predictor)
    fit.stages = fit.stages.map { joined($0) }
    return fit
  }
}
