internal import CambiumCore

/// One fit of a multilayer perceptron under way: what was chosen so far, and what it cost.
struct PerceptronRun {
  private let spec: MultilayerPerceptronSpec
  private let data: Dataset
  private let context: FitContext
  private var kept: (variant: PerceptronVariant, outcome: PerceptronTraining.Outcome)?
  private var heldOut: HeldOutResult?
  private var epochs = 0
  private var decisions: [String] = []

  /// Begins a fit to `data`.
  init(spec: MultilayerPerceptronSpec, data: Dataset, context: FitContext) {
    self.spec = spec
    self.data = data
    self.context = context
  }

  /// Trains on all samples until the loss no longer falls.
  mutating func train(_ variant: PerceptronVariant) {
    kept = (variant, train(variant, [.init(training: data)], epochs: spec.epochs, endsEarly: true))
  }

  /// Trains a network of each variant and keeps that with the least held-out loss, of equals the first.
  mutating func choose(among variants: [PerceptronVariant], by divisions: [PerceptronTraining.Division]) {
    defer { heldOut = heldOutResult(divisions) }
    // Without hidden layers all functions make the same network.
    let distinct = variants.filter { !spec.layers.isEmpty || $0.shape == variants[0].shape }
    for variant in distinct {
      if distinct.count > 1 { context.observer.observe(.stage("training with \(variant)")) }
      let outcome = train(variant, divisions, epochs: spec.epochs, endsEarly: true)
      let isBetter = kept.map { outcome.heldOutLoss < $0.outcome.heldOutLoss } ?? true
      if isBetter { kept = (variant, outcome) }
      if outcome.reason == .interrupted {
        kept?.outcome.reason = .interrupted
        return
      }
    }
    guard distinct.count > 1, let kept else { return }
    decide("\(kept.variant) had the least held-out loss")
  }

  /// Trains the kept variant again, from the same starting weights, for as many epochs on all samples. An
  /// interrupt leaves the network that was trained on fewer.
  mutating func trainAgain(on all: Dataset) {
    guard let (variant, chosen) = kept, chosen.reason != .interrupted, chosen.keptEpoch > 0 else { return }
    decide("the best took \(chosen.keptEpoch) epochs: as many are trained on all samples")
    context.observer.observe(.stage("training on all samples"))
    let again = train(variant, [.init(training: all)], epochs: chosen.keptEpoch, endsEarly: false)
    if again.reason == .interrupted {
      kept?.outcome.reason = .interrupted
    } else {
      kept?.outcome.parameters = again.parameters
      kept?.outcome.updates = again.updates
    }
  }

  /// The model, and how it came about.
  func fit() -> Fit {
    guard let kept else { preconditionFailure("nothing was trained") }
    return Fit(
      predictor: model(of: kept.variant, kept.outcome),
      report: FitReport(
        stopReason: kept.outcome.reason, epochs: epochs, decisions: decisions,
        layerUpdates: spec.tellsUpdates ? kept.outcome.updates : nil),
      heldOut: heldOut)
  }

  private func model(of variant: PerceptronVariant, _ outcome: PerceptronTraining.Outcome)
    -> MultilayerPerceptronModel
  {
    let shape = variant.shape
    var parameters = outcome.parameters[0]
    for k in shape.offset(ofLayer: shape.layerCount - 1)..<shape.parameterCount {
      parameters[k] *= outcome.scale
    }
    return MultilayerPerceptronModel(shape: shape, task: data.task, parameters: parameters)
  }

  /// How the network that was kept did on the first hold-out's samples, which it had not learned.
  private func heldOutResult(_ divisions: [PerceptronTraining.Division]) -> HeldOutResult? {
    guard let kept, let samples = divisions.first?.heldOut else { return nil }
    let outputs = model(of: kept.variant, kept.outcome)
      .outputs(for: samples.features, workers: context.workers)
    return HeldOutResult(data: samples, outputs: outputs)
  }

  private mutating func decide(_ decision: String) {
    decisions.append(decision)
    context.observer.observe(.decision(decision))
  }

  private mutating func train(
    _ variant: PerceptronVariant, _ divisions: [PerceptronTraining.Division], epochs: Int, endsEarly: Bool
  ) -> PerceptronTraining.Outcome {
    let training = PerceptronTraining(spec: spec, variant: variant, divisions: divisions, context: context)
    let outcome = training.run(epochs: epochs, endsEarly: endsEarly)
    self.epochs += outcome.epochs * divisions.count
    outcome.decisions.forEach { decide($0) }
    return outcome
  }
}
