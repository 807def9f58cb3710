internal import CambiumCore

/// How large models may be and how long learners may work: the same for every learner of an experiment, so that they are
/// compared on equal terms.
///
/// A learner that knows such a bound is told it, a search passes over settings beyond it, and a model that exceeds it all
/// the same is a failure.
public struct BudgetSpec: Codable, Sendable, Equatable {
  /// The most hidden units of a model; 0 for no bound.
  public var units = 0
  /// The most weights that a model reads at prediction; 0 for no bound.
  public var connections = 0
  /// The most passes over the training samples, summed over all that is trained, searches included; 0 for no bound.
  public var epochs = 0
  /// The seconds after which growth and searches end with the step they are in; 0 for no bound. What is found in them
  /// depends on the machine, unlike under every other bound.
  public var seconds = 0.0

  /// No bounds.
  public init() {}

  func validate() throws {
    try require(units, in: 0...1_000_000, "units")
    try require(connections, in: 0...1_000_000_000, "connections")
    try require(epochs, in: 0...1_000_000_000, "epochs")
    try require(seconds, in: 0...1e9, "seconds")
  }

  /// The bounds that there are.
  var bounds: [(quantity: BudgetQuantity, value: Double)] {
    [
      (BudgetQuantity.units, Double(units)), (.connections, Double(connections)),
      (.epochs, Double(epochs)), (.seconds, seconds),
    ].filter { $0.1 > 0 }
  }

  /// What of a model and its fit is beyond the budget, in words; nil where nothing is. Seconds are no matter: whoever can
  /// keep to them has done so.
  func excess(of size: ModelSize, epochs used: Int) -> String? {
    func told(_ found: Int, _ bound: Int, _ what: String) -> String? {
      bound > 0 && found > bound ? "\(found) \(what) where the budget has \(bound)" : nil
    }
    return told(size.units, units, "units") ?? told(size.connections, connections, "connections")
      ?? told(used, epochs, "epochs")
  }
}

/// What a budget bounds.
public enum BudgetQuantity: String, Sendable, CaseIterable {
  /// Hidden units.
  case units
  /// Weights read at prediction.
  case connections
  /// Passes over the training samples.
  case epochs
  /// Seconds of a fit.
  case seconds
}
