/// Vargha and Delaney's A₁₂: how often a score of the first sample is above one of the second.
///
/// A₁₂ = P(X > Y) + ½ P(X = Y) over all pairs of a score of the first and one of the second: ½ where neither tends to be
/// higher, 1 where each of the first is above each of the second. By convention 0.56, 0.64 and 0.71 (or 0.44, 0.36, 0.29)
/// are called small, medium and large (Vargha and Delaney 2000, *A critique and improvement of the CL common language effect
/// size statistics of McGraw and Wong*).
public struct VarghaDelaney: Sendable, Equatable {
  /// A₁₂, 0…1.
  public let probability: Double

  /// The effect size of two samples, whose sizes may differ.
  ///
  /// Cost: one sort of both together.
  /// - Returns: Nil where one is empty or holds a value that is not finite.
  public init?(_ first: [Double], _ second: [Double]) {
    guard !first.isEmpty, !second.isEmpty, (first + second).allSatisfy(\.isFinite) else { return nil }
    let rankSum = MeanRanks.ranks(of: first + second)[..<first.count].reduce(0, +)
    let (n, m) = (Double(first.count), Double(second.count))
    probability = (rankSum - n * (n + 1) / 2) / (n * m)
  }
}
