public import CambiumCore

/// The deep stacking network; see ``StackingSpec``. A block costs about `epochs` · N · units · (6 · inputs + 2 · units)
/// operations, on each hold-out.
public struct DeepStacking: Learner {
  /// How to train.
  public let spec: StackingSpec

  /// Checks the spec; throws an `InputError` that names the key that is out of range.
  public init(spec: StackingSpec = .init()) throws {
    try spec.validate()
    self.spec = spec
  }

  /// Trains on `data`; chooses by `validation`, or where that is nil by the spec's share of `data` held out.
  public func fit(_ data: Dataset, validation: Dataset?, in context: FitContext) throws -> Fit {
    var run = StackingRun(spec: spec, task: data.task, context: context)
    var divisions: [(training: Dataset, heldOut: Dataset)] = []
    if let validation, validation.sampleCount > 0 {
      divisions = [(data, validation)]
    } else {
      divisions = HeldOutSamples.holdOuts(
        spec.refit ? spec.holdOuts : 1, of: data, fraction: spec.validationFraction, random: context.random
      ).map { (data.selecting($0.training), data.selecting($0.heldOut)) }
    }
    guard let first = divisions.first?.heldOut else {
      run.train(on: data)
      return run.fit(heldOut: nil)
    }
    run.choose(by: divisions)
    let heldOut = HeldOutResult(
      data: first, outputs: run.model.outputs(for: first.features, workers: context.workers))
    if spec.refit { run.trainAgain(on: validation.map(data.appending) ?? data) }
    return run.fit(heldOut: heldOut)
  }
}
