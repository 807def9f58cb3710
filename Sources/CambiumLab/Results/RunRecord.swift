public import CambiumCore

/// What came of one cell: a line of `records.jsonl`, complete in itself.
public struct RunRecord: Codable, Sendable, Equatable {
  /// The hash of ``conditions``.
  public var identity: String
  /// The learner's name in the experiment.
  public var learner: String
  /// The data set's name in the experiment.
  public var data: String
  /// Which split, counted from 0.
  public var split: Int
  /// The seed.
  public var seed: Int
  /// Everything that decided the result: learner, settings, data fingerprint, split, seed, version.
  public var conditions: SpecTree
  /// The figures; nil where the run failed.
  public var result: RunResult?
  /// Why the run failed; nil where it did not.
  public var failure: String?
  /// Seconds of the fit alone.
  public var seconds: Double
}

/// The figures of one run.
public struct RunResult: Codable, Sendable, Equatable {
  /// On the rows learned from.
  public var train: Evaluation
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
  /// The record without what depends on the machine: all times are 0.
  public var withoutTimings: RunRecord {
    var copy = self
    copy.seconds = 0
    guard var result = copy.result else { return copy }
    for index in result.report.rounds.indices { result.report.rounds[index].seconds = 0 }
    copy.result = result
    return copy
  }
}
