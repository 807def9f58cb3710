internal import CambiumCore

/// On which scale numbers are learned. Those of classes have none.
public enum TargetScale: String, Codable, Sendable, CaseIterable {
  /// The logarithms where the numbers have one sign and networks of their logarithms err less on held-out samples, beyond
  /// chance; else the numbers as they are. Small networks of the first hold-out say whether it is tried.
  case automatic
  /// The numbers as they are.
  case linear
  /// The logarithms of all targets: products become sums, and errors count as shares. All numbers must have one sign.
  case logarithmic
}

extension TargetScale {
  /// The samples as they are learned, and others to choose by.
  ///
  /// - Throws: `InputError` where logarithms are asked for that there are not.
  func applied(to data: Dataset, and validation: Dataset?) throws -> (data: Dataset, validation: Dataset?) {
    guard self == .logarithmic, data.task == .regression else { return (data, validation) }
    guard let logarithms = TargetLogarithms(of: data, and: validation) else {
      throw InputError(
        .content, found: "a target that is 0 or has both signs, or hardly varies",
        expected: "numbers all above or all below 0, the largest at least twice the least: "
          + "targetScale is logarithmic")
    }
    return (logarithms.applied(to: data), validation.map(logarithms.applied))
  }
}

extension GrowthRun {
  /// Networks to choose by, and the growth that they belong to: of the targets' logarithms, where these do better than the
  /// targets as they are.
  func orLogarithms(
    of holdOuts: [HoldOut], ratherThan trials: Trials, deadline: Double?
  ) throws -> (run: GrowthRun, trials: Trials) {
    guard wanted.targetScale == .automatic, !trials.stopReasons.contains(.timeBudget),
      !context.isInterrupted, let logarithms = TargetLogarithms(of: data, and: validation)
    else { return (self, trials) }
    context.observer.observe(.stage("choosing a size for the logarithms of the targets"))
    let run = try GrowthRun(
      spec: wanted, data: logarithms.applied(to: data), validation: validation.map(logarithms.applied),
      progress: progress, context: context)
    let own = holdOuts.map { $0.learning(logarithms) }
    let pilot = run.pilot(on: own[0], of: trials.choice.topology, deadline: deadline)
    guard pilot.isPromising(besides: trials) else { return (self, trials.with(pilot, inWords: Self.noGain)) }
    // The first network goes on from where it ended.
    var reached = progress
    reached.state.loops.merge(pilot.state.loops) { $1 }
    let others = Trials(of: run.spec, on: own, deadline: deadline, from: reached, context)
    guard others.areBetter(than: trials) else { return (self, trials.with(others, inWords: Self.noGain)) }
    return (
      run, others.with(trials, inWords: "the targets' logarithms do better on held-out samples and are learned")
    )
  }

  private static let noGain =
    "the targets' logarithms gain nothing beyond chance: numbers are learned as they are"

  /// A small network of one hold-out: as large as networks are when all weights are first tuned, or a few units.
  private func pilot(on holdOut: HoldOut, of topology: Topology, deadline: Double?) -> Trials {
    var small = spec
    small.topology = topology
    let isTuned = spec.refinement.time == .rounds && spec.refinement.applies(to: data.task)
    small.stopping.maximumUnits = min(
      spec.stopping.maximumUnits, isTuned ? max(spec.refinement.every, Self.pilotSize) : Self.pilotSize)
    return Trials(of: small, on: [holdOut], deadline: deadline, from: progress, context)
  }

  /// The least number of units that are asked whether logarithms are worth a try.
  private static let pilotSize = 5
}

extension Trials {
  /// Whether the network of the first hold-out, as large as it is, has less loss than one as large of others, beyond chance;
  /// or errs little enough, where those do not or with more rounds.
  fileprivate func isPromising(besides others: Trials) -> Bool {
    if choice.isMoreSufficient(than: others.choice) == true { return true }
    let rounds = paths[0].rounds.count
    func losses(_ path: GrowthPath) -> [Double] {
      path.heldOutLossesOfNumbers(of: path.networks[min(rounds, path.networks.count - 1)])
    }
    return PairedGain(from: losses(others.paths[0]), to: losses(paths[0]), weights: paths[0].heldOutWeights)
      .isBeyond(spec.stopping.standardErrors)
  }

  /// The same with what other trials took, and what was decided between them.
  fileprivate func with(_ others: Trials, inWords words: String) -> Trials {
    var all = self
    all.add(others)
    all.attempts = words
    return all
  }
}

extension HoldOut {
  /// The same samples with the logarithms of their targets.
  fileprivate func learning(_ logarithms: TargetLogarithms) -> HoldOut {
    HoldOut(
      training: logarithms.applied(to: training), heldOut: logarithms.applied(to: heldOut), rows: rows)
  }
}

extension Dataset {
  /// The network that answers with numbers, of one that answers as the targets are.
  func answeringNumbers(_ network: Network) -> Network {
    logarithms?.answeringNumbers(network) ?? network
  }
}

extension Fit {
  /// The same whose networks answer with numbers, of ones that answer as the targets of `data` are.
  func answeringNumbers(of data: Dataset) -> Fit {
    guard data.logarithms != nil else { return self }
    func answering(_ predictor: any Predictor) -> any Predictor {
      (predictor as? Network).map(data.answeringNumbers) ?? predictor
    }
    var fit = self
    fit.predictor = answering(predictor)
    fit.stages = stages.map(answering)
    return fit
  }
}
