internal import CambiumCore

extension GrowthSpec {
  /// N p² up to which a second attempt is made.
  private static let largestSecondAttempt = 100_000.0
  /// How many times the restarts it has, and which share of the epochs: second-order steps get far in few, and what they get
  /// to depends on where they start.
  private static let (restartsOfSecondAttempt, epochsOfSecondAttempt) = (8, 0.3)
  /// How many times the units it may have, where the caller has not said how many.
  private static let unitsOfSecondAttempt = 2

  /// How networks of classes are grown a second time where they did not do well; nil where they are not. See
  /// ``TrainingOptimizer/automatic``.
  fileprivate func secondAttempt(on data: Dataset, sizeIsGiven: Bool) -> GrowthSpec? {
    let work = Double(data.sampleCount) * Double(data.featureCount) * Double(data.featureCount)
    guard training.optimizer == .automatic, data.task != .regression, work <= Self.largestSecondAttempt else {
      return nil
    }
    var second = self
    if topology == .automatic { second.topology = .flat }
    second.training.optimizer = .levenbergMarquardt
    second.training.epochs = max(1, Int((Self.epochsOfSecondAttempt * Double(training.epochs)).rounded()))
    second.restarts = min(Self.restartsOfSecondAttempt * restarts, 1000)
    second.pruning.schedule = []
    if !sizeIsGiven { second.stopping.maximumUnits *= Self.unitsOfSecondAttempt }
    // What the first attempt was asked for may not go together with the method.
    return (try? second.validate()) == nil ? nil : second
  }

  /// What is told of the training in the names of networks under way.
  var trainingInWords: String { training.optimizer == .levenbergMarquardt ? ", second order" : "" }
}

extension GrowthRun {
  /// The better of networks to choose by and those of a second attempt, where the spec has one and the first did not do well.
  func orSecondAttempt(of holdOuts: [HoldOut], ratherThan trials: Trials, deadline: Double?) -> Trials {
    guard let first = holdOuts.first?.training,
      let second = spec.secondAttempt(on: first, sizeIsGiven: wanted.stopping.maximumUnits >= 0),
      !trials.stopReasons.contains(.timeBudget), !context.isInterrupted, trials.leaveMuch
    else { return trials }
    guard hasMemory(forTrialsBesides: trials, of: second) else {
      return trials.deciding("there is no memory for a second way of training")
    }
    context.observer.observe(.stage("choosing once more, training by a second-order method"))
    var further = FurtherTrials(than: trials, from: progress, deadline: deadline, context)
    // A single hold-out says little: any gain on it is enough to ask all.
    guard further.grow(by: second, on: holdOuts.prefix(1)).gain(over: trials, onHoldOuts: 1).mean > 0 else {
      return further.all.deciding(Self.secondIsNoBetter)
    }
    let best = further.grow(by: second, on: holdOuts[...])
    guard best.isBetter(than: trials, onHoldOuts: holdOuts.count) else {
      return further.all.deciding(Self.secondIsNoBetter)
    }
    return best.adding(trials).deciding(
      "of two ways of training the second was taken: the second-order method does better")
  }

  private static let secondIsNoBetter =
    "of two ways of training the first was taken: the second-order method gains nothing beyond chance"
}

extension Trials {
  /// The largest share of held-out samples that networks with units may put into a wrong class and still do well.
  private static let little = 0.05

  /// Whether the chosen network puts many held-out samples, each counted by its weight, into a wrong class: where it has
  /// units more than a few, else more than half as many as the most frequent class would.
  fileprivate var leaveMuch: Bool {
    var (wrong, wrongByFrequency, all) = (0.0, 0.0, 0.0)
    for path in paths {
      guard let heldOut = path.last.heldOut else { continue }
      let network = path.network(of: choice, spec: spec)
      let outputs = network.outputs(for: heldOut.inputs, workers: path.last.workers)
      let answers = Dataset.classIndices(of: outputs, task: heldOut.task)
      let frequent = path.last.data.mostFrequentClass
      for (index, own) in heldOut.classIndices.enumerated() {
        let weight = heldOut.weights?[index] ?? 1
        all += weight
        if answers[index] != own { wrong += weight }
        if frequent != own { wrongByFrequency += weight }
      }
    }
    return 2 * wrong > wrongByFrequency || choice.rounds > 0 && wrong > Self.little * all
  }
}

extension Dataset {
  /// The class that most samples have, each counted by its weight; of equals the first.
  var mostFrequentClass: Int {
    var counts: [Int: Double] = [:]
    for (index, own) in classIndices.enumerated() { counts[own, default: 0] += weights?[index] ?? 1 }
    return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? 0
  }
}
