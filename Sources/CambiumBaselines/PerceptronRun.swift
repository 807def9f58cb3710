internal import CambiumCore

/// One fit of a multilayer perceptron under way: what was chosen so far, and what it cost.
struct PerceptronRun {
  private let spec: MultilayerPerceptronSpec
  private let data: Dataset
  private let context: FitContext
  private var kept: (shape: LayerShape, outcome: PerceptronTraining.Outcome)?
  private var epochs = 0
  private var decisions: [String] = []

  /// Begins a fit to `data`.
  init(spec: MultilayerPerceptronSpec, data: Dataset, context: FitContext) {
    self.spec = spec
    self.data = data
    self.context = context
  }

  /// Trains on all samples until the loss no longer falls.
  mutating func train(_ shape: LayerShape) {
    kept = (shape, train(shape, [.init(training: data)], epochs: spec.epochs, endsEarly: true))
  }

  /// Trains networks of each shape and keeps the shape with the least held-out loss, of equals the first.
  mutating func chooseShape(among shapes: [LayerShape], by divisions: [PerceptronTraining.Division]) {
    // Without hidden layers all functions make the same network.
    let distinct = spec.layers.isEmpty ? Array(shapes.prefix(1)) : shapes
    for shape in distinct {
      if distinct.count > 1 { context.observer.observe(.stage("training with \(shape.activation.rawValue)")) }
      let outcome = train(shape, divisions, epochs: spec.epochs, endsEarly: true)
      let isBetter = kept.map { outcome.heldOutLoss < $0.outcome.heldOutLoss } ?? true
      if isBetter { kept = (shape, outcome) }
      if outcome.reason == .interrupted {
        kept?.outcome.reason = .interrupted
        return
      }
    }
    guard distinct.count > 1, let kept else { return }
    decide("\(kept.shape.activation.rawValue) units had the least held-out loss")
  }

  /// Trains the kept shape again, from the same starting weights, for as many epochs on all samples. An
  /// interrupt leaves the network that was trained on fewer.
  mutating func trainAgainOnAll() {
    guard let (shape, chosen) = kept, chosen.reason != .interrupted, chosen.keptEpoch > 0 else { return }
    decide("least held-out loss after \(chosen.keptEpoch) epochs: as many are trained on all samples")
    context.observer.observe(.stage("training on all samples"))
    let again = train(shape, [.init(training: data)], epochs: chosen.keptEpoch, endsEarly: false)
    if again.reason == .interrupted {
      kept?.outcome.reason = .interrupted
    } else {
      kept?.outcome.parameters = again.parameters
    }
  }

  /// The model, and how it came about.
  func fit() -> Fit {
    guard let (shape, outcome) = kept, var parameters = outcome.parameters.first else {
      preconditionFailure("nothing was trained")
    }
    for k in shape.offset(ofLayer: shape.layerCount - 1)..<shape.parameterCount {
      parameters[k] *= outcome.scale
    }
    return Fit(
      predictor: MultilayerPerceptronModel(shape: shape, task: data.task, parameters: parameters),
      report: FitReport(stopReason: outcome.reason, epochs: epochs, decisions: decisions))
  }

  private mutating func decide(_ decision: String) {
    decisions.append(decision)
    context.observer.observe(.decision(decision))
  }

  private mutating func train(
    _ shape: LayerShape, _ divisions: [PerceptronTraining.Division], epochs: Int, endsEarly: Bool
  ) -> PerceptronTraining.Outcome {
    let training = PerceptronTraining(spec: spec, shape: shape, divisions: divisions, context: context)
    let outcome = training.run(epochs: epochs, endsEarly: endsEarly)
    self.epochs += outcome.epochs * divisions.count
    outcome.decisions.forEach { decide($0) }
    return outcome
  }
}
