internal import CambiumCore

/// Which samples a network represents: for classes the rightly classified, for regression those whose every
/// output lies within a tolerance of its target.
struct Coverage {
  let task: Task
  /// Regression: the tolerance, in standard deviations of the targets.
  let tolerance: Double

  /// For each sample, whether scores ΦB (N × m) represent it.
  func covers(scores: Matrix, targets: Matrix) -> [Bool] {
    switch task {
    case .regression:
      return (0..<scores.rows).map { i in
        (0..<scores.columns).allSatisfy { abs(scores[i, $0] - targets[i, $0]) <= tolerance }
      }
    case .classification(let classes):
      if classes == 2 { return (0..<scores.rows).map { (scores[$0, 0] > 0) == (targets[$0, 0] > 0.5) } }
      return (0..<scores.rows).map { i in
        var largest = 0
        for o in 1..<scores.columns where scores[i, o] > scores[i, largest] { largest = o }
        return (0..<scores.columns).allSatisfy { targets[i, $0] <= targets[i, largest] }
      }
    }
  }

  /// The share of samples, by weight, that scores represent, 0…1.
  func share(scores: Matrix, targets: Matrix, weights: [Double]?) -> Double {
    let covered = covers(scores: scores, targets: targets)
    guard let weights else { return Double(covered.count { $0 }) / Double(max(covered.count, 1)) }
    let total = weights.reduce(0, +)
    return zip(covered, weights).reduce(0) { $0 + ($1.0 ? $1.1 : 0) } / total
  }

  /// Classes: how many samples the network expects to classify rightly, the sum of the probabilities that it
  /// gives to their own classes.
  ///
  /// A sample that is nearly right counts nearly whole, so the greedy choice does not prefer a unit that tips a
  /// few samples over the border to one that moves many towards it: with a hard count two spirals took 15 %
  /// more units.
  static func expectedCount(probabilities: Matrix, targets: Matrix, weights: [Double]?) -> Double {
    var count = 0.0
    for i in 0..<probabilities.rows {
      var right = 0.0
      if probabilities.columns == 1 {
        let share = targets[i, 0]
        right = share * probabilities[i, 0] + (1 - share) * (1 - probabilities[i, 0])
      } else {
        for o in 0..<probabilities.columns { right += probabilities[i, o] * targets[i, o] }
      }
      count += (weights?[i] ?? 1) * right
    }
    return count
  }

  /// Regression: a soft count of represented samples: one with residual r counts 1 − |r|²/(m w²), and none beyond.
  ///
  /// With a wide w this rewards what takes error away, as long as it does so on samples that can be reached;
  /// a hard count with a narrow tolerance did worse on noisy targets.
  static func softCount(residual: Matrix, width: Double, weights: [Double]?) -> Double {
    let bound = 1 / (Double(residual.columns) * width * width)
    var count = 0.0
    for i in 0..<residual.rows {
      var square = 0.0
      for o in 0..<residual.columns { square += residual[i, o] * residual[i, o] }
      count += (weights?[i] ?? 1) * max(0, 1 - square * bound)
    }
    return count
  }
}
