/// Why a fit ended.
public enum StopReason: String, Sendable, Codable, Equatable {
  /// Every training sample is represented: the lecture's own end.
  case fullCoverage
  /// The size with the least held-out loss was kept.
  case bestHeldOutSize
  /// The size with the least Bayesian information criterion was kept.
  case leastInformationCriterion
  /// The smallest size was kept whose error on held-out samples is as small as the spec asks for.
  case sufficientError
  /// The largest number of units (or rounds) was reached.
  case unitBudget
  /// No candidate was left that the largest number of connections has room for.
  case connectionBudget
  /// The seconds were used up.
  case timeBudget
  /// No candidate of a round could be kept.
  case noUsefulCandidate
  /// The last epoch was reached.
  case epochBudget
  /// The held-out loss had not improved for the spec's patience.
  case patience
  /// The loss no longer moved.
  case converged
  /// The caller asked to stop.
  case interrupted
}
