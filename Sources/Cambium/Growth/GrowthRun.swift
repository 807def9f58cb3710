internal import CambiumCore

/// A fit while it is made: networks to choose by, and the one that stays.
struct GrowthRun {
  /// Its tolerance is in standard deviations of the targets.
  let spec: GrowthSpec
  let data: Dataset
  let validation: Dataset?
  let context: FitContext

  func fit() throws -> Fit {
    let holdOuts = HoldOut.all(of: data, validation: validation, spec: spec.stopping, random: context.random)
    try MemoryNeed(of: spec, data: data, holdOuts: holdOuts.count).check()
    guard let first = holdOuts.first else { return fitWithoutHoldOut() }

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
      return Fit(
        predictor: tried, report: report, heldOut: heldOut,
        firstCoverage: trials.paths[0].firstCoverage(of: tried).renamed(by: first.rows))
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
    return Fit(
      predictor: network, report: report, heldOut: heldOut, stages: path.networks,
      firstCoverage: path.firstCoverage(of: network))
  }

  private func fitWithoutHoldOut() -> Fit {
    context.observer.observe(.stage("growing on all samples"))
    let path = GrowthLoop(
      spec: spec, topology: spec.topology == .automatic ? .cascade : spec.topology, data: data, heldOut: nil,
      largestSize: spec.stopping.maximumUnits, ridge: spec.readout.ridge, leastSizeAtFullCoverage: 0,
      context: context.child("final")
    ).run()
    let network = path.last.network
    return Fit(
      predictor: network,
      report: FitReport(stopReason: path.stopReason, epochs: path.epochs, rounds: path.rounds),
      stages: path.networks, firstCoverage: path.firstCoverage(of: network))
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
