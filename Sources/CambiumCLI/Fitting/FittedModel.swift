import CambiumCore
import CambiumExport

/// A model that has just been fitted, and what there is to say of it.
struct FittedModel {
  let model: Model
  let fit: Fit
  let data: FittingData
  let seconds: Double
  let workers: WorkerPool
  /// What the growth was kept in while it went on.
  let checkpoint: GrowthCheckpoint?

  /// Whether the user asked for an end before the learner was done.
  var wasInterrupted: Bool { fit.report.stopReason == .interrupted }

  /// What `--json` prints.
  func summary(options: FitOptions, notes: [String]) -> FitSummary {
    let size = model.predictor.size
    let report = fit.report
    let train = model.evaluation(on: data.train, workers: workers)
    return FitSummary(
      learner: model.learner, model: Nullable(options.out), task: train.task.rawValue,
      rows: data.train.sampleCount, features: data.train.featureCount,
      targets: data.preprocessing.target.columnNames.count, seed: options.seed, units: size.units,
      connections: size.connections,
      prunedConnections: model.prunedConnections ?? 0,
      depth: size.depth, coverage: Nullable(train.coverage), stopReason: report.stopReason,
      epochs: report.epochs, seconds: seconds, threads: workers.threads, train: train,
      validation: Nullable(validation),
      test: Nullable(data.test.map { model.evaluation(on: $0, workers: workers) }),
      rounds: report.rounds.map(FitSummary.Round.init), stages: stages,
      coveredFirst: Nullable(coveredFirst), notes: notes + report.decisions)
  }

  private var coveredFirst: FitSummary.CoveredFirst? {
    let named = fit.firstCoverage?.renamed { data.rowNumbers?[$0] ?? $0 + 1 }
    return named.map { FitSummary.CoveredFirst(readout: $0.readout, units: $0.units) }
  }

  private var stages: [FitSummary.Stage] {
    guard let test = data.test else { return [] }
    let rounds = fit.report.rounds
    return fit.stages.enumerated().map { index, stage in
      let evaluation = Evaluation(
        outputs: stage.outputs(for: test.inputs, workers: workers), dataset: test,
        preprocessing: model.preprocessing, tolerance: model.provenance.tolerance)
      let later = rounds.dropFirst(index).reduce(0) { $0 + $1.seconds }
      return FitSummary.Stage(units: stage.size.units, seconds: max(0, seconds - later), test: evaluation)
    }
  }

  /// How well samples were predicted that had not been learned: by the learner's own account, or else by the
  /// model on the rows that the split column marks.
  private var validation: Evaluation? {
    if let heldOut = fit.heldOut {
      return Evaluation(
        outputs: heldOut.outputs, dataset: heldOut.data, preprocessing: model.preprocessing,
        tolerance: model.provenance.tolerance)
    }
    return data.validation.map { model.evaluation(on: $0, workers: workers) }
  }
}

extension Model {
  /// How well the model predicts samples that were encoded by its own preprocessing.
  func evaluation(on dataset: Dataset, workers: WorkerPool) -> Evaluation {
    Evaluation(
      outputs: predictor.outputs(for: dataset.inputs, workers: workers), dataset: dataset,
      preprocessing: preprocessing, tolerance: provenance.tolerance)
  }
}
