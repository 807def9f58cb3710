internal import CambiumCore

/// The six steps of the strategy, on one set of samples.
struct GrowthLoop {
  let spec: GrowthSpec
  let topology: Topology
  let data: Dataset
  /// The first of these as they are, where the network learns what others say of them.
  var own: Dataset?
  /// Samples that the loop only measures on; growth ends early when they no longer gain.
  let heldOut: Dataset?
  /// Which columns of its units are kept.
  var unitColumns = UnitColumns.kept
  let largestSize: Int
  /// The readout's ridge while the network grows.
  let ridge: Double
  /// Growth ends once every sample is represented and there are so many units; nil where it goes on.
  let leastSizeAtFullCoverage: Int?
  /// When to end, in ``secondsNow()``; nil where that does not matter.
  var deadline: Double?
  /// Where it stood before, if it did, and who hears of its steps.
  var progress = LoopProgress()
  let context: FitContext

  /// Grows a network, and remembers it at every size on the way.
  func run() -> GrowthPath {
    var (path, evidence) = start
    let setAside = samplesSetAside
    let isNew = path.state == nil
    path.keepState(evidence)
    if isNew { progress.tell(path.state) }
    while path.last.unitCount < largestSize {
      let round = path.rounds.count
      let start = secondsNow()
      if endsAtFullCoverage(path) { return path.ending(.fullCoverage) }
      if context.isInterrupted { return path.ending(.interrupted) }
      if isRightOnHeldOut(path) { return path.ending(.fullCoverage) }
      if hasSufficientError(path) { return path.ending(.sufficientError) }
      if let deadline, context.workers.isSoOnAny(start >= deadline) { return path.ending(.timeBudget) }
      if path.hasStalled(by: spec.stopping) { return path.ending(.patience) }

      let random = context.random.child("round", round)
      let recorder = context.observer.wantsWeightPaths ? WeightRecorder() : nil
      let (selected, candidateCount) = selected(
        beside: path.last, round: round, setAside: setAside, random: random, recorder: recorder)
      let sizeBefore = path.last.unitCount
      let room = topology.room(after: sizeBefore, layerWidth: spec.layerWidth)
      let useful = selected.prefix(min(largestSize - sizeBefore, room))
      if useful.isEmpty { return path.ending(.noUsefulCandidate) }
      let chosen = affordable(useful, over: path.last)
      if chosen.isEmpty { return path.ending(.connectionBudget) }
      let isCutShort =
        chosen.count < selected.prefix(room).count || isTunedEarly(from: sizeBefore, by: chosen.count)
      for candidate in chosen where path.last.install(candidate) {
        path.last.refitReadout()
        path.observe()
      }
      if path.last.unitCount == sizeBefore { return path.ending(.noUsefulCandidate) }
      path.epochs += spec.training.epochs * poolCount
      if refines(from: sizeBefore, to: path.last.unitCount) {
        let refinement = Refinement(spec: spec.refinement, workers: context.workers)
        path.epochs += refinement.refine(
          &path.last, evidence: &evidence, random: random.child("tuning"))
        path.observe()
      }
      let record = record(
        round, candidateCount, path.last.units[sizeBefore...], path, seconds: secondsNow() - start)
      path.append(record)
      for candidate in chosen {
        recorder.map {
          tell($0.path(of: candidate.place, activation: candidate.unit.activation, round: record.index))
        }
      }
      if !isCutShort {
        path.keepState(evidence)
        progress.tell(path.state)
      }
      context.observer.observe(.round(record))
    }
    return path.ending(
      endsAtFullCoverage(path) ? .fullCoverage : hasSufficientError(path) ? .sufficientError : .unitBudget)
  }

  /// The candidates of a round that are to be installed, the best first, and how many there were. What the round looks at is gone
  /// when the network is tuned.
  private func selected(
    beside network: GrowingNetwork, round: Int, setAside: [Int], random: RandomStream,
    recorder: WeightRecorder?
  ) -> (selected: [Candidate], candidateCount: Int) {
    let (seen, apart) = seen(of: network, setAside: setAside, random: random.child("seen"))
    let pool = pool(over: seen, round: round, setAside: apart, random: random.child("pool"))
    let (trained, objectives) = train(
      pool, against: seen, setAside: apart, random: random.child("samples"), recorder: recorder)
    let selected =
      spec.selection.lookAhead > 1
      ? selectedLookingAhead(
        from: trained, objectives: objectives, over: seen, round: round, setAside: apart,
        random: random.child("look ahead"))
      : seen.selected(
        from: trained, objectives: objectives, by: spec.selection, setAside: apart,
        random: random.child("jury"))
    return (selected, pool.count)
  }

  private func tell(_ path: WeightPath) { context.observer.observe(.weightPath(path)) }

  /// The network without units, or as it stood before.
  private var start: (path: GrowthPath, evidence: Evidence?) {
    let plain = GrowingNetwork(
      data: data, own: own, heldOut: heldOut, ridge: ridge, workers: context.workers,
      unitColumns: unitColumns,
      isStreamed: data.sampleCount > spec.selection.mostSeen)
    let represents = spec.selection.coverage(for: data.task)
    if let state = usableState, let path = GrowthPath(plain, represents: represents, from: state) {
      return (path, state.evidence)
    }
    return (GrowthPath(plain, represents: represents), nil)
  }

  /// The state to go on from, where growth would have come by it.
  private var usableState: LoopState? {
    guard let state = progress.state, state.isSound(for: own ?? data, heldOut: heldOut),
      (state.network?.units.count ?? 0) <= largestSize
    else { return nil }
    guard let least = leastSizeAtFullCoverage else { return state }
    let isPastItsEnd = zip(state.rounds, state.networks.dropFirst()).dropLast().contains { round, network in
      round.coverage == 1 && network.units.count >= least
    }
    return isPastItsEnd ? nil : state
  }

  private func endsAtFullCoverage(_ path: GrowthPath) -> Bool {
    guard let least = leastSizeAtFullCoverage, path.last.unitCount >= least else { return false }
    return coverage(of: path) == 1
  }

  /// As many of the leading candidates as the largest number of connections has room for.
  private func affordable(_ candidates: ArraySlice<Candidate>, over network: GrowingNetwork) -> [Candidate] {
    guard spec.stopping.connections > 0 else { return Array(candidates) }
    var count = network.connectionCount
    return Array(
      candidates.prefix { candidate in
        count += candidate.unit.connections.count + data.outputCount
        return count <= spec.stopping.connections
      })
  }

  /// Whether every sample is put into its class, the held-out ones too: more units would only say so louder.
  private func isRightOnHeldOut(_ path: GrowthPath) -> Bool {
    guard data.task != .regression, let error = path.last.heldOutError(), error == 0 else { return false }
    return coverage(of: path) == 1
  }

  /// Whether the error is as small as the spec asks for, where growth is to find the size.
  private func hasSufficientError(_ path: GrowthPath) -> Bool {
    guard data.task == .regression, spec.stopping.sufficientError > 0, spec.stopping.rule != .bic else {
      return false
    }
    let error =
      heldOut != nil
      ? path.last.heldOutError() : leastSizeAtFullCoverage == 0 ? path.standing.error(of: data.task) : nil
    return error.map { $0 * $0 <= spec.stopping.sufficientError } ?? false
  }

  /// How many samples a round's candidates are trained on: all there are (to the limit) where growth is to
  /// represent every one of them, a share where held-out samples say how far it goes.
  private func trainingSampleCount(of all: Int) -> Int {
    let isForAll = leastSizeAtFullCoverage != nil && heldOut == nil
    return spec.training.sampleCount(of: all, isForAll: isForAll)
  }

  /// The samples that candidates are judged by and not trained on; none but under the rule `validation`.
  private var samplesSetAside: [Int] {
    guard spec.selection.rule == .validation else { return [] }
    return Split.holdOut(
      data, fraction: spec.selection.validationShare, random: context.random.child("set aside")
    ).heldOut
  }

  /// How many pools a round trains at most.
  private var poolCount: Int { spec.selection.lookAhead > 1 ? 1 + spec.selection.lookAheadBreadth : 1 }

  /// The network on the samples that a round looks at, and the places among them that are set aside.
  private func seen(of network: GrowingNetwork, setAside: [Int], random: RandomStream)
    -> (network: GrowingNetwork, setAside: [Int])
  {
    guard network.isStreamed else { return (network, setAside) }
    let rows = random.generator().sample(spec.selection.mostSeen, of: data.sampleCount)
    let apart = Set(setAside)
    return (
      network.restricted(to: rows), apart.isEmpty ? [] : rows.indices.filter { apart.contains(rows[$0]) }
    )
  }

  /// Trains the pool, on a sample of the rows that a round looks at or on all, and ranks it on all.
  func train(
    _ pool: CandidatePool, against network: GrowingNetwork, setAside: [Int], random: RandomStream,
    recorder: WeightRecorder? = nil
  ) -> (pool: CandidatePool, objectives: [Double]) {
    let learned = rows(of: network, besides: setAside)
    let count = trainingSampleCount(of: learned?.count ?? network.data.sampleCount)
    let samples = aimed(
      at: network, rows: drawn(count, of: learned, among: network.data.sampleCount, random))
    let objective = TrainingObjective(
      spec.training.objective, in: spec.training.precision, design: samples.design,
      sourceCount: pool.sourceCount, residual: samples.residual, weights: samples.weights,
      noise: spec.training.regularisation.isNoisy
        ? SourceNoise(
          spec: spec.training.regularisation, inputCount: data.featureCount, random: random.child("noise"))
        : nil,
      workers: context.workers)
    let training = CandidateTraining(
      spec: spec.training, pruning: spec.pruning, random: random.child("training"))
    let trained = training.train(pool, on: objective, recorder: recorder)
    // Where samples are set aside, nothing is asked of them but the verdict.
    let ranked = aimed(at: network, rows: learned)
    let ranking = PoolRanking(
      design: ranked.design, residual: ranked.residual, weights: ranked.weights, workers: context.workers)
    return (trained, ranking.objectives(trained))
  }

  /// Some samples, or all, and what of their residual candidates are trained and ranked by.
  private func aimed(at network: GrowingNetwork, rows: [Int]?)
    -> (design: DesignMatrix, residual: Matrix, weights: [Double]?)
  {
    let samples = network.samples(ofRows: rows)
    let aim = spec.training.objective.aim(
      residual: samples.residual, weights: samples.weights, task: data.task)
    return (samples.design, aim.residual, aim.weights)
  }

  /// The rows that are not set aside; nil where none is.
  func rows(of network: GrowingNetwork, besides setAside: [Int]) -> [Int]? {
    guard !setAside.isEmpty else { return nil }
    let apart = Set(setAside)
    return (0..<network.data.sampleCount).filter { !apart.contains($0) }
  }

  /// So many of the given rows, or of all where that is nil, drawn at random; the same where there are no more.
  private func drawn(_ count: Int, of rows: [Int]?, among all: Int, _ random: RandomStream) -> [Int]? {
    guard rows?.count ?? all > count else { return rows }
    return random.generator().sample(count, of: rows?.count ?? all).map { rows?[$0] ?? $0 }
  }

  private func refines(from before: Int, to after: Int) -> Bool {
    let every = spec.refinement.every
    return spec.refinement.time == .rounds && spec.refinement.applies(to: data.task)
      && (before / every != after / every || after == largestSize)
  }

  /// Whether a round after which all weights are tuned is one only because there may be no further unit.
  private func isTunedEarly(from before: Int, by count: Int) -> Bool {
    let after = before + count
    return refines(from: before, to: after)
      && before / spec.refinement.every == after / spec.refinement.every
  }

  private func coverage(of path: GrowthPath) -> Double {
    Coverage.share(of: path.coverage.covered, weights: path.last.reported.weights)
  }

  private func record(
    _ round: Int, _ candidates: Int, _ kept: ArraySlice<Network.Unit>, _ path: GrowthPath, seconds: Double
  ) -> RoundRecord {
    let network = path.last
    return RoundRecord(
      index: round + 1, candidates: candidates,
      kept: kept.map {
        .init(
          activation: $0.activation, connections: $0.connections.count, pruned: $0.prunedConnections,
          coveredFirst: $0.coveredFirst)
      },
      coverage: coverage(of: path), trainError: path.standing.error(of: data.task),
      validationError: network.heldOutError(), seconds: seconds)
  }
}
