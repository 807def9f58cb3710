internal import CambiumCore

/// A fit while it is made: networks to choose by, and the one that stays.
struct GrowthRun {
  /// What the caller asked for.
  let wanted: GrowthSpec
  /// The same with the most units that so many samples bear, and its tolerance in standard deviations of the targets.
  let spec: GrowthSpec
  let data: Dataset
  let validation: Dataset?
  /// Where growth stood before, and who hears of its steps.
  let progress: GrowthProgress
  let context: FitContext
  /// When it began, in ``secondsNow()``.
  let start: Double

  init(
    spec: GrowthSpec, data: Dataset, validation: Dataset?, progress: GrowthProgress = .init(),
    context: FitContext, start: Double = secondsNow()
  ) throws {
    self.start = start
    wanted = spec
    self.spec = try spec.resolvingSize(samples: data.sampleCount)
      .resolvingTolerance(for: data, validation: validation, context.child("noise"))
    (self.data, self.validation) = (data, validation)
    (self.progress, self.context) = (progress, context)
  }

  /// When growth has to end that may use a share of the seconds.
  private func deadline(share: Double = 1) -> Double? {
    spec.stopping.seconds > 0 ? start + share * spec.stopping.seconds : nil
  }

  /// Of large data, what was needed before would come on top of what is needed next.
  private func giveBackMemory() {
    if data.sampleCount > spec.selection.mostSeen { FreedMemory.giveBack() }
  }

  func fit() throws -> Fit {
    giveBackMemory()
    if spec.stopping.rule == .bic { return try fitByInformationCriterion() }
    let holdOuts = try HoldOut.all(
      of: data, validation: validation, spec: spec.stopping, random: context.random,
      workers: context.workers)
    let unitColumns = try checkedMemory(holdOuts: holdOuts.count)
    guard !holdOuts.isEmpty else { return fitWithoutHoldOut(unitColumns: unitColumns) }

    context.observer.observe(.stage("choosing a size on held-out samples"))
    let count = Double(holdOuts.count * spec.topology.alternatives.count)
    let lastStart = deadline(share: count / (count + 1))
    let first = Trials(of: spec, on: holdOuts, deadline: lastStart, from: progress, context)
    let trials = orSecondAttempt(of: holdOuts, ratherThan: first, deadline: lastStart)
    let choice = try orLogarithms(of: holdOuts, ratherThan: trials, deadline: lastStart)
    return choice.run.fit(by: choice.trials, on: holdOuts[0], unitColumns)
  }

  /// The network that networks to choose by chose, the first of which were grown on the samples of a hold-out.
  private func fit(by trials: consuming Trials, on first: HoldOut, _ unitColumns: UnitColumns) -> Fit {
    let (spec, choice) = (trials.spec, trials.choice)
    for decision in trials.decisions { context.observer.observe(.decision(decision)) }
    let tried = trials.paths[0].network(of: choice, spec: spec)
    let heldOut = HeldOutResult(
      data: first.heldOut,
      outputs: data.answeringNumbers(tried).outputs(for: first.heldOut.inputs, workers: context.workers))
    var report = FitReport(
      stopReason: choice.isSufficient ? .sufficientError : .bestHeldOutSize, epochs: trials.epochs,
      rounds: Array(trials.paths[0].rounds.prefix(choice.rounds)),
      decisions: trials.decisions)
    if trials.stopReasons.contains(.timeBudget) { report.stopReason = .timeBudget }
    if context.isInterrupted { report.stopReason = .interrupted }
    let isLate = deadline().map { context.workers.isSoOnAny(secondsNow() >= $0) } ?? false
    guard spec.stopping.regrow, !isLate, !context.isInterrupted else {
      var fit = finished(
        Fit(
          predictor: tried, report: report, heldOut: heldOut,
          firstCoverage: trials.paths[0].firstCoverage(of: tried)?.renamed(by: first.rows),
          state: trials.state),
        tried, on: trials.paths[0], choice)
      fit.heldOut?.outputs = fit.predictor.outputs(
        for: first.heldOut.inputs, workers: context.workers)
      return fit
    }

    let all = validation.map(data.appending) ?? data
    let lesson =
      unitColumns == .kept
      ? Lesson(
        all, taughtBy: trials.paths, at: choice, spec: spec, random: context.random.child("distillation"),
        workers: context.workers) : Lesson(all)
    if lesson.own != nil {
      let decision =
        "the network that stays learns from what the \(trials.paths.count) networks to choose by say"
      context.observer.observe(.decision(decision))
      report.decisions.append(decision)
    }

    // From here on the networks to choose by are not read, and their memory is free.
    let (ridge, roundsToChooseBy) = (trials.ridge, trials.paths[0].rounds)
    var reached = trials.state
    giveBackMemory()
    context.observer.observe(.stage("growing on all samples"))
    let size = min(choice.rounds * spec.selection.keep, spec.stopping.maximumUnits)
    let name =
      "all, \(choice.topology.rawValue), ridge \(ridge)\(spec.trainingInWords)"
      + (choice.endsAtFullCoverage ? ", to full coverage" : "")
      + (lesson.fingerprint.map { ", taught \($0)" } ?? "")
    let path = GrowthLoop(
      spec: spec, topology: choice.topology, data: lesson.data, own: lesson.own, heldOut: nil,
      unitColumns: unitColumns,
      largestSize: choice.endsAtFullCoverage ? spec.stopping.maximumUnits : size, ridge: ridge,
      leastSizeAtFullCoverage: choice.endsAtFullCoverage ? size : nil, deadline: deadline(),
      progress: progress.loop(name),
      context: context.child("final")
    ).run()
    reached.loops[name] = path.state
    report.epochs += path.epochs
    report.rounds = path.rounds.withValidationErrors(of: roundsToChooseBy)
    if path.stopReason != .unitBudget { report.stopReason = path.stopReason }
    let network = choice.endsAtFullCoverage ? path.last.network : path.network(of: choice, spec: spec)
    return finished(
      Fit(
        predictor: network, report: report, heldOut: heldOut, stages: path.networks,
        firstCoverage: path.firstCoverage(of: network), state: reached),
      network, on: path, choice.endsAtFullCoverage ? nil : choice)
  }

  /// Which columns of units there is memory to keep on all samples; the others are computed when they are read.
  ///
  /// - Throws: `InputError` where there is not enough even for none.
  private func checkedMemory(holdOuts: Int) throws -> UnitColumns {
    let available = context.memory ?? physicalMemory()
    func need(_ columns: UnitColumns, processes: Int = 1) -> MemoryNeed {
      MemoryNeed(of: spec, data: data, holdOuts: holdOuts, unitColumns: columns, processes: processes)
    }
    // Of a team, whose processes see their own rows of large data, none keeps what there is of all.
    let team = data.sampleCount > spec.selection.mostSeen ? context.workers.presentTeam : nil
    guard team != nil || need(.kept).bytes > available, !data.inputs.isMatrix else {
      try need(.kept).check(available: available)
      return .kept
    }
    if let team, !context.workers.isSoOnAny(need(.ofOwnRows, processes: team.count).bytes > available) {
      return .ofOwnRows
    }
    try need(.computed).check(available: available)
    context.observer.observe(
      .decision("the units' responses take more memory than there is and are computed when they are read"))
    return .computed
  }

  private func fitWithoutHoldOut(unitColumns: UnitColumns) -> Fit {
    context.observer.observe(.stage("growing on all samples"))
    let path = GrowthLoop(
      spec: spec, topology: spec.topology == .automatic ? .cascade : spec.topology, data: data, heldOut: nil,
      unitColumns: unitColumns,
      largestSize: spec.stopping.maximumUnits, ridge: spec.readout.ridge, leastSizeAtFullCoverage: 0,
      deadline: deadline(), progress: progress.loop("all"), context: context.child("final")
    ).run()
    let network = path.last.network
    return finished(
      Fit(
        predictor: network,
        report: FitReport(stopReason: path.stopReason, epochs: path.epochs, rounds: path.rounds),
        stages: path.networks, firstCoverage: path.firstCoverage(of: network),
        state: GrowthState(loops: ["all": path.state].compactMapValues { $0 })),
      network, on: path, nil)
  }

  /// The fit with its network finished: see ``GrowthPath/finished(_:of:spec:random:)``; as it is where the caller wants an
  /// end. Its rounds tell of all units that grew.
  private func finished(_ fit: Fit, _ network: Network, on path: GrowthPath, _ choice: SizeChoice?) -> Fit {
    guard !context.isInterrupted else { return fit.answeringNumbers(of: data) }
    let finished = path.finished(network, of: choice, spec: spec, random: context.random.child("finish"))
    var fit = fit
    fit.predictor = finished.network
    fit.report.epochs += finished.epochs
    let removed = network.units.count - finished.kept.count
    if removed > 0 {
      let decision = "\(removed) of \(network.units.count) units brought too little and were taken out again"
      context.observer.observe(.decision(decision))
      fit.report.decisions.append(decision)
      fit.firstCoverage = fit.firstCoverage.map { first in
        FirstCoverage(readout: first.readout, units: finished.kept.map { first.units[$0] })
      }
    }
    return fit.answeringNumbers(of: data)
  }

  /// Every topology grown on all samples; the one stays, and the size, that has the least criterion.
  private func fitByInformationCriterion() throws -> Fit {
    let unitColumns = try checkedMemory(holdOuts: 1)
    context.observer.observe(.stage("growing on all samples"))
    let topologies = spec.topology.alternatives
    let paths = topologies.enumerated().map { index, topology in
      GrowthLoop(
        spec: spec, topology: topology, data: data, heldOut: nil, unitColumns: unitColumns,
        largestSize: spec.stopping.maximumUnits, ridge: spec.readout.ridge, leastSizeAtFullCoverage: nil,
        deadline: deadline(share: Double(index + 1) / Double(topologies.count)),
        progress: progress.loop(topology.rawValue), context: context.child("final", index)
      ).run()
    }
    var reached = GrowthState()
    for (topology, path) in zip(topologies, paths) { reached.loops[topology.rawValue] = path.state }
    let best = paths.indices.reduce(0) { best, index in
      let (least, other) = (paths[best], paths[index])
      return other.criteria[other.roundsOfLeastCriterion] < least.criteria[least.roundsOfLeastCriterion]
        ? index : best
    }
    let path = paths[best]
    let rounds = path.roundsOfLeastCriterion
    let decision =
      "the information criterion prefers the \(topologies[best].rawValue) topology and \(rounds) rounds"
    context.observer.observe(.decision(decision))
    let isLast = rounds == path.rounds.count || path.stopReason == .interrupted
    let network = path.networks[rounds]
    return finished(
      Fit(
        predictor: network,
        report: FitReport(
          stopReason: isLast ? path.stopReason : .leastInformationCriterion,
          epochs: paths.reduce(0) { $0 + $1.epochs }, rounds: Array(path.rounds.prefix(rounds)),
          decisions: [decision]),
        stages: Array(path.networks.prefix(rounds + 1)), firstCoverage: path.firstCoverage(of: network),
        state: reached),
      network, on: path, nil)
  }
}

extension FitContext {
  /// Whether the fit is to end: of a team, whether any process was told so.
  var isInterrupted: Bool { workers.isSoOnAny(observer.isInterrupted) }
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
