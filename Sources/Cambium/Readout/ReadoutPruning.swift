internal import CambiumCore

/// Cuts weights of a readout that hardly matter: again and again the one whose ½ w² / [H⁻¹] is least; after each the others
/// take over what it did, as far as the loss is quadratic (Hassibi and Stork 1993, *Second order derivatives for network
/// pruning: optimal brain surgeon*). It ends where all that was cut has cost a share of the loss, and before a weight that takes
/// more off it than chance would.
///
/// H is the Hessian of the loss in the weights of one output, ridge included. O(N p² m + p³ m) for m outputs.
struct ReadoutPruning {
  /// The share of the loss that cutting may cost.
  let share: Double
  /// The network on its samples; the readout has a row for each column of its Φ.
  let network: GrowingNetwork
  /// The penalty of every row of the readout.
  let penalties: [Double]

  /// The readout without what can go. Biases stay, and of a unit that no other reads the last weight.
  func pruned(_ readout: Matrix) -> Matrix {
    guard let inverses = inverses(at: readout) else { return readout }
    var pruned = readout
    for (o, (inverse, loss)) in zip(inverses, losses(of: readout)).enumerated() {
      let budget = share * loss
      let steps = steps(
        from: pruned, output: o, inverse, budget: budget, most: chanceGain(of: loss))
      if let weights = steps.prefix(affordable(steps, output: o, of: pruned, budget: budget)).last {
        pruned = pruned.replacing(column: o, by: weights)
      }
    }
    return pruned
  }

  /// H⁻¹ of each output, p × p; nil where one is not finite.
  private func inverses(at readout: Matrix) -> [[Double]]? {
    let (p, m) = (readout.rows, readout.columns)
    let curvature =
      network.data.task == .regression
      ? [] : regression.curvature(ofOutputs: (0..<m).map { ($0, $0) }, at: readout)
    var identity = [Double](repeating: 0, count: p * p)
    for j in 0..<p { identity[j * (p + 1)] = 1 }
    var inverses: [[Double]] = []
    for o in 0..<m {
      var hessian = curvature.isEmpty ? network.equations.gram : Array(curvature[o * p * p..<(o + 1) * p * p])
      for j in 0..<p { hessian[j * (p + 1)] += penalties[j] }
      guard let factor = Cholesky(hessian, order: p) else { return nil }
      let inverse = factor.solve(identity, columns: p)
      guard inverse.allSatisfy(\.isFinite) else { return nil }
      inverses.append(inverse)
    }
    return inverses
  }

  private var regression: LogisticRegression {
    LogisticRegression(
      design: network.design, equations: network.equations, targets: network.data.targets,
      weights: network.data.weights, penalties: penalties, loss: network.loss, workers: network.workers)
  }

  /// The loss of each output: of numbers ½ Σ v r², of classes an even part of the log-loss.
  private func losses(of readout: Matrix) -> [Double] {
    guard network.data.task == .regression else {
      let loss = regression.evaluate(readout).value
      return Array(repeating: loss / Double(readout.columns), count: readout.columns)
    }
    let (equations, p) = (network.equations, readout.rows)
    let targets = network.data.targets
    let weights = network.data.weights
    return (0..<readout.columns).map { o in
      var sum = 0.0
      for i in 0..<targets.rows { sum += (weights?[i] ?? 1) * targets[i, o] * targets[i, o] }
      for j in 0..<p {
        sum -= 2 * readout[j, o] * equations.moments[j, o]
        for k in 0..<p {
          sum += readout[j, o] * readout[k, o] * equations.gram[min(j, k) + max(j, k) * equations.order]
        }
      }
      return 0.5 * max(sum, 0)
    }
  }

  /// What a weight has to take off the loss by Akaike's criterion (1974): 1 of a log-loss; σ² of numbers, the mean square of
  /// the residuals.
  private func chanceGain(of loss: Double) -> Double {
    network.data.task == .regression ? 2 * loss / network.data.totalWeight : 1
  }

  /// An output's weights after each cut, as long as none costs more than `most` and all no more than the budget.
  private func steps(
    from readout: Matrix, output o: Int, _ inverse: [Double], budget: Double, most: Double
  ) -> [[Double]] {
    let p = readout.rows
    var weights = readout.column(o)
    var inverse = inverse
    var candidates = (1..<p).filter { weights[$0] != 0 && !isLast(row: $0, output: o, of: readout) }
    var steps: [[Double]] = []
    var spent = 0.0
    func cost(_ j: Int) -> Double { 0.5 * weights[j] * weights[j] / inverse[j * (p + 1)] }
    while let least = candidates.min(by: { cost($0) < cost($1) }), cost(least) <= most,
      spent + cost(least) <= budget
    {
      spent += cost(least)
      let column = Array(inverse[least * p..<(least + 1) * p])
      let diagonal = column[least]
      let factor = weights[least] / diagonal
      for j in 0..<p where weights[j] != 0 { weights[j] -= factor * column[j] }
      weights[least] = 0
      for k in 0..<p {
        let share = column[k] / diagonal
        for j in 0..<p { inverse[j + k * p] -= share * column[j] }
      }
      candidates.removeAll { $0 == least || !(inverse[$0 * (p + 1)] > 0) }
      guard weights.allSatisfy(\.isFinite) else { break }
      steps.append(weights)
    }
    return steps
  }

  /// Whether the weight is the last of a unit that no other reads.
  private func isLast(row: Int, output: Int, of readout: Matrix) -> Bool {
    let first = 1 + network.data.featureCount
    guard row >= first, !readSources.contains(row) else { return false }
    return (0..<readout.columns).allSatisfy { $0 == output || readout[row, $0] == 0 }
  }

  /// The columns of Φ that units read.
  private var readSources: Set<Int> { network.units.reduce(into: []) { $0.formUnion($1.sources) } }

  /// How many of the steps may be taken. Least squares cost what they seem to; where classes come apart the log-loss is not
  /// quadratic, and steps are given up until they cost at most twice the budget.
  private func affordable(_ steps: [[Double]], output o: Int, of readout: Matrix, budget: Double) -> Int {
    guard network.data.task != .regression, !steps.isEmpty else { return steps.count }
    let before = regression.evaluate(readout).value
    var count = steps.count
    while count > 0 {
      let after = regression.evaluate(readout.replacing(column: o, by: steps[count - 1])).value
      if after - before <= 2 * budget { return count }
      count /= 2
    }
    return 0
  }
}

extension Matrix {
  fileprivate func replacing(column: Int, by values: [Double]) -> Matrix {
    var replaced = self
    for (row, value) in values.enumerated() { replaced[row, column] = value }
    return replaced
  }
}
