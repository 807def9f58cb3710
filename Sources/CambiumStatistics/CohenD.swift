/// Cohen's d: a difference of means in standard deviations.
///
/// By convention 0.2, 0.5 and 0.8 are called small, medium and large (Cohen 1988, *Statistical power analysis for the
/// behavioral sciences*).
public enum CohenD {
  /// Of paired differences: their mean over their standard deviation, with n − 1 (Cohen's d_z).
  ///
  /// - Returns: 0 where all differences are 0. Nil where they are equal and not 0, for which no number stands; for fewer
  ///   than two; or where one is not finite.
  public static func paired(differences: [Double]) -> Double? {
    guard let summary = Summary(of: differences), summary.count > 1 else { return nil }
    return ratio(summary.mean, summary.standardDeviation)
  }

  /// Of two samples: the difference of their means over their pooled standard deviation,
  /// √(((n₁ − 1)s₁² + (n₂ − 1)s₂²) / (n₁ + n₂ − 2)).
  ///
  /// - Returns: 0 where all values are equal. Nil where neither sample varies and their means differ; where both together
  ///   have fewer than three values or one has none; or where a value is not finite.
  public static func unpaired(_ first: [Double], _ second: [Double]) -> Double? {
    guard let one = Summary(of: first), let other = Summary(of: second), one.count + other.count > 2 else {
      return nil
    }
    let squares = [one, other].map { Double($0.count - 1) * $0.standardDeviation * $0.standardDeviation }
    let pooled = ((squares[0] + squares[1]) / Double(one.count + other.count - 2)).squareRoot()
    return ratio(one.mean - other.mean, pooled)
  }

  private static func ratio(_ difference: Double, _ deviation: Double) -> Double? {
    deviation > 0 ? difference / deviation : difference == 0 ? 0 : nil
  }
}
