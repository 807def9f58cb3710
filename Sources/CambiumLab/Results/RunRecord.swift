public import CambiumCore

/// What came of one cell: a line of the records, complete in itself.
public struct RunRecord: Codable, Sendable, Equatable {
  /// The hash of ``conditions``.
  public var identity: String
  /// The learner's name in the experiment.
  public var learner: String
  /// The level of each factor of the learner.
  public var levels: [String: String]
  /// The data set's name in the experiment.
  public var data: String
  /// Which split, counted from 0.
  public var split: Int
  /// The seed.
  public var seed: Int
  /// Everything that decided the result: learner, settings, data fingerprint, split, seed, version.
  public var conditions: SpecTree
  /// The settings with those of the learners that the learner is made of written out in full; nil where the conditions have them
  /// all.
  public var settings: SpecTree?
  /// With what and where the run was made.
  public var environment: RunEnvironment
  /// The figures; nil where the run failed.
  public var result: RunResult?
  /// Why the run failed; nil where it did not.
  public var failure: RunFailure?
  /// Seconds of the fit alone.
  public var seconds: Double
  /// Seconds of predicting the test rows.
  public var predictionSeconds: Double
}

/// The figures of one run.
public struct RunResult: Codable, Sendable, Equatable {
  /// On the rows learned from.
  public var train: Evaluation
  /// On the rows that were held out to choose by, of a model that had not learned them; nil where none were.
  public var validation: Evaluation?
  /// On the test rows.
  public var test: Evaluation
  /// On the rows learned from, as rounds tell it: root mean square in units of the targets' standard deviation,
  /// or error rate.
  public var relativeTrainError: Double
  /// The same on the test rows.
  public var relativeTestError: Double
  /// Units, connections and depth of the model.
  public var size: ModelSize
  /// How the fit came about, round by round.
  public var report: FitReport

  /// The error that tables show: root mean square error in original units, or error rate 0…1; nil where it is
  /// not defined, as after an overflow.
  public var testError: Double? { test.task == .regression ? test.rmse : test.errorRate }
}

extension RunRecord {
  /// The record of a cell of an experiment, before its outcome is known.
  init(of cell: ExperimentCell, in experiment: Experiment, environment: RunEnvironment) {
    let learner = experiment.spec.learners[cell.learner]
    let configured = experiment.learners[cell.data][cell.learner]
    self.init(
      identity: cell.identity, learner: learner.name, levels: learner.levels,
      data: experiment.data[cell.data].name, split: cell.split, seed: cell.seed, conditions: cell.conditions,
      settings: configured.settings == configured.own ? nil : configured.settings, environment: environment,
      seconds: 0, predictionSeconds: 0)
  }

  /// The record without what depends on the machine: all times are 0.
  public var withoutTimings: RunRecord {
    var copy = self
    copy.seconds = 0
    copy.predictionSeconds = 0
    guard var result = copy.result else { return copy }
    for index in result.report.rounds.indices { result.report.rounds[index].seconds = 0 }
    copy.result = result
    return copy
  }
}
