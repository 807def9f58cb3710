public import CambiumCore

extension StopReason {
  /// What ended a fit, in words that go on after "ended by".
  public var words: String {
    switch self {
    case .fullCoverage: "full coverage: every training sample is represented"
    case .bestHeldOutSize: "the size with the least held-out loss"
    case .leastInformationCriterion: "the size with the least Bayesian information criterion"
    case .sufficientError: "an error on held-out samples that is small enough"
    case .unitBudget: "the largest number of units"
    case .connectionBudget: "the largest number of connections: no room for another unit"
    case .timeBudget: "the seconds that there were"
    case .noUsefulCandidate: "no candidate that helps any more"
    case .epochBudget: "the last epoch"
    case .patience: "no better held-out loss for long enough"
    case .converged: "a loss that no longer moves"
    case .interrupted: "interruption; the best so far was kept"
    }
  }
}
