/// Why a run has no result.
public struct RunFailure: Codable, Sendable, Equatable {
  /// The kinds of failure.
  public enum Kind: String, Codable, Sendable, CaseIterable {
    /// The data or the settings do not allow the run.
    case error
    /// The model or its fit went beyond the experiment's budget.
    case overBudget
    /// The process ended by itself: a defect.
    case crash
    /// There was not enough memory.
    case outOfMemory
    /// It took longer than the limit.
    case timeout

    /// The kind in words.
    var title: String {
      switch self {
      case .error: "error"
      case .overBudget: "over budget"
      case .crash: "crash"
      case .outOfMemory: "out of memory"
      case .timeout: "time-out"
      }
    }
  }

  /// Which kind.
  public var kind: Kind
  /// What happened, in words.
  public var message: String

  /// Makes a failure.
  public init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }
}
