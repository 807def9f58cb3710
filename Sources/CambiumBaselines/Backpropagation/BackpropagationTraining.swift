internal import CambiumCore

/// One training of a network: from starting weights, over epochs, to the weights that are kept.
///
/// Where the number of epochs is chosen by several hold-outs, one network for each is trained in step with the
/// others, and an epoch is judged by the mean of their held-out losses.
struct BackpropagationTraining {
  /// The samples that one network trains on, and those that it is judged by.
  struct Division {
    /// The samples to train on.
    var training: Dataset
    /// The samples to judge by; nil where none are held out.
    var heldOut: Dataset?
  }

  /// What a training ended with.
  struct Outcome {
    /// The weights of the epoch that was kept, of each network.
    var parameters: [[Double]]
    /// The mean held-out loss of those weights; infinite where nothing is held out.
    var heldOutLoss = Double.infinity
    /// What all scores are to be multiplied by, so that classes have the right confidence; see ``Calibration``.
    var scale = 1.0
    /// The epoch with the least held-out loss; where nothing is held out, the last.
    var keptEpoch = 0
    /// The epochs that were run.
    var epochs = 0
    /// Why it ended.
    var reason = StopReason.epochBudget
    /// Choices made by itself.
    var decisions: [String] = []
    /// How much some epochs moved each layer of the first network; empty where that is not told.
    var updates: [LayerUpdates] = []
  }

  /// How often a training that overflowed is taken up again at a tenth of the rate.
  private static let largestRescueCount = 5
  /// The share of the training loss that an epoch must take off to count as progress where nothing is held out.
  private static let leastProgress = 1e-4
  /// The same where trainings are compared by held-out samples, and after how many epochs without progress they end: the
  /// last bit of the training loss decides nothing there, and costs most of the epochs. Of a loss below the negligible one
  /// the share is of that, since parted classes would otherwise be parted further without end.
  private static let comparison = (leastProgress: 1e-3, patience: 20, negligibleLoss: 0.1)

  let spec: MultilayerPerceptronSpec
  let variant: NetworkVariant
  let divisions: [Division]
  let context: FitContext

  /// Trains for at most `epochs` epochs; `endsEarly` where the loss may end it before.
  func run(epochs: Int, endsEarly: Bool) -> Outcome {
    let count = variant.network.parameterCount
    switch spec.optimizer {
    case .descent:
      return run(epochs, endsEarly, spec.descent) {
        GradientDescent(count: count, learningRate: $0, momentum: spec.momentum)
      } setRate: {
        $0.learningRate = $1
      }
    case .adam:
      return run(epochs, endsEarly, spec.adam) {
        Adam(count: count, learningRate: $0)
      } setRate: {
        $0.learningRate = $1
      }
    case .rprop:
      // The rate of RPROP is its first step: each weight's own steps follow from the signs.
      return run(epochs, endsEarly, LearningRate(initial: 0.05)) {
        ResilientPropagation(count: count, initialStep: $0)
      } setRate: { _, _ in
      }
    case .lbfgs:
      return run(epochs, endsEarly, LearningRate(initial: 1)) { _ in
        LimitedMemoryDescent()
      } setRate: { _, _ in
      }
    }
  }

  private func run<Rule: Optimizer>(
    _ epochs: Int, _ endsEarly: Bool, _ schedule: LearningRate, optimizer: (Double) -> Rule,
    setRate: (inout Rule, Double) -> Void
  ) -> Outcome {
    let start = variant.startingParameters(spec, random: context.random.child("weights"))
    var rate = schedule
    var networks = divisions.map {
      NetworkInTraining(
        spec: spec, variant: variant, division: $0, start: start, optimizer: optimizer(rate.value(after: 0)),
        context: context)
    }
    let holdsOut = divisions.contains { $0.heldOut != nil }
    let judgesEpochs = holdsOut && spec.ending.isByHeldOutLoss(for: divisions[0].training.task)
    let compares = holdsOut && !judgesEpochs
    let patience = compares ? min(spec.patience, Self.comparison.patience) : spec.patience
    var kept = Outcome(parameters: networks.map(\.parameters))
    var watch = LossWatch(
      leastProgress: judgesEpochs ? 0 : compares ? Self.comparison.leastProgress : Self.leastProgress,
      floor: compares ? Self.comparison.negligibleLoss : 0)
    if variant.startIsTrained, judgesEpochs, endsEarly {
      let summary = mean(
        of: context.workers.map(networks.count) { [networks] in networks[$0].summaryOfStart() })
      if summary.isFinite, watch.take(summary.heldOutLoss) {
        (kept.heldOutLoss, kept.scale) = (summary.heldOutLoss, summary.scale)
      }
    }
    var rescues = 0
    for epoch in 1...max(epochs, 1) {
      for k in networks.indices { setRate(&networks[k].optimizer, rate.value(after: Double(epoch - 1))) }
      let summary = runEpoch(epoch, &networks)
      kept.epochs = epoch
      if let updates = summary.updates, summary.isFinite { kept.updates.append(updates) }
      guard summary.isFinite else {
        rescues += 1
        rate.initial /= 10
        kept.decisions.append(
          "the loss overflowed in epoch \(epoch): training went on from epoch \(kept.keptEpoch), "
            + "at a tenth of the rate")
        for k in networks.indices {
          networks[k].parameters = kept.parameters[k]
          networks[k].optimizer = optimizer(rate.value(after: Double(epoch)))
        }
        guard rescues <= Self.largestRescueCount else { return kept.ended(.converged) }
        continue
      }
      context.observer.observe(
        .epoch(
          index: epoch, trainLoss: summary.trainLoss, validationLoss: holdsOut ? summary.heldOutLoss : nil))
      let improved = watch.take(judgesEpochs ? summary.heldOutLoss : summary.trainLoss)
      if improved || !judgesEpochs {
        kept.parameters = networks.map(\.parameters)
        kept.keptEpoch = epoch
        kept.scale = summary.scale
        kept.heldOutLoss = holdsOut ? summary.heldOutLoss : .infinity
      }
      if context.observer.isInterrupted { return kept.ended(.interrupted) }
      if endsEarly, watch.epochsWithoutProgress >= patience {
        return kept.ended(judgesEpochs ? .patience : .converged)
      }
    }
    return kept.ended(.epochBudget)
  }

  /// One epoch of each network, side by side; the means of what came of them.
  private func runEpoch<Rule: Optimizer>(
    _ epoch: Int, _ networks: inout [NetworkInTraining<Rule>]
  ) -> EpochSummary {
    let count = networks.count
    let summaries = networks.withUnsafeMutableBufferPointer { networks in
      nonisolated(unsafe) let networks = networks
      return context.workers.map(count) { networks[$0].runEpoch(epoch) }
    }
    return mean(of: summaries)
  }

  private func mean(of summaries: [EpochSummary]) -> EpochSummary {
    let count = summaries.count
    return EpochSummary(
      trainLoss: summaries.reduce(0) { $0 + $1.trainLoss } / Double(count),
      heldOutLoss: summaries.reduce(0) { $0 + $1.heldOutLoss } / Double(count),
      scale: exponential(summaries.reduce(0) { $0 + logarithm($1.scale) } / Double(count)),
      isFinite: summaries.allSatisfy(\.isFinite), updates: summaries.first?.updates)
  }
}

extension BackpropagationTraining.Outcome {
  fileprivate func ended(_ reason: StopReason) -> Self {
    var copy = self
    copy.reason = reason
    return copy
  }
}

/// Follows a loss from epoch to epoch.
struct LossWatch {
  /// The share of the best loss that must come off for an epoch to count as progress.
  let leastProgress: Double
  /// The least loss that the share is taken of.
  let floor: Double
  private var best = Double.infinity
  /// Epochs since the last that was progress.
  private(set) var epochsWithoutProgress = 0

  init(leastProgress: Double, floor: Double = 0) { (self.leastProgress, self.floor) = (leastProgress, floor) }

  /// Takes the next epoch's loss; true where it is progress.
  mutating func take(_ loss: Double) -> Bool {
    guard best.isInfinite || loss < best - leastProgress * max(abs(best), floor) else {
      epochsWithoutProgress += 1
      return false
    }
    best = loss
    epochsWithoutProgress = 0
    return true
  }
}
