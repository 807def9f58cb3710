internal import CambiumCore

/// Several learners whose models answer together, each as far as it deserves (Wolpert 1992, "Stacked generalization"; van
/// der Laan, Polley and Hubbard 2007).
///
/// Each learner is fitted to all folds but one, and asked about that one. The weights with which what they say of samples
/// that they had not learned is nearest to the targets, ``SimplexWeights``, are then those of models fitted to all samples.
struct StackedLearner: Learner {
  /// The learners, by name.
  let members: [ConfiguredLearner]
  /// How many folds.
  let folds: Int

  /// Fits the learners and the weights; samples of `validation` are learned as well, since folds are what is chosen by.
  ///
  /// - Throws: What a learner throws; `InputError` where there are fewer samples than folds.
  func fit(_ data: Dataset, validation: Dataset?, in context: FitContext) throws -> Fit {
    let apart = validation.flatMap { $0.sampleCount > 0 ? $0 : nil }
    let all = apart.map(data.appending) ?? data
    let outputs = try outputsOfFolds(all, in: context)
    let weights = SimplexWeights.nearest(outputs, to: all.targets, weights: all.weights)
    context.observer.observe(.stage("fitting all learners to all samples"))
    let fits = try context.workers.map(members.count) { index in
      Result { try fit(index, to: all, "all", context) }
    }.map { try $0.get() }
    let parts = zip(members, zip(weights, fits)).map { member, fitted in
      StackedModel.Part(kind: member.modelKind, weight: fitted.0, model: fitted.1.predictor)
    }
    let decisions = zip(members, weights).map { member, weight in
      "\(member.kind) has a weight of \((weight * 1000).rounded() / 1000)"
    }
    decisions.forEach { context.observer.observe(.decision($0)) }
    let held = apart.map { _ in Array(data.sampleCount..<all.sampleCount) } ?? Array(0..<all.sampleCount)
    return Fit(
      predictor: StackedModel(parts: parts),
      report: FitReport(
        stopReason: context.observer.isInterrupted ? .interrupted : .converged,
        epochs: fits.reduce(0) { $0 + $1.report.epochs }, decisions: decisions),
      heldOut: HeldOutResult(
        data: all.selecting(held), outputs: StackedModel.mean(of: outputs, weights).selectingRows(held)))
  }

  /// What each learner says of every sample, when it has not learned the sample's fold.
  private func outputsOfFolds(_ data: Dataset, in context: FitContext) throws -> [Matrix] {
    let parts = try Split.kFold(
      count: data.sampleCount, classes: data.classIndices, folds: folds, random: context.random.child("folds")
    )
    context.observer.observe(.stage("fitting \(members.count) learners to \(parts.count) folds"))
    let said = try context.workers.map(parts.count * members.count) { index in
      Result {
        let part = parts[index / members.count]
        let fitted = try fit(
          index % members.count, to: data.selecting(part.training), "fold \(index / members.count + 1)",
          context)
        return fitted.predictor.outputs(
          for: data.features.selectingRows(part.heldOut), workers: context.workers)
      }
    }.map { try $0.get() }
    return members.indices.map { member in
      var outputs = Matrix(rows: data.sampleCount, columns: data.outputCount)
      for (index, part) in parts.enumerated() {
        let answers = said[index * members.count + member]
        for (k, row) in part.heldOut.enumerated() {
          for o in 0..<outputs.columns { outputs[row, o] = answers[k, o] }
        }
      }
      return outputs
    }
  }

  private func fit(_ index: Int, to data: Dataset, _ part: String, _ context: FitContext) throws -> Fit {
    let member = members[index]
    let own = FitContext(
      random: context.random.child(part).child("learner", index), workers: context.workers,
      observer: MemberObserver(name: "\(member.kind), \(part)", listener: context.observer))
    return try member.learner.fit(data, validation: nil, in: own)
  }
}
