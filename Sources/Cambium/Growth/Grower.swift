public import CambiumCore

/// Grows networks: the strategy, and the choice of how far to follow it.
///
/// With held-out samples, networks are grown long on the others, the topology and the size (for classes also the
/// readout's ridge) with the least held-out loss are chosen, zero units among the answers, and a network of that
/// size is grown again on all samples. Without, growth ends at full coverage or at its budget.
public struct Grower: Learner {
  /// How it grows.
  public let spec: GrowthSpec

  /// Makes a grower; throws where the spec is out of range.
  public init(spec: GrowthSpec = GrowthSpec()) throws {
    try spec.validate()
    self.spec = spec
  }

  /// Grows a network on `data`.
  ///
  /// - Parameter validation: Samples to choose the size by; else `stopping.validationFraction` of `data` is
  ///   held out. Either way the network that is returned has, unless `stopping.regrow` is off, learned them too.
  /// - Throws: `InputError` where there are no samples, where receptive fields do not fit the inputs, and where the
  ///   largest network that the spec allows needs more memory than there is.
  public func fit(_ data: Dataset, validation: Dataset?, in context: FitContext) throws -> Fit {
    guard data.sampleCount > 0, validation?.sampleCount != 0 else {
      throw InputError(.content, found: "no samples", expected: "at least one to learn, and to choose by")
    }
    try spec.fields.check(against: data.columns)
    let holdOuts = HoldOut.all(of: data, validation: validation, spec: spec.stopping, random: context.random)
    try MemoryNeed(of: spec, data: data, holdOuts: holdOuts.count).check()
    guard let first = holdOuts.first else { return fitWithoutHoldOut(data, context) }

    context.observer.observe(.stage("choosing a size on held-out samples"))
    let trials = Trials(of: spec, on: holdOuts, context)
    let choice = trials.choice
    context.observer.observe(.decision(choice.description))
    let tried = trials.paths[0].network(of: choice, spec: spec)
    let heldOut = HeldOutResult(
      data: first.heldOut, outputs: tried.outputs(for: first.heldOut.features, workers: context.workers))
    var report = FitReport(
      stopReason: .bestHeldOutSize, epochs: trials.epochs,
      rounds: Array(trials.paths[0].rounds.prefix(choice.rounds)), decisions: [choice.description])
    if context.observer.isInterrupted { report.stopReason = .interrupted }
    guard spec.stopping.regrow, !context.observer.isInterrupted else {
      return Fit(predictor: tried, report: report, heldOut: heldOut)
    }

    context.observer.observe(.stage("growing on all samples"))
    let all = validation.map(data.appending) ?? data
    let size = min(choice.rounds * spec.selection.keep, spec.stopping.maximumUnits)
    let path = GrowthLoop(
      spec: spec, topology: choice.topology, data: all, heldOut: nil,
      largestSize: choice.endsAtFullCoverage ? spec.stopping.maximumUnits : size, ridge: trials.ridge,
      leastSizeAtFullCoverage: choice.endsAtFullCoverage ? size : nil, context: context.child("final")
    ).run()
    report.epochs += path.epochs
    report.rounds = path.rounds.withValidationErrors(of: trials.paths[0].rounds)
    if path.stopReason != .unitBudget { report.stopReason = path.stopReason }
    let network = choice.endsAtFullCoverage ? path.last.network : path.network(of: choice, spec: spec)
    return Fit(predictor: network, report: report, heldOut: heldOut, stages: path.networks)
  }

  private func fitWithoutHoldOut(_ data: Dataset, _ context: FitContext) -> Fit {
    context.observer.observe(.stage("growing on all samples"))
    let path = GrowthLoop(
      spec: spec, topology: spec.topology == .automatic ? .cascade : spec.topology, data: data, heldOut: nil,
      largestSize: spec.stopping.maximumUnits, ridge: spec.readout.ridge, leastSizeAtFullCoverage: 0,
      context: context.child("final")
    ).run()
    return Fit(
      predictor: path.last.network,
      report: FitReport(stopReason: path.stopReason, epochs: path.epochs, rounds: path.rounds),
      stages: path.networks)
  }
}

extension [RoundRecord] {
  /// These rounds with the held-out errors that others had after as many rounds.
  fileprivate func withValidationErrors(of others: [RoundRecord]) -> [RoundRecord] {
    let errors = Dictionary(others.map { ($0.index, $0.validationError) }) { first, _ in first }
    return map { round in
      var round = round
      round.validationError = errors[round.index] ?? nil
      return round
    }
  }
}
