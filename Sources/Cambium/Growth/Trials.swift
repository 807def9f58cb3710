internal import CambiumCore

/// Networks grown on some of the samples, to choose by the others how to grow on all.
struct Trials {
  /// How they grew.
  let spec: GrowthSpec
  /// The readout's ridge that they grew under.
  let ridge: Double
  /// The topology and the size that did best.
  let choice: SizeChoice
  /// The paths of that topology, one for each hold-out.
  let paths: [GrowthPath]
  /// Passes over the samples that all of them took.
  private(set) var epochs: Int
  /// Why each of all networks ended.
  let stopReasons: [StopReason]
  /// Where there were others grown in another way, which were taken and why.
  private(set) var attempts: [String] = []
  /// Where all of them ended.
  private(set) var state: GrowthState

  /// Grows a network for each topology and hold-out, all at once, since each alone leaves threads idle. Ends at the
  /// deadline, if there is one. Without a ridge they grow under that of ``ridge(of:by:_:)``.
  init(
    of spec: GrowthSpec, on holdOuts: [HoldOut], ridge: Double? = nil, deadline: Double?,
    from progress: GrowthProgress = .init(), _ context: FitContext
  ) {
    let topologies = spec.topology.alternatives
    let count = holdOuts.count
    let ridge = ridge ?? Self.ridge(of: spec, by: holdOuts, context.workers)
    let learned = holdOuts[0].training.logarithms == nil ? "" : ", logarithms"
    func name(_ trial: Int) -> String {
      "hold-out \(trial % count), \(topologies[trial / count].rawValue), ridge \(ridge)\(spec.trainingInWords)"
        + learned
    }
    func path(_ trial: Int) -> GrowthPath {
      let holdOut = holdOuts[trial % count]
      return GrowthLoop(
        spec: spec, topology: topologies[trial / count], data: holdOut.training, heldOut: holdOut.heldOut,
        largestSize: spec.stopping.maximumUnits, ridge: ridge, leastSizeAtFullCoverage: nil,
        deadline: deadline, progress: progress.loop(name(trial)),
        context: context.trial(of: topologies[trial / count], holdOut: trial % count)
      ).run()
    }
    // The processes of a team share the sums of one after another.
    let paths =
      context.workers.presentTeam == nil
      ? context.workers.map(topologies.count * count, path) : (0..<topologies.count * count).map(path)
    let choices = context.workers.map(topologies.count) { index in
      SizeChoice(
        of: Array(paths[index * count..<(index + 1) * count]), topology: topologies[index], spec: spec)
    }
    var best = 0
    for index in choices.indices.dropFirst() {
      let (one, other) = (choices[index], choices[best])
      if one.isMoreSufficient(than: other) ?? (one.loss < other.loss) { best = index }
    }
    self.spec = spec
    self.ridge = ridge
    choice = choices[best]
    self.paths = Array(paths[best * count..<(best + 1) * count])
    epochs = paths.reduce(0) { $0 + $1.epochs }
    stopReasons = paths.map(\.stopReason)
    var reached = GrowthState()
    for (trial, path) in paths.enumerated() { reached.loops[name(trial)] = path.state }
    self.state = reached
  }

  /// The ridge to grow under: the spec's, but for classes that with the least held-out loss of networks without units.
  ///
  /// Under a small one the readout alone may represent every sample of a few, and leave no residual to learn from,
  /// though it answers wrongly on others.
  static func ridge(of spec: GrowthSpec, by holdOuts: [HoldOut], _ workers: WorkerPool) -> Double {
    guard let first = holdOuts.first, spec.choosesRidge(for: first.training.task) else {
      return spec.readout.ridge
    }
    let ridges = spec.readout.ridges
    let losses = workers.map(ridges.count) { index in
      holdOuts.reduce(0.0) { sum, holdOut in
        let network = GrowingNetwork(
          data: holdOut.training, heldOut: holdOut.heldOut, ridge: ridges[index], workers: workers)
        return sum + (network.heldOutLoss() ?? 0)
      }
    }
    return ridges.indices.min { losses[$0] < losses[$1] }.map { ridges[$0] } ?? spec.readout.ridge
  }
}

extension Trials {
  /// Whether the chosen networks of the first hold-outs are preferred to those of other trials, since they err little enough
  /// or gain beyond chance.
  func isBetter(than others: Trials, onHoldOuts count: Int) -> Bool {
    choice.isMoreSufficient(than: others.choice)
      ?? gain(over: others, onHoldOuts: count).isBeyond(spec.stopping.standardErrors)
  }

  /// By how much the chosen networks of the first hold-outs have less loss than those of other trials.
  func gain(over others: Trials, onHoldOuts count: Int) -> PairedGain {
    PairedGain(
      from: others.heldOutLosses(count), to: heldOutLosses(count),
      weights: paths.prefix(count).flatMap(\.heldOutWeights))
  }

  private func heldOutLosses(_ count: Int) -> [Double] {
    paths.prefix(count).flatMap { $0.heldOutLossesOfNumbers(of: $0.network(of: choice, spec: spec)) }
  }

  /// Counts what other trials took, and keeps where they ended.
  func adding(_ others: Trials) -> Trials {
    var all = self
    all.epochs += others.epochs
    all.state.loops.merge(others.state.loops) { $1 }
    return all
  }

  /// The same with what was decided between these and others.
  func deciding(_ words: String) -> Trials {
    var all = self
    all.attempts.append(words)
    return all
  }

  /// What was decided, in words.
  var decisions: [String] { attempts + [choice.description, endings].compactMap { $0 } }

  /// What ended the networks that were grown to choose by, in words.
  private var endings: String {
    let counts = Dictionary(stopReasons.map { ($0, 1) }, uniquingKeysWith: +)
    let words = Set(stopReasons).sorted { $0.rawValue < $1.rawValue }.map {
      "\($0.rawValue) (\(counts[$0] ?? 0))"
    }
    return "networks to choose by ended at: " + words.joined(separator: ", ")
  }
}

extension FitContext {
  /// The context of a network that is grown on a hold-out's samples to choose by.
  fileprivate func trial(of topology: Topology, holdOut: Int) -> FitContext {
    var trial = child("hold-out", holdOut)
    trial.observer = TrialObserver(name: "\(topology.rawValue) \(holdOut + 1)", listener: observer)
    return trial
  }
}
