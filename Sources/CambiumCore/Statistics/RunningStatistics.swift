internal import CGSL

/// Statistics of numbers that come one at a time, none of which is kept (GSL's running statistics; the mean and
/// variance by Welford's recurrence).
///
/// The figures depend on the order in which the numbers came only by rounding.
public final class RunningStatistics {
  private let workspace: UnsafeMutablePointer<gsl_rstat_workspace>

  /// Starts without numbers.
  public init() {
    guard let workspace = gsl_rstat_alloc() else { preconditionFailure("no memory for running statistics") }
    self.workspace = workspace
  }

  deinit { gsl_rstat_free(workspace) }

  /// Takes a number.
  public func add(_ value: Double) { gsl_rstat_add(value, workspace) }

  /// How many numbers there were.
  public var count: Int { Int(gsl_rstat_n(workspace)) }

  /// The mean; nil before the first number.
  public var mean: Double? { count > 0 ? gsl_rstat_mean(workspace) : nil }

  /// The sample standard deviation, with n − 1; nil for fewer than two numbers.
  public var standardDeviation: Double? { count > 1 ? gsl_rstat_sd(workspace) : nil }

  /// The smallest number; nil before the first.
  public var minimum: Double? { count > 0 ? gsl_rstat_min(workspace) : nil }

  /// The largest number; nil before the first.
  public var maximum: Double? { count > 0 ? gsl_rstat_max(workspace) : nil }
}
