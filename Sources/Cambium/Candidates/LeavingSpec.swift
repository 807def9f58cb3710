internal import CambiumCore

/// Which candidates leave a pool before its training ends: successive halving (Jamieson and Talwalkar 2016,
/// *Non-stochastic best arm identification and hyperparameter optimization*) by the objective reached so far.
///
/// Who leaves stands still at the best parameters it had, and is ranked with all others after. Who is at every time among
/// the `least` best is trained to the end, to the bit as if none had left, since candidates share nothing. A pool of C
/// candidates has at most max(least, ⌈C · shareᵏ⌉) after the k-th time, and a pass's cost falls with them.
public struct LeavingSpec: Codable, Sendable, Equatable {
  /// When candidates leave, as shares of the epochs, each in 0 < t < 1, rising. Empty: none ever does.
  /// Default 0.25 and 0.5.
  public var schedule = [0.25, 0.5]
  /// The share of a pool that stays each time, 0…1. Default 0.5.
  public var share = 0.5
  /// How many candidates stay at least, ≥ 1. Default 12, as many as `selection.shortlist` judges.
  public var least = 12

  /// The defaults.
  public init() {}

  func validate() throws {
    let rising = zip(schedule, schedule.dropFirst()).allSatisfy { $0 < $1 }
    try require(
      rising && schedule.allSatisfy { $0 > 0 && $0 < 1 }, "training.leaving.schedule", "\(schedule)",
      "rising shares between 0 and 1")
    try require(share, in: 0...1, "training.leaving.share")
    try require(least, in: 1...100_000, "training.leaving.least")
  }

  /// The candidates that stay, in their order, by the largest objective that each has reached; ties go to those that
  /// come first.
  func staying(_ objectives: [Double]) -> [Int] {
    let count = max(least, Int((share * Double(objectives.count)).rounded(.up)))
    guard count < objectives.count else { return Array(objectives.indices) }
    let order = objectives.indices.sorted { (objectives[$0], $1) > (objectives[$1], $0) }
    return order.prefix(count).sorted()
  }
}
