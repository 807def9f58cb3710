internal import CambiumCore

/// Runs one cell: fits the encoding on the training rows, the learner on them, and measures on the test rows.
struct CellRun {
  let experiment: Experiment
  let cell: ExperimentCell
  let environment: RunEnvironment
  /// Where replays of growth are kept; nil for nowhere.
  var replays: ReplayStore?
  /// True once the run should end as soon as it can.
  let isInterrupted: @Sendable () -> Bool

  /// The record; nil where the run was interrupted, so that it is run again.
  func record() -> RunRecord? {
    let observer = GrowthWatch(
      wantsWeightPaths: replays != nil && experiment.isReplayed(cell), isAsked: isInterrupted)
    var record = RunRecord(of: cell, in: experiment, environment: environment)
    do {
      let fitted = try fit(observer)
      if let excess = experiment.spec.budget.excess(
        of: fitted.fit.predictor.size, epochs: fitted.fit.report.epochs)
      {
        record.failure = RunFailure(.overBudget, excess)
      } else {
        record.seconds = fitted.seconds
        saveReplay(of: fitted, paths: observer.paths)
        (record.result, record.predictionSeconds) = measured(fitted)
      }
    } catch {
      record.failure = RunFailure(.error, "\(error)")
    }
    return observer.wasInterrupted ? nil : record
  }

  private struct Fitted {
    var fit: Fit
    var seconds: Double
    var preprocessing: Preprocessing
    var training: Dataset
    var test: Dataset
  }

  /// One thread a cell: cells share the machine better than their products do, and fits are the same with any number.
  private func fit(_ observer: GrowthWatch) throws -> Fitted {
    let data = experiment.data[cell.data]
    let rows = try data.rows(ofSplit: cell.split, by: experiment.spec.splits)
    let preprocessing = try Preprocessing.fit(
      to: data.table, targets: data.targets, task: data.task, ignoring: data.ignored, rows: rows.training
    ).preprocessing
    let training = try preprocessing.dataset(from: data.table, rows: rows.training)
    let validation =
      rows.validation.isEmpty ? nil : try preprocessing.dataset(from: data.table, rows: rows.validation)
    let test = try preprocessing.dataset(from: data.table, rows: rows.test)
    let context = FitContext(
      random: RandomStream(seed: UInt64(cell.seed)).child("cell", cell.split), observer: observer)
    let start = secondsNow()
    let fit = try experiment.learners[cell.data][cell.learner].learner.fit(
      training, validation: validation, in: context)
    return Fitted(
      fit: fit, seconds: secondsNow() - start, preprocessing: preprocessing, training: training, test: test)
  }

  private func saveReplay(of fitted: Fitted, paths: [WeightPath]) {
    guard let replays, experiment.isReplayed(cell) else { return }
    let replay = GrowthReplay(
      of: fitted.fit, paths: paths, preprocessing: fitted.preprocessing, training: fitted.training,
      test: fitted.test,
      workers: WorkerPool(threads: 1))
    replay.map { replays.save($0, as: cell.identity) }
  }

  private func measured(_ fitted: Fitted) -> (result: RunResult, predictionSeconds: Double) {
    func evaluation(of outputs: Matrix, _ dataset: Dataset) -> Evaluation {
      Evaluation(
        outputs: outputs, dataset: dataset, preprocessing: fitted.preprocessing,
        tolerance: experiment.spec.tolerance)
    }
    let workers = WorkerPool(threads: 1)
    let predictor = fitted.fit.predictor
    let start = secondsNow()
    let testOutputs = predictor.outputs(for: fitted.test.inputs, workers: workers)
    let seconds = secondsNow() - start
    let trainOutputs = predictor.outputs(for: fitted.training.inputs, workers: workers)
    let train = evaluation(of: trainOutputs, fitted.training)
    let test = evaluation(of: testOutputs, fitted.test)
    let result = RunResult(
      train: train, validation: fitted.fit.heldOut.map { evaluation(of: $0.outputs, $0.data) }, test: test,
      relativeTrainError: train.errorRate ?? relativeError(of: trainOutputs, fitted.training),
      relativeTestError: test.errorRate ?? relativeError(of: testOutputs, fitted.test),
      size: predictor.size, report: fitted.fit.report)
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
