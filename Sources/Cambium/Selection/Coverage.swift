internal import CambiumCore

/// Which samples a network represents: for classes those whose own class leads by a margin, for regression those whose
/// every output lies within a tolerance of its target.
struct Coverage {
  let task: Task
  /// Regression: the tolerance, in standard deviations of the targets.
  let tolerance: Double
  /// Classes: by how much the probability of a sample's own class must be above that of every other. 0: its own class
  /// has the largest score.
  var margin = 0.0

  /// For each sample, whether scores ΦB (N × m) represent it.
  func covers(scores: Matrix, targets: Matrix) -> [Bool] {
    switch task {
    case .regression:
      return (0..<scores.rows).map { i in
        (0..<scores.columns).allSatisfy { abs(scores[i, $0] - targets[i, $0]) <= tolerance }
      }
    case .classification(let classes):
      if margin > 0 { return leads(scores: scores, targets: targets).map { $0 >= margin } }
      if classes == 2 { return (0..<scores.rows).map { (scores[$0, 0] > 0) == (targets[$0, 0] > 0.5) } }
      return (0..<scores.rows).map { i in
        var largest = 0
        for o in 1..<scores.columns where scores[i, o] > scores[i, largest] { largest = o }
        return (0..<scores.columns).allSatisfy { targets[i, $0] <= targets[i, largest] }
      }
    }
  }

  /// Classes: for each sample by how much the probability of its own class is above that of the most probable other,
  /// −1…1. Of soft targets the own class is the most probable one; where several are, the one that the scores prefer.
  func leads(scores: Matrix, targets: Matrix) -> [Double] {
    let outputs = Loss(task: task).outputs(ofScores: scores)
    return (0..<scores.rows).map { i in
      guard scores.columns > 1 else { return (targets[i, 0] > 0.5 ? 1 : -1) * (2 * outputs[i, 0] - 1) }
      let most = (0..<targets.columns).reduce(0) { max($0, targets[i, $1]) }
      var own = 0
      for o in 0..<scores.columns where targets[i, o] == most {
        if targets[i, own] < most || outputs[i, o] > outputs[i, own] { own = o }
      }
      let other = (0..<scores.columns).reduce(0) { $1 == own ? $0 : max($0, outputs[i, $1]) }
      return outputs[i, own] - other
    }
  }

  /// The share of samples, by weight, that scores represent, 0…1.
  func share(scores: Matrix, targets: Matrix, weights: [Double]?) -> Double {
    Self.share(of: covers(scores: scores, targets: targets), weights: weights)
  }

  /// The share of samples, by weight, that are covered, 0…1.
  static func share(of covered: [Bool], weights: [Double]?) -> Double {
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

extension SelectionSpec {
  /// The coverage that growth ends by and reports.
  func coverage(for task: Task) -> Coverage {
    Coverage(task: task, tolerance: tolerance, margin: marginOver == .otherClasses ? margin : 0)
  }
}
