internal import CambiumCore

extension GrowthSpec {
  /// N p² up to which a second attempt is made.
  private static let largestSecondAttempt = 500_000.0
  /// How many times the restarts it has.
  private static let restartsOfSecondAttempt = 4

  /// How networks of classes are grown a second time where they did badly; nil where they are not. See
  /// ``TrainingOptimizer/automatic``.
  fileprivate func secondAttempt(on data: Dataset) -> GrowthSpec? {
    let work = Double(data.sampleCount) * Double(data.featureCount) * Double(data.featureCount)
    guard training.optimizer == .automatic, data.task != .regression, work <= Self.largestSecondAttempt else {
      return nil
    }
    var second = self
    second.training.optimizer = .levenbergMarquardt
    second.restarts = min(Self.restartsOfSecondAttempt * restarts, 1000)
    // What the first attempt was asked for may not go together with the method.
    return (try? second.validate()) == nil ? nil : second
  }

  /// What is told of the training in the names of networks under way.
  var trainingInWords: String { training.optimizer == .levenbergMarquardt ? ", second order" : "" }
}

extension Trials {
  /// The better of these networks and those of a second attempt, where the spec has one and these did badly.
  func orSecondAttempt(
    on holdOuts: [HoldOut], deadline: Double?, from progress: GrowthProgress, _ context: FitContext
  ) -> Trials {
    guard let data = holdOuts.first?.training, let spec = spec.secondAttempt(on: data), areMostlyWrong,
      !stopReasons.contains(.timeBudget), !context.isInterrupted
    else { return self }
    context.observer.observe(.stage("choosing once more, training by a second-order method"))
    let second = Trials(of: spec, on: holdOuts, deadline: deadline, from: progress, context)
    let isBetter = second.isBetter(than: self, onHoldOuts: holdOuts.count)
    var best = isBetter ? second.adding(self) : adding(second)
    best.attempts =
      "of two ways of training the \(isBetter ? "second" : "first") was taken: "
      + "the second-order method \(isBetter ? "does better" : "gains nothing beyond chance")"
    return best
  }

  /// Whether the chosen network puts more than half as many of the held-out samples, each counted by its weight, into a wrong class
  /// as the most frequent class would.
  private var areMostlyWrong: Bool {
    var (wrong, wrongByFrequency) = (0.0, 0.0)
    for path in paths {
      guard let heldOut = path.last.heldOut else { continue }
      let network = path.network(of: choice, spec: spec)
      let outputs = network.outputs(for: heldOut.inputs, workers: path.last.workers)
      let answers = Dataset.classIndices(of: outputs, task: heldOut.task)
      let frequent = path.last.data.mostFrequentClass
      for (index, own) in heldOut.classIndices.enumerated() {
        let weight = heldOut.weights?[index] ?? 1
        if answers[index] != own { wrong += weight }
        if frequent != own { wrongByFrequency += weight }
      }
    }
    return 2 * wrong > wrongByFrequency
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
