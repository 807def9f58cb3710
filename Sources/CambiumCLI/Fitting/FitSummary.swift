import CambiumCore

/// What `grow --json` and `fit --json` print.
struct FitSummary: Encodable {
  /// A round as JSON shows it: every key is there, `null` where there is no figure.
  struct Round: Encodable {
    let index: Int
    let candidates: Int
    let kept: [RoundRecord.Kept]
    let coverage: Nullable<Double>
    let trainError: Nullable<Double>
    let validationError: Nullable<Double>
    let seconds: Double

    init(_ record: RoundRecord) {
      index = record.index
      candidates = record.candidates
      kept = record.kept
      coverage = Nullable(record.coverage)
      trainError = Nullable(record.trainError)
      validationError = Nullable(record.validationError)
      seconds = record.seconds
    }
  }

  /// The network on its way.
  struct Stage: Encodable {
    /// How many units it had.
    let units: Int
    /// Seconds since the fit began.
    let seconds: Double
    let test: Evaluation
  }

  /// Which rows of the data, counted from 1, the network represented first with what.
  struct CoveredFirst: Encodable {
    /// Without units.
    let readout: [Int]
    /// With each unit, and never before.
    let units: [[Int]]
  }

  let learner: String
  /// Where the model was saved.
  let model: Nullable<String>
  let task: String
  /// Rows that the learner was given to learn from.
  let rows: Int
  /// Inputs of the network, after encoding.
  let features: Int
  /// Target columns.
  let targets: Int
  let seed: UInt64
  let units: Int
  let connections: Int
  let prunedConnections: Int
  let depth: Int
  let coverage: Nullable<Double>
  let stopReason: StopReason
  let epochs: Int
  let seconds: Double
  let threads: Int
  let train: Evaluation
  /// Of the rows that the split column marks for validation, or that were held out and never learned.
  let validation: Nullable<Evaluation>
  /// Of the rows that the split column marks for testing.
  let test: Nullable<Evaluation>
  let rounds: [Round]
  /// How the test rows were predicted before the first of these rounds and after each; empty without test rows, and
  /// where the network did not grow.
  let stages: [Stage]
  /// Null where the model is no single grown network.
  let coveredFirst: Nullable<CoveredFirst>
  /// What was chosen without being asked for: the task, imputation, sizes.
  let notes: [String]
}
