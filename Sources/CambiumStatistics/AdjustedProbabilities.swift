/// Probabilities of many tests, raised so that the chance of even one false finding stays below the level.
public enum AdjustedProbabilities {
  /// Holm's step-down: the i-th smallest of m becomes max over j ≤ i of min(1, (m − j + 1) pⱼ), in the given order.
  ///
  /// It holds whatever the tests' dependence (Holm 1979, *A simple sequentially rejective multiple test procedure*).
  /// Cost: one sort.
  public static func holm(_ probabilities: [Double]) -> [Double] {
    let order = ordered(probabilities)
    var adjusted = probabilities
    var largest = 0.0
    for (place, index) in order.enumerated() {
      largest = max(largest, min(1, Double(order.count - place) * probabilities[index]))
      adjusted[index] = largest
    }
    return adjusted
  }

  /// Hochberg's step-up: the i-th smallest of m becomes min over j ≥ i of (m − j + 1) pⱼ, in the given order.
  ///
  /// Never above Holm's; it asks for tests that are independent or depend positively (Hochberg 1988, *A sharper Bonferroni
  /// procedure for multiple tests of significance*). Cost: one sort.
  public static func hochberg(_ probabilities: [Double]) -> [Double] {
    let order = ordered(probabilities)
    var adjusted = probabilities
    var smallest = 1.0
    for (place, index) in order.enumerated().reversed() {
      smallest = min(smallest, Double(order.count - place) * probabilities[index])
      adjusted[index] = smallest
    }
    return adjusted
  }

  private static func ordered(_ probabilities: [Double]) -> [Int] {
    precondition(probabilities.allSatisfy { (0...1).contains($0) }, "a probability lies between 0 and 1")
    return probabilities.indices.sorted { probabilities[$0] < probabilities[$1] }
  }
}
