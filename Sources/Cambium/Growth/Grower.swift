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
  /// - Throws: `InputError` where there are no samples.
  public func fit(_ data: Dataset, validation: Dataset?, in context: FitContext) throws -> Fit {
    guard data.sampleCount > 0, validation?.sampleCount != 0 else {
      throw InputError(.content, found: "no samples", expected: "at least one to learn, and to choose by")
    }
    let holdOuts = holdOuts(of: data, validation: validation, random: context.random)
    guard let first = holdOuts.first else { return fitWithoutHoldOut(data, context) }

    context.observer.observe(.stage("choosing a size on held-out samples"))
    let trials = trials(on: holdOuts, context)
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
    let path = GrowthLoop(
      spec: spec, topology: choice.topology, data: all, heldOut: nil,
      largestSize: choice.endsAtFullCoverage
        ? spec.stopping.maximumUnits
        : min(choice.rounds * spec.selection.keep, spec.stopping.maximumUnits),
      stopsAtFullCoverage: choice.endsAtFullCoverage, context: context.child("final")
    ).run()
    report.epochs += path.epochs
    report.rounds = path.rounds.withValidationErrors(of: trials.paths[0].rounds)
    if path.stopReason != .unitBudget { report.stopReason = path.stopReason }
    let network = choice.endsAtFullCoverage ? path.last.network : path.network(of: choice, spec: spec)
    return Fit(predictor: network, report: report, heldOut: heldOut)
  }

  private func fitWithoutHoldOut(_ data: Dataset, _ context: FitContext) -> Fit {
    context.observer.observe(.stage("growing on all samples"))
    let path = GrowthLoop(
      spec: spec, topology: spec.topology == .automatic ? .cascade : spec.topology, data: data, heldOut: nil,
      largestSize: spec.stopping.maximumUnits, stopsAtFullCoverage: true, context: context.child("final")
    ).run()
    return Fit(
      predictor: path.last.network,
      report: FitReport(stopReason: path.stopReason, epochs: path.epochs, rounds: path.rounds))
  }
}

// MARK: - Trials on held-out samples

extension Grower {
  private struct HoldOut {
    let training: Dataset
    let heldOut: Dataset
  }

  /// What the trials came to: the choice, and the paths of the topology chosen, one for each hold-out.
  private struct Trials {
    let choice: SizeChoice
    let paths: [GrowthPath]
    let epochs: Int
  }

  private func holdOuts(of data: Dataset, validation: Dataset?, random: RandomStream) -> [HoldOut] {
    if let validation { return [HoldOut(training: data, heldOut: validation)] }
    guard spec.stopping.validationFraction > 0 else { return [] }
    return (0..<spec.stopping.holdOutCount(samples: data.sampleCount)).compactMap { index in
      let split = Split.holdOut(
        data, fraction: spec.stopping.validationFraction, random: random.child("hold-out", index))
      guard split.training.count >= 2, !split.heldOut.isEmpty else { return nil }
      return HoldOut(training: data.selecting(split.training), heldOut: data.selecting(split.heldOut))
    }
  }

  /// Grows a network for each topology and hold-out, all at once, since each alone leaves threads idle.
  private func trials(on holdOuts: [HoldOut], _ context: FitContext) -> Trials {
    let topologies: [Topology] = spec.topology == .automatic ? [.flat, .cascade] : [spec.topology]
    let count = holdOuts.count
    let paths = context.workers.map(topologies.count * count) { trial in
      let holdOut = holdOuts[trial % count]
      return GrowthLoop(
        spec: spec, topology: topologies[trial / count], data: holdOut.training, heldOut: holdOut.heldOut,
        largestSize: spec.stopping.maximumUnits, stopsAtFullCoverage: holdOut.training.task != .regression,
        context: context.trial(of: topologies[trial / count], holdOut: trial % count)
      ).run()
    }
    let choices = context.workers.map(topologies.count) { index in
      SizeChoice(
        of: Array(paths[index * count..<(index + 1) * count]), topology: topologies[index], spec: spec)
    }
    var best = 0
    for index in choices.indices where choices[index].loss < choices[best].loss { best = index }
    return Trials(
      choice: choices[best], paths: Array(paths[best * count..<(best + 1) * count]),
      epochs: paths.reduce(0) { $0 + $1.epochs })
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

extension FitContext {
  /// The same threads and observer with the stream of a label.
  fileprivate func child(_ label: String, _ index: Int = 0) -> FitContext {
    FitContext(random: random.child(label, index), workers: workers, observer: observer)
  }
  /// The context of a network that is grown on a hold-out's samples to choose by.
  fileprivate func trial(of topology: Topology, holdOut: Int) -> FitContext {
    var trial = child("hold-out", holdOut)
    trial.observer = TrialObserver(name: "\(topology.rawValue) \(holdOut + 1)", listener: observer)
    return trial
  }
}
