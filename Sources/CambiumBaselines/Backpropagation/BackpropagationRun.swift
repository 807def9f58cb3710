internal import CambiumCore

/// One fit by backpropagation under way: what was chosen so far, and what it cost.
struct BackpropagationRun {
  private let spec: MultilayerPerceptronSpec
  private let data: Dataset
  private let context: FitContext
  private let makeModel: (any BackpropagatedNetwork, [Double], Double) -> any Predictor
  private var kept: (variant: NetworkVariant, outcome: BackpropagationTraining.Outcome)?
  private var heldOut: HeldOutResult?
  private var epochs = 0
  private var decisions: [String] = []

  /// Fits one of `variants`, at least one, to `data`, chosen by `validation`, or where that is nil by the spec's share of
  /// `data` held out. What was chosen is then, unless `refit` is off, trained on all of them.
  ///
  /// - Parameter model: Makes the model of a network, its weights, and what all its scores are to be multiplied by.
  static func fit(
    _ variants: [NetworkVariant], by spec: MultilayerPerceptronSpec, to data: Dataset, validation: Dataset?,
    in context: FitContext, model: @escaping (any BackpropagatedNetwork, [Double], Double) -> any Predictor
  ) -> Fit {
    let validation = validation.flatMap { $0.sampleCount > 0 ? $0 : nil }
    var run = BackpropagationRun(spec: spec, data: data, context: context, makeModel: model)
    let divisions =
      validation.map { [.init(training: data, heldOut: $0)] }
      ?? run.holdOuts()
    if divisions.isEmpty {
      run.train(variants[0])
    } else {
      run.choose(among: variants, by: divisions)
      if spec.refit { run.trainAgain(on: validation.map(data.appending) ?? data) }
    }
    return run.fit()
  }

  private init(
    spec: MultilayerPerceptronSpec, data: Dataset, context: FitContext,
    makeModel: @escaping (any BackpropagatedNetwork, [Double], Double) -> any Predictor
  ) {
    self.spec = spec
    self.data = data
    self.context = context
    self.makeModel = makeModel
  }

  /// Hold-outs until enough samples were held out in all; none where the samples are too few.
  private func holdOuts() -> [BackpropagationTraining.Division] {
    HeldOutSamples.holdOuts(
      spec.refit ? spec.holdOuts : 1, of: data, fraction: spec.validationFraction, random: context.random
    ).map { .init(training: data.selecting($0.training), heldOut: data.selecting($0.heldOut)) }
  }

  /// Trains on all samples until the loss no longer falls.
  private mutating func train(_ variant: NetworkVariant) {
    kept = (variant, train(variant, [.init(training: data)], epochs: spec.epochs, endsEarly: true))
  }

  /// Trains a network of each variant and keeps that with the least held-out loss, of equals the first.
  private mutating func choose(
    among variants: [NetworkVariant], by divisions: [BackpropagationTraining.Division]
  ) {
    defer { heldOut = heldOutResult(divisions) }
    for variant in variants {
      if variants.count > 1 { context.observer.observe(.stage("training with \(variant)")) }
      let outcome = train(variant, divisions, epochs: spec.epochs, endsEarly: true)
      let isBetter = kept.map { outcome.heldOutLoss < $0.outcome.heldOutLoss } ?? true
      if isBetter { kept = (variant, outcome) }
      if outcome.reason == .interrupted {
        kept?.outcome.reason = .interrupted
        return
      }
    }
    guard variants.count > 1, let kept else { return }
    decide("\(kept.variant) had the least held-out loss")
  }

  /// Trains the kept variant again, from the same starting weights, for as many epochs on all samples. An
  /// interrupt leaves the network that was trained on fewer.
  private mutating func trainAgain(on all: Dataset) {
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
  private func fit() -> Fit {
    guard let kept else { preconditionFailure("nothing was trained") }
    return Fit(
      predictor: model(of: kept.variant, kept.outcome),
      report: FitReport(
        stopReason: kept.outcome.reason, epochs: epochs, decisions: decisions,
        layerUpdates: spec.tellsUpdates ? kept.outcome.updates : nil),
      heldOut: heldOut)
  }

  private func model(of variant: NetworkVariant, _ outcome: BackpropagationTraining.Outcome)
    -> any Predictor
  {
    makeModel(variant.network, outcome.parameters[0], outcome.scale)
  }

  /// How the network that was kept did on the first hold-out's samples, which it had not learned.
  private func heldOutResult(_ divisions: [BackpropagationTraining.Division]) -> HeldOutResult? {
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
    _ variant: NetworkVariant, _ divisions: [BackpropagationTraining.Division], epochs: Int, endsEarly: Bool
  ) -> BackpropagationTraining.Outcome {
    let training = BackpropagationTraining(
      spec: spec, variant: variant, divisions: divisions, context: context)
    let outcome = training.run(epochs: epochs, endsEarly: endsEarly)
    self.epochs += outcome.epochs * divisions.count
    outcome.decisions.forEach { decide($0) }
    return outcome
  }
}
