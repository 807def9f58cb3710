internal import CambiumCore

/// On which scale numbers are learned. Those of classes have none.
public enum TargetScale: String, Codable, Sendable, CaseIterable {
  /// The logarithms where the numbers have one sign and networks of their logarithms err less on held-out samples, beyond
  /// chance; else, and where nothing is held out, the numbers as they are. A network of the first hold-out says whether all
  /// are asked.
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
      progress: progress, context: context, start: start)
    guard hasMemory(forTrialsBesides: trials, of: run.spec) else {
      let words = "the targets' logarithms are not tried: there is no memory for networks to choose by twice"
      return (self, trials.deciding(words))
    }
    let own = holdOuts.map { $0.learning(logarithms) }
    // A small network, that network grown on, and all of them.
    var further = FurtherTrials(than: trials, from: progress, deadline: deadline, context)
    var single = run.spec
    single.topology = trials.choice.topology
    var small = single
    small.stopping.maximumUnits = run.pilotSize
    guard further.grow(by: small, on: own.prefix(1)).isAsGood(as: trials),
      further.grow(by: single, on: own.prefix(1)).isBetter(than: trials, onHoldOuts: 1)
    else { return (self, further.all.deciding(Self.noGain)) }
    let best = further.grow(by: run.spec, on: own[...])
    guard best.isBetter(than: trials, onHoldOuts: own.count) else {
      return (self, further.all.deciding(Self.noGain))
    }
    let words = "the targets' logarithms do better on held-out samples and are learned"
    return (run, best.adding(trials).deciding(words))
  }

  private static let noGain =
    "the targets' logarithms gain nothing beyond chance: numbers are learned as they are"

  /// The size of the network that is asked first: that at which all weights are first tuned, or a few units.
  private var pilotSize: Int {
    let isTuned = spec.refinement.time == .rounds && spec.refinement.applies(to: data.task)
    return min(spec.stopping.maximumUnits, isTuned ? max(spec.refinement.every, 5) : 5)
  }
}

extension Trials {
  /// Whether the network of the first hold-out, as large as it is, has no more loss than one as large of others.
  fileprivate func isAsGood(as others: Trials) -> Bool {
    let rounds = paths[0].rounds.count
    func losses(_ path: GrowthPath) -> [Double] {
      path.heldOutLossesOfNumbers(of: path.networks[min(rounds, path.networks.count - 1)])
    }
    return PairedGain(from: losses(others.paths[0]), to: losses(paths[0]), weights: paths[0].heldOutWeights)
      .mean >= 0
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
