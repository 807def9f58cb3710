public import CambiumCore

/// What errors are measured by; less is better in all of them, so that every table, rank and test reads alike.
public enum Metric: String, Codable, Sendable, CaseIterable {
  /// Regression: root mean square error in the targets' units.
  case rmse
  /// Regression: mean absolute error in the targets' units.
  case mae
  /// Regression: the share of variance left unexplained, 1 − R².
  case r2
  /// Classification: the share of rows put into a wrong class, in per cent.
  case errorRate
  /// Classification: mean of −log of the right class's probability.
  case logLoss
  /// Classification: mean of the squared differences of probabilities, summed over classes, 0…2.
  case brier
  /// Both: the share of rows that are not represented, in per cent.
  case coverage

  /// What tables call it.
  public var title: String {
    switch self {
    case .rmse: "RMSE"
    case .mae: "MAE"
    case .r2: "1 − R²"
    case .errorRate: "error, %"
    case .logLoss: "log-loss"
    case .brier: "Brier score"
    case .coverage: "not covered, %"
    }
  }

  /// Whether it is defined for a task.
  public func applies(to task: TaskChoice) -> Bool {
    switch self {
    case .rmse, .mae, .r2: task == .regression
    case .errorRate, .logLoss, .brier: task == .classification
    case .coverage: true
    }
  }

  /// Its value; nil where it is not defined, as after an overflow.
  public func value(of evaluation: Evaluation) -> Double? {
    switch self {
    case .rmse: evaluation.rmse
    case .mae: evaluation.mae
    case .r2: evaluation.r2.map { 1 - $0 }
    case .errorRate: evaluation.errorRate.map { 100 * $0 }
    case .logLoss: evaluation.logLoss
    case .brier: evaluation.brier
    case .coverage: evaluation.coverage.map { 100 * (1 - $0) }
    }
  }
}
