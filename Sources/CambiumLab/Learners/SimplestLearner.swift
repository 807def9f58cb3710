internal import Cambium
internal import CambiumCore

/// A learner that prefers simpler models: of several settings the simplest that is good enough by a ``SimplicityRule`` learns
/// all samples.
struct SimplestLearner: Learner {
  /// The learner with each of its settings, the simplest first.
  let members: [ConfiguredLearner]
  let rule: SimplicityRule
  /// How many folds `oneStandardError` has.
  let folds: Int

  /// Chooses and fits; samples of `validation` are learned as well, since the rule has its own way to judge.
  ///
  /// - Throws: What a learner throws; `InputError` where there are fewer samples than folds.
  func fit(_ data: Dataset, validation: Dataset?, in context: FitContext) throws -> Fit {
    let all = validation.map(data.appending) ?? data
    context.observer.observe(.stage("choosing among \(members.count) settings by \(rule.rawValue)"))
    let verdict: Verdict
    switch rule {
    case .oneStandardError: verdict = try byFolds(all, context)
    case .bic: verdict = try byCriterion(all, context)
    case .mdl: verdict = try byDescriptionLength(all, context)
    }
    let decision =
      "of \(members.count) settings, the \(ordinal(verdict.choice)) simplest was good enough: "
      + verdict.values.map { NumberFormat.significant($0, digits: 4) }.joined(separator: ", ")
    context.observer.observe(.decision(decision))
    var fit =
      try verdict.fit
      ?? members[verdict.choice].learner.fit(all, validation: nil, in: context.child("chosen"))
    fit.report.epochs += verdict.epochs
    fit.report.decisions.insert(decision, at: 0)
    if context.observer.isInterrupted { fit.report.stopReason = .interrupted }
    return fit
  }

  private func ordinal(_ index: Int) -> String {
    ["first", "second", "third"].dropFirst(index).first ?? "\(index + 1)th"
  }

  /// What a rule found.
  private struct Verdict {
    /// Which setting.
    var choice: Int
    /// What each was judged by: less is better.
    var values: [Double]
    /// Passes over the samples that the search took.
    var epochs: Int
    /// The choice's fit to all samples, where there is one already.
    var fit: Fit?
  }

  // MARK: The rules

  private func byFolds(_ data: Dataset, _ context: FitContext) throws -> Verdict {
    let parts = try Split.kFold(
      count: data.sampleCount, classes: data.classIndices, folds: folds, random: context.random.child("folds")
    )
    let judged = try trials(parts.count, context) { member, part in
      (data.selecting(parts[part].training), data.selecting(parts[part].heldOut), "fold \(part)")
    }
    let losses = judged.losses.map { losses in losses.map { $0.sum / Double(max($0.count, 1)) } }
    let means = losses.map { $0.reduce(0, +) / Double($0.count) }
    let best = means.indices.reduce(0) { means[$1] < means[$0] ? $1 : $0 }
    let spread = losses[best].reduce(0) { $0 + ($1 - means[best]) * ($1 - means[best]) }
    let count = Double(parts.count)
    let error = (spread / (count - 1) / count).squareRoot()
    let bound = means[best] + error
    return Verdict(
      choice: means.firstIndex { $0 <= bound } ?? best, values: means, epochs: judged.epochs)
  }

  private func byCriterion(_ data: Dataset, _ context: FitContext) throws -> Verdict {
    let fits = try context.workers.map(members.count) { index in
      Result { try fit(index, to: data, "all", context) }
    }.map { try $0.get() }
    let values = fits.map { fit in
      let outputs = fit.predictor.outputs(for: data.inputs, workers: context.workers)
      return InformationCriterion.value(
        loss: OutputLoss(of: outputs, data).sum, of: data, connections: fit.predictor.size.connections)
    }
    let best = values.indices.reduce(0) { values[$1] < values[$0] ? $1 : $0 }
    let others = fits.indices.reduce(0) { $0 + ($1 == best ? 0 : fits[$1].report.epochs) }
    return Verdict(choice: best, values: values, epochs: others, fit: fits[best])
  }

  /// Where blocks end: a sixteenth, an eighth, a quarter, half and all of the samples, those of fewer than two left out.
  static func blockEnds(sampleCount: Int) -> [Int] {
    var ends = [16, 8, 4, 2, 1].map { sampleCount / $0 }.filter { $0 >= 2 }
    if ends.count < 2 { ends = [max(sampleCount / 2, 1), sampleCount] }
    return ends
  }

  private func byDescriptionLength(_ data: Dataset, _ context: FitContext) throws -> Verdict {
    let order = context.random.child("blocks").generator().permutation(data.sampleCount)
    let ends = Self.blockEnds(sampleCount: data.sampleCount)
    let judged = try trials(ends.count - 1, context) { _, block in
      (
        data.selecting(Array(order[..<ends[block]])),
        data.selecting(Array(order[ends[block]..<ends[block + 1]])),
        "block \(block)"
      )
    }
    let values = judged.losses.map { losses in
      data.task == .regression ? Self.codeLength(ofNumbers: losses) : losses.reduce(0) { $0 + $1.sum }
    }
    let best = values.indices.reduce(0) { values[$1] < values[$0] ? $1 : $0 }
    return Verdict(choice: best, values: values, epochs: judged.epochs)
  }

  /// Nats for numbers whose errors are normal; the variance of a block's is that of all before, which the reader knows by
  /// then, and 1 at first, that of the targets.
  static func codeLength(ofNumbers losses: [OutputLoss]) -> Double {
    var variance = 1.0
    var (squares, count) = (0.0, 0.0)
    var length = 0.0
    for loss in losses {
      length += 0.5 * Double(loss.count) * logarithm(2 * .pi * variance) + loss.sum / variance
      squares += 2 * loss.sum
      count += Double(loss.count)
      variance = max(squares / max(count, 1), 1e-12)
    }
    return length
  }

  // MARK: Fits

  /// The losses of each setting on each part, which it had not learned.
  private func trials(
    _ parts: Int, _ context: FitContext, _ samples: (Int, Int) -> (Dataset, Dataset, String)
  ) throws -> (losses: [[OutputLoss]], epochs: Int) {
    let results = try context.workers.map(members.count * parts) { index in
      Result {
        let (member, part) = (index / parts, index % parts)
        let (learned, judged, name) = samples(member, part)
        let fitted = try fit(member, to: learned, name, context)
        let outputs = fitted.predictor.outputs(for: judged.inputs, workers: context.workers)
        return (loss: OutputLoss(of: outputs, judged), epochs: fitted.report.epochs)
      }
    }.map { try $0.get() }
    let losses = members.indices.map { member in
      results[member * parts..<(member + 1) * parts].map(\.loss)
    }
    return (losses, results.reduce(0) { $0 + $1.epochs })
  }

  private func fit(_ index: Int, to data: Dataset, _ part: String, _ context: FitContext) throws -> Fit {
    let own = FitContext(
      random: context.random.child(part).child("setting", index), workers: context.workers,
      observer: MemberObserver(name: "setting \(index + 1), \(part)", listener: context.observer))
    return try members[index].learner.fit(data, validation: nil, in: own)
  }
}

/// What outputs cost, summed over samples and outputs: half the squared errors of numbers, −log of the right class's
/// probability.
struct OutputLoss: Sendable {
  /// The sum, times the samples' weights.
  var sum: Double
  /// The terms of the sum.
  var count: Int

  init(sum: Double, count: Int) { (self.sum, self.count) = (sum, count) }

  init(of outputs: Matrix, _ data: Dataset) {
    sum = 0
    switch data.task {
    case .regression:
      count = outputs.values.count
      for k in outputs.values.indices {
        let error = outputs.values[k] - data.targets.values[k]
        sum += 0.5 * (data.weights?[k % data.sampleCount] ?? 1) * error * error
      }
    case .classification:
      count = data.sampleCount
      for (row, index) in data.classIndices.enumerated() {
        let probability =
          data.outputCount == 1 ? (index == 1 ? outputs[row, 0] : 1 - outputs[row, 0]) : outputs[row, index]
        sum -= (data.weights?[row] ?? 1) * logarithm(max(probability, 1e-15))
      }
    }
    if sum.isNaN { sum = .infinity }
  }
}

extension LearnerKind {
  /// The kind that takes the simplest of a kind's settings that is good enough.
  init(named name: String, simplestOf kind: LearnerKind) {
    self.init(
      name: name, summary: "\(kind.summary), the simplest that is good enough", predictor: kind.predictorType,
      validationKey: nil, gridKey: nil, ground: .mapping([:]),
      modelKind: { (spec: SimplestSpec) in (try? spec.members(of: kind))?.first?.modelKind },
      completed: { spec, settings in
        let members = try spec.members(of: kind).map(\.settings)
        return settings.laying(.mapping(["candidates": .list(members)]))
      },
      learner: { spec in
        SimplestLearner(members: try spec.members(of: kind), rule: spec.rule, folds: spec.folds)
      })
  }
}
