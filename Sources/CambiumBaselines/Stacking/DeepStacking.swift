public import CambiumCore

/// The deep stacking network; see ``StackingSpec``. A block costs about `epochs` · N · units · (6 · inputs + 2 · units)
/// operations.
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
    var division: (training: Dataset, heldOut: Dataset)?
    if let validation, validation.sampleCount > 0 {
      division = (data, validation)
    } else if let split = HeldOutSamples(
      of: data, fraction: spec.validationFraction, random: context.random.child("held out"))
    {
      division = (data.selecting(split.training), data.selecting(split.heldOut))
    }
    guard let division else {
      run.train(on: data)
      return run.fit(heldOut: nil)
    }
    run.choose(training: division.training, heldOut: division.heldOut)
    let heldOut = HeldOutResult(
      data: division.heldOut,
      outputs: run.model.outputs(for: division.heldOut.features, workers: context.workers))
    if spec.refit { run.trainAgain(on: validation.map(data.appending) ?? data) }
    return run.fit(heldOut: heldOut)
  }
}
