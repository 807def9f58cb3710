public import CambiumStatistics

extension ResultTable {
  /// The probability below which a difference counts as significant.
  public static let significanceLevel = 0.05

  /// On how many rows a learner errs less than another, as much, and more.
  public struct Outcomes: Sendable, Equatable {
    /// Rows on which it errs less.
    public var wins = 0
    /// Rows on which neither errs less.
    public var ties = 0
    /// Rows on which it errs more.
    public var losses = 0
  }

  /// How two learners' errors are compared.
  public enum Comparison: Sendable {
    /// By their means alone.
    case means
    /// By their means, where ``Row/test(of:against:)`` finds a difference; else they tie.
    case significance
  }

  /// How a learner does against ``baseline``; only rows on which both have an error count.
  public func outcomes(of learner: Int, by comparison: Comparison) -> Outcomes {
    var outcomes = Outcomes()
    for row in rows {
      guard let own = row.entries[learner].error, let other = row.entries[baseline].error else { continue }
      let isTold = comparison == .means || row.isSignificant(learner, against: baseline)
      if !isTold || own.mean == other.mean {
        outcomes.ties += 1
      } else if own.mean < other.mean {
        outcomes.wins += 1
      } else {
        outcomes.losses += 1
      }
    }
    return outcomes
  }
}

extension ResultTable.Row {
  /// The learner of the least mean error; of equals the first, nil where none has an error.
  public var best: Int? {
    let known = entries.indices.filter { entries[$0].error != nil }
    return known.min { (entries[$0].error?.mean ?? 0) < (entries[$1].error?.mean ?? 0) }
  }

  /// The corrected resampled t test of two learners on runs of the same splits and seeds.
  ///
  /// Where splits overlap, differences of one split are averaged over its seeds: the correction is for splits. Where all
  /// runs have the same test rows, each counts.
  /// - Returns: Nil for fewer than two differences.
  public func test(of learner: Int, against other: Int) -> CorrectedResampledTest? {
    let others = Dictionary(
      entries[other].runs.map { ([$0.split, $0.seed], $0.error) }, uniquingKeysWith: { first, _ in first })
    let pairs = entries[learner].runs.compactMap { run in
      others[[run.split, run.seed]].map { (split: run.split, difference: run.error - $0) }
    }
    guard heldOutRatio > 0 else {
      return CorrectedResampledTest(differences: pairs.map(\.difference), heldOutRatio: 0)
    }
    let splits = Dictionary(grouping: pairs, by: \.split).sorted { $0.key < $1.key }
    return CorrectedResampledTest(
      differences: splits.map { $0.value.reduce(0) { $0 + $1.difference } / Double($0.value.count) },
      heldOutRatio: heldOutRatio)
  }

  /// Whether the test finds a difference between two learners.
  func isSignificant(_ learner: Int, against other: Int) -> Bool {
    guard learner != other, let test = test(of: learner, against: other) else { return false }
    return test.probability < ResultTable.significanceLevel
  }
}
