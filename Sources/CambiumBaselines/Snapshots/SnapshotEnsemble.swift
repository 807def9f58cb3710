public import CambiumCore

/// The snapshot ensemble; see ``SnapshotSpec``. The model is a committee of perceptrons.
public struct SnapshotEnsemble: Learner {
  /// How to train.
  public let spec: SnapshotSpec

  /// Checks the spec; throws an `InputError` that names the key that is out of range.
  public init(spec: SnapshotSpec = .init()) throws {
    try spec.validate()
    self.spec = spec
  }

  /// Trains on `data`; chooses by `validation`, or where that is nil by the spec's share of `data` held out, and then
  /// trains on all of them.
  ///
  /// - Throws: `InputError` where the loss runs away, with the epoch and the step size, or the network would be too large.
  public func fit(_ data: Dataset, validation: Dataset?, in context: FitContext) throws -> Fit {
    var run = SnapshotRun(
      spec: spec, context: context,
      shape: try MultilayerPerceptron(spec: spec.rules).shape(for: data, spec.activation))
    var division: (training: Dataset, heldOut: Dataset)?
    if let validation, validation.sampleCount > 0 {
      division = (data, validation)
    } else if let split = HeldOutSamples(
      of: data, fraction: spec.validationFraction, random: context.random.child("held out"))
    {
      division = (data.selecting(split.training), data.selecting(split.heldOut))
    }
    guard let division else {
      return run.fit(try run.members(on: data, decay: spec.weightDecay[0]), heldOut: nil)
    }
    var best:
      (decay: Double, error: Double, model: CommitteeModel<MultilayerPerceptronModel>, outputs: Matrix)?
    for decay in spec.weightDecay where best == nil || !run.wasInterrupted {
      let model = try run.members(on: division.training, decay: decay)
      let outputs = model.outputs(for: division.heldOut.features, workers: context.workers)
      let error = Self.error(of: outputs, division.heldOut)
      if best.map({ error < $0.error }) ?? true { best = (decay, error, model, outputs) }
    }
    guard let best else { preconditionFailure("a penalty is tried") }
    let heldOut = HeldOutResult(data: division.heldOut, outputs: best.outputs)
    guard !run.wasInterrupted else { return run.fit(best.model, heldOut: heldOut) }
    if spec.weightDecay.count > 1 { run.decide("weight decay \(best.decay) had the least held-out error") }
    context.observer.observe(.stage("training on all samples"))
    let all = try run.members(on: validation.map(data.appending) ?? data, decay: best.decay)
    return run.fit(run.wasInterrupted ? best.model : all, heldOut: heldOut)
  }

  /// Σ v (p − y)² over samples and outputs.
  private static func error(of outputs: Matrix, _ data: Dataset) -> Double {
    var sum = 0.0
    for k in outputs.values.indices {
      let difference = outputs.values[k] - data.targets.values[k]
      sum += (data.weights?[k % max(outputs.rows, 1)] ?? 1) * difference * difference
    }
    return sum
  }
}

/// One fit of a snapshot ensemble under way.
private struct SnapshotRun {
  let spec: SnapshotSpec
  let context: FitContext
  let shape: LayerShape
  private(set) var wasInterrupted = false
  private var epochs = 0
  private var decisions: [String] = []

  init(spec: SnapshotSpec, context: FitContext, shape: LayerShape) {
    self.spec = spec
    self.context = context
    self.shape = shape
  }

  /// What the network is at the end of each cycle.
  mutating func members(on data: Dataset, decay: Double) throws -> CommitteeModel<MultilayerPerceptronModel> {
    let variant = NetworkVariant(network: shape, weightDecay: decay)
    var network = NetworkInTraining(
      spec: spec.rules, variant: variant, division: .init(training: data),
      start: variant.startingParameters(spec.rules, random: context.random.child("weights")),
      optimizer: GradientDescent(
        count: shape.parameterCount, learningRate: spec.rate, momentum: spec.momentum), context: context)
    var members: [MultilayerPerceptronModel] = []
    for cycle in 0..<spec.cycles {
      for epoch in 0..<spec.epochs where !wasInterrupted {
        let index = cycle * spec.epochs + epoch + 1
        network.optimizer.learningRate = spec.rate(ofEpoch: epoch)
        let summary = network.runEpoch(index)
        guard summary.isFinite else {
          throw InputError(
            .content, at: .init(column: "rate"),
            found:
              "a loss that ran away in epoch \(index), at a step size of \(network.optimizer.learningRate)",
            expected: "a smaller one, or a bounded activation")
        }
        epochs += 1
        context.observer.observe(.epoch(index: index, trainLoss: summary.trainLoss, validationLoss: nil))
        wasInterrupted = context.observer.isInterrupted
      }
      members.append(
        MultilayerPerceptronModel(shape: shape, task: data.task, parameters: network.parameters))
      if wasInterrupted { break }
    }
    guard let model = CommitteeModel(members: members) else {
      preconditionFailure("networks of one shape are a committee")
    }
    return model
  }

  mutating func decide(_ decision: String) {
    decisions.append(decision)
    context.observer.observe(.decision(decision))
  }

  func fit(_ model: CommitteeModel<MultilayerPerceptronModel>, heldOut: HeldOutResult?) -> Fit {
    Fit(
      predictor: model,
      report: FitReport(
        stopReason: wasInterrupted ? .interrupted : .epochBudget, epochs: epochs, decisions: decisions),
      heldOut: heldOut)
  }
}
