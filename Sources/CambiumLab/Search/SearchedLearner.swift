internal import CambiumCore
internal import Foundation

/// A learner whose settings are searched: each trial learns a part of the training samples and is judged on the rest; the best
/// then learns all of them.
///
/// The judge is the loss of the task, which is less coarse than the share of wrong classes.
struct SearchedLearner: Learner {
  let search: SearchSpec
  let budget: BudgetSpec
  /// The learner of settings laid over its own, of a trial or of the last fit.
  let configured: @Sendable (_ settings: [String: SpecTree], _ isTrial: Bool) throws -> any Learner

  func fit(_ data: Dataset, validation: Dataset?, in context: FitContext) throws -> Fit {
    let random = context.random.child("search")
    let parts = Split.holdOut(data, fraction: search.fraction, random: random.child("split"))
    let judges = validation ?? data.selecting(parts.heldOut)
    let learned = validation == nil ? data.selecting(parts.training) : data
    let draws = [[:]] + search.draws(random: random.child("draws"))
    let end = budget.seconds > 0 ? secondsNow() + budget.seconds : .infinity

    var best: (settings: [String: SpecTree], loss: Double)?
    var firstLoss = Double.infinity
    var epochs = 0
    var count = 0
    var excesses = 0
    for (index, settings) in draws.enumerated() {
      // The first trial is made in any case; the last fit takes about as many epochs as the dearest trial.
      let isSpent =
        secondsNow() > end || (budget.epochs > 0 && epochs + epochs / max(1, count) >= budget.epochs)
      guard index == 0 || !(context.observer.isInterrupted || isSpent) else { break }
      let fit = try configured(settings, true).fit(
        learned, validation: nil, in: context.silent("trial", index))
      count += 1
      epochs += fit.report.epochs
      guard budget.excess(of: fit.predictor.size, epochs: 0) == nil else {
        excesses += 1
        continue
      }
      let loss = Self.loss(of: fit.predictor.outputs(for: judges.inputs, workers: context.workers), judges)
      if index == 0 { firstLoss = loss }
      if loss < best?.loss ?? .infinity { best = (settings, loss) }
    }
    let chosen = best?.settings ?? [:]
    let decision = Self.told(
      chosen, loss: best?.loss ?? firstLoss, own: firstLoss, trials: count, excesses: excesses)
    context.observer.observe(.decision(decision))
    var fit = try configured(chosen, false).fit(data, validation: validation, in: context.child("chosen"))
    fit.report.epochs += epochs
    fit.report.decisions.insert(decision, at: 0)
    return fit
  }

  private static func told(
    _ settings: [String: SpecTree], loss: Double, own: Double, trials: Int, excesses: Int
  ) -> String {
    let choice =
      settings.isEmpty
      ? "its own settings"
      : settings.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.title)" }.joined(separator: ", ")
    let beyond = excesses > 0 ? ", \(excesses) of them beyond the budget" : ""
    return "of \(trials) settings\(beyond), \(choice) had the least held-out loss: "
      + "\(NumberFormat.significant(loss, digits: 3)) (its own: \(NumberFormat.significant(own, digits: 3)))"
  }

  /// The mean loss of outputs: squared differences, or −log of the right class's probability; infinite where it is no number.
  static func loss(of outputs: Matrix, _ data: Dataset) -> Double {
    var sum = 0.0
    switch data.task {
    case .regression:
      for (output, target) in zip(outputs.values, data.targets.values) {
        sum += (output - target) * (output - target)
      }
    case .classification:
      for (row, index) in data.classIndices.enumerated() {
        let probability =
          data.outputCount == 1
          ? (index == 1 ? outputs[row, 0] : 1 - outputs[row, 0]) : outputs[row, index]
        sum -= log(max(probability, 1e-15))
      }
    }
    let mean = sum / Double(max(1, data.sampleCount))
    return mean.isNaN ? .infinity : mean
  }
}

extension FitContext {
  /// The stream of a label and the threads, told to nobody but that a wish to stop still comes through.
  fileprivate func silent(_ label: String, _ index: Int) -> FitContext {
    FitContext(
      random: random.child(label, index), workers: workers, observer: InterruptionOnly(observer: observer))
  }
}

/// Passes on a wish to stop, and nothing of what happens.
private struct InterruptionOnly: FitObserver {
  let observer: any FitObserver
  func observe(_ event: FitEvent) {}
  var isInterrupted: Bool { observer.isInterrupted }
}
