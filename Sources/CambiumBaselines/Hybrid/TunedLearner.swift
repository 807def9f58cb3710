public import CambiumCore

/// What another learner makes, such as a grown network, as the start of a fixed network that backpropagation then trains:
/// units and connections stay as they are, connections that are absent stay absent, all weights move.
///
/// How long is chosen by held-out samples, none at all among the answers: a model is made on the others and trained, and
/// the number of epochs with the least held-out loss is then trained on a model of all samples. So the other learner works
/// twice, or, without `refit`, on the others alone.
public struct TunedLearner: Learner {
  /// How the weights are trained; of `epochs` there may be 0.
  public let tuning: BackpropagationSpec
  /// What makes the models to start from.
  public let learner: any Learner

  /// Checks the spec; throws an `InputError` that names the key that is out of range.
  public init(tuning: BackpropagationSpec = .init(), of learner: any Learner) throws {
    try Self.validate(tuning)
    self.tuning = tuning
    self.learner = learner
  }

  /// Throws an `InputError` that names the first key whose value is out of range.
  public static func validate(_ tuning: BackpropagationSpec) throws {
    var atLeastOne = tuning
    atLeastOne.epochs = tuning.epochs == 0 ? 1 : tuning.epochs
    try atLeastOne.validate()
  }

  /// Lets the other learner learn `data`, and trains the weights of its model.
  ///
  /// With 0 epochs the outcome is the other learner's. Where its models are not of a kind whose weights can be trained, too.
  /// - Throws: What the other learner throws.
  public func fit(_ data: Dataset, validation: Dataset?, in context: FitContext) throws -> Fit {
    let division = division(of: data, validation, context)
    guard tuning.epochs > 0, let division, !tuning.refit else {
      let whole = try learner.fit(data, validation: validation, in: context)
      guard tuning.epochs > 0, !context.observer.isInterrupted, whole.predictor is any TunableModel else {
        return whole
      }
      let all = validation.map(data.appending) ?? data
      guard let division else { return trained(whole, on: .init(training: all), context) }
      return try trainedAsLongAsBest(whole, on: all, division, context)
    }
    return trained(
      try learner.fit(division.training, validation: nil, in: context.child("held in")), on: division, context
    )
  }

  /// A fit whose model is trained until held-out samples, or its own loss where there are none, say that it is enough.
  private func trained(_ start: Fit, on division: BackpropagationTraining.Division, _ context: FitContext)
    -> Fit
  {
    guard let model = start.predictor as? any TunableModel, !context.observer.isInterrupted else {
      return start
    }
    context.observer.observe(.stage("training its weights"))
    var run = TuningRun(tuning, context)
    let tuned = run.train(model, on: division, epochs: tuning.epochs, endsEarly: true)
    var fit = run.fit(start, model: tuned.epochs > 0 ? tuned.model : nil)
    if let samples = division.heldOut { fit.heldOut = heldOut(samples, by: tuned.model, context) }
    return fit
  }

  /// A fit of all samples whose model is trained for as many epochs as were best for a model of those not held out.
  private func trainedAsLongAsBest(
    _ whole: Fit, on all: Dataset, _ division: BackpropagationTraining.Division, _ context: FitContext
  ) throws -> Fit {
    context.observer.observe(.stage("making the same of the samples that are not held out"))
    let start = try learner.fit(division.training, validation: nil, in: context.child("held in"))
    guard let model = whole.predictor as? any TunableModel, let trial = start.predictor as? any TunableModel
    else { return whole }
    context.observer.observe(.stage("training its weights"))
    var run = TuningRun(tuning, context)
    run.epochs += start.report.epochs
    let tried = run.train(trial, on: division, epochs: tuning.epochs, endsEarly: true)
    var fit = whole
    if let samples = division.heldOut { fit.heldOut = heldOut(samples, by: tried.model, context) }
    guard !context.observer.isInterrupted else { return run.fit(fit, model: tried.model) }
    guard tried.epochs > 0 else { return run.fit(fit, model: nil) }
    context.observer.observe(.stage("training the weights on all samples"))
    let kept = run.train(
      model, on: .init(training: all), epochs: tried.epochs, endsEarly: false, decay: tried.decay,
      scale: tried.scale)
    return run.fit(fit, model: context.observer.isInterrupted ? tried.model : kept.model)
  }

  private func heldOut(_ samples: Dataset, by model: any Predictor, _ context: FitContext) -> HeldOutResult {
    HeldOutResult(data: samples, outputs: model.outputs(for: samples.inputs, workers: context.workers))
  }

  /// Samples to train on and others to choose by; nil where there are none to choose by.
  private func division(of data: Dataset, _ validation: Dataset?, _ context: FitContext)
    -> BackpropagationTraining.Division?
  {
    if let validation, validation.sampleCount > 0 { return .init(training: data, heldOut: validation) }
    return HeldOutSamples(
      of: data, fraction: tuning.validationFraction, random: context.random.child("held out for tuning")
    ).map { .init(training: data.selecting($0.training), heldOut: data.selecting($0.heldOut)) }
  }
}

/// A tuning under way.
private struct TuningRun {
  /// A model after its training.
  struct Tuned {
    var model: any Predictor
    var decay: Double
    var epochs: Int
    /// What all scores were multiplied by.
    var scale: Double
  }

  let rules: MultilayerPerceptronSpec
  let decays: [Double]
  let context: FitContext
  var epochs = 0
  private var decisions: [String] = []

  init(_ tuning: BackpropagationSpec, _ context: FitContext) {
    (rules, decays, self.context) = (tuning.rules(activation: .tanh), tuning.weightDecay, context)
  }

  /// Trains the weights of a model; of several penalties the one with the least held-out loss stays.
  mutating func train<Model: TunableModel>(
    _ model: Model, on division: BackpropagationTraining.Division, epochs: Int, endsEarly: Bool,
    decay: Double? = nil, scale: Double? = nil
  ) -> Tuned {
    let lesson = BackpropagationTraining.Division(
      training: model.wantedScores(of: division.training), heldOut: division.heldOut.map(model.wantedScores))
    let (network, parameters) = model.tunable(dropout: Dropout(share: rules.dropout))
    let start = network.layout.matrices(of: parameters)
    var best: (outcome: BackpropagationTraining.Outcome, decay: Double)?
    let tried = decay.map { [$0] } ?? (division.heldOut == nil ? Array(decays.prefix(1)) : decays)
    for decay in tried where best?.outcome.reason != .interrupted {
      let variant = NetworkVariant(
        network: network, weightDecay: decay, start: start, startIsTrained: true)
      let outcome = BackpropagationTraining(
        spec: rules, variant: variant, divisions: [lesson], context: context.child("tuning")
      ).run(epochs: epochs, endsEarly: endsEarly)
      self.epochs += outcome.epochs
      outcome.decisions.forEach { decide($0) }
      if best.map({ outcome.heldOutLoss < $0.outcome.heldOutLoss }) ?? true { best = (outcome, decay) }
    }
    guard let best else { preconditionFailure("a penalty is tried") }
    let factor = scale ?? best.outcome.scale
    let isMoved = best.outcome.keptEpoch > 0
    let tuned =
      isMoved
      ? model.tuned(
        to: network.layout.timesReadout(factor, best.outcome.parameters[0]), on: division.training,
        workers: context.workers) : nil
    if endsEarly {
      decide(
        isMoved
          ? "\(best.outcome.keptEpoch) epochs of backpropagation, with weight decay \(best.decay), were best"
          : "no epoch of backpropagation made the held-out loss less: the weights stay as they were")
    }
    return Tuned(
      model: tuned ?? model, decay: best.decay, epochs: tuned == nil ? 0 : best.outcome.keptEpoch,
      scale: factor)
  }

  private mutating func decide(_ decision: String) {
    decisions.append(decision)
    context.observer.observe(.decision(decision))
  }

  /// The fit of another learner with its model after training; nil where its weights stay as they were.
  func fit(_ start: Fit, model: (any Predictor)?) -> Fit {
    var fit = start
    fit.report.epochs += epochs
    fit.report.decisions += decisions
    if context.observer.isInterrupted { fit.report.stopReason = .interrupted }
    guard let model else { return fit }
    fit.predictor = model
    // The rounds led to weights that are no longer there.
    fit.stages = []
    fit.state = nil
    return fit
  }
}
