internal import CambiumCore
internal import Synchronization

/// Runs one cell: fits the encoding on the training rows, the learner on them, and measures on the test rows.
struct CellRun {
  let experiment: Experiment
  let cell: ExperimentCell
  /// Where replays of growth are kept; nil for nowhere.
  var replays: ReplayStore?
  /// True once the run should end as soon as it can.
  let isInterrupted: @Sendable () -> Bool

  /// The record; nil where the run was interrupted, so that it is run again.
  func record() -> RunRecord? {
    let observer = InterruptionObserver(isAsked: isInterrupted)
    var record = RunRecord(
      identity: cell.identity, learner: experiment.spec.learners[cell.learner].name,
      data: experiment.data[cell.data].name, split: cell.split, seed: cell.seed, conditions: cell.conditions,
      seconds: 0)
    do {
      let outcome = try run(observer)
      record.result = outcome.result
      record.seconds = outcome.seconds
    } catch {
      record.failure = "\(error)"
    }
    return observer.wasInterrupted ? nil : record
  }

  private func run(_ observer: InterruptionObserver) throws -> (result: RunResult, seconds: Double) {
    let data = experiment.data[cell.data]
    let rows = try data.rows(ofSplit: cell.split, by: experiment.spec.splits)
    let preprocessing = try Preprocessing.fit(
      to: data.table, targets: data.targets, task: data.task, ignoring: data.ignored, rows: rows.training
    ).preprocessing
    let training = try preprocessing.dataset(from: data.table, rows: rows.training)
    let validation =
      rows.validation.isEmpty ? nil : try preprocessing.dataset(from: data.table, rows: rows.validation)
    let test = try preprocessing.dataset(from: data.table, rows: rows.test)

    // One thread a cell: cells share the machine better than their products do, and fits are reproducible
    // with any number.
    let context = FitContext(
      random: RandomStream(seed: UInt64(cell.seed)).child("cell", cell.split), observer: observer)
    let start = secondsNow()
    let fit = try experiment.learners[cell.data][cell.learner].learner.fit(
      training, validation: validation, in: context)
    let seconds = secondsNow() - start
    if let replays, experiment.isReplayed(cell) {
      GrowthReplay(
        of: fit, preprocessing: preprocessing, training: training, test: test, workers: context.workers
      ).map { replays.save($0, as: cell.identity) }
    }

    func measured(_ dataset: Dataset) -> (evaluation: Evaluation, relativeError: Double) {
      let outputs = fit.predictor.outputs(for: dataset.features, workers: context.workers)
      let evaluation = Evaluation(
        outputs: outputs, dataset: dataset, preprocessing: preprocessing,
        tolerance: experiment.spec.tolerance)
      return (evaluation, evaluation.errorRate ?? relativeError(of: outputs, dataset))
    }
    let train = measured(training)
    let tested = measured(test)
    let result = RunResult(
      train: train.evaluation, test: tested.evaluation, relativeTrainError: train.relativeError,
      relativeTestError: tested.relativeError, size: fit.predictor.size, report: fit.report)
    return (result, seconds)
  }

  /// The root mean square of the differences of standardised outputs.
  private func relativeError(of outputs: Matrix, _ dataset: Dataset) -> Double {
    let squares = zip(outputs.values, dataset.targets.values).reduce(0) {
      $0 + ($1.0 - $1.1) * ($1.0 - $1.1)
    }
    return (squares / Double(max(1, outputs.values.count))).squareRoot()
  }
}

/// Passes a wish to stop on to a fit, and remembers whether the fit heard of it.
private final class InterruptionObserver: FitObserver {
  private let isAsked: @Sendable () -> Bool
  private let heard = Atomic(false)

  init(isAsked: @escaping @Sendable () -> Bool) { self.isAsked = isAsked }

  var wasInterrupted: Bool { heard.load(ordering: .relaxed) }

  func observe(_ event: FitEvent) {}

  var isInterrupted: Bool {
    guard isAsked() else { return false }
    heard.store(true, ordering: .relaxed)
    return true
  }
}
