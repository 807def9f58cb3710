internal import CKernels
internal import CambiumCore

/// Logistic and softmax regression with a ridge: the readout for classes.
///
/// Minimises f(B) = Σ_n v_n loss_n(ΦB) + ½ Σ_j penalty_j Σ_o B_jo² by L-BFGS (Liu and Nocedal 1989), O(N p m) a step. Its
/// initial Hessian is of few weights the Hessian itself, computed anew every eight steps, O(N p² m² + p³ m³), so that the
/// first step is Newton's; of many Böhning's bound, O(p³) once, so that a step sees how columns overlap.
struct LogisticRegression {
  /// Φ; the readout reads as many of its leading columns as the start has rows.
  let design: DesignMatrix
  /// Those of Φ, of which ΦᵀVΦ is used.
  let equations: NormalEquations
  let targets: Matrix
  let weights: [Double]?
  let penalties: [Double]
  let loss: Loss
  let workers: WorkerPool

  /// How many steps L-BFGS remembers.
  private static let memory = 12
  /// After how many steps the Hessian is computed anew.
  private static let renewal = 8
  /// The most weights whose Hessian costs less than the steps that it saves.
  private static let largestHessian = 96

  /// A step, the change of the gradient along it, and their product.
  private struct Pair {
    let step: [Double]
    let change: [Double]
    let curvature: Double
  }

  /// The best B that at most `steps` steps from `start` reach; fewer where one gains no more than a share of the loss.
  func fit(from start: Matrix, steps: Int, leastGain: Double = 1e-8) -> Matrix {
    var current = start
    var (value, gradient) = evaluate(current)
    guard value.isFinite, var metric = metric(at: start) else { return start }
    var history: [Pair] = []
    for taken in 0..<steps {
      if hasHessian, taken > 0, taken.isMultiple(of: Self.renewal) {
        guard let renewed = self.metric(at: current) else { break }
        metric = renewed
        history = []
      }
      let direction = descent(gradient, history, metric)
      let slope = dot(direction, gradient)
      guard slope < 0, let next = search(from: current, value, along: direction, slope) else { break }
      let step = zip(next.point.values, current.values).map { $0 - $1 }
      let change = zip(next.gradient, gradient).map { $0 - $1 }
      let curvature = dot(step, change)
      if curvature > 1e-12 * dot(change, change).squareRoot() * dot(step, step).squareRoot() {
        history.append(Pair(step: step, change: change, curvature: curvature))
        if history.count > Self.memory { history.removeFirst() }
      }
      let gain = value - next.value
      (current, value, gradient) = (next.point, next.value, next.gradient)
      if gain <= leastGain * max(abs(value), 1e-3) { break }
    }
    return current
  }

  /// f and its gradient.
  func evaluate(_ readout: Matrix) -> (value: Double, gradient: [Double]) {
    let p = readout.rows
    let m = readout.columns
    let sums = design.sum(p * m + 1, workers: workers) { tile, sums in
      withUnsafeTemporaryAllocation(of: Double.self, capacity: tile.count * m) { buffer in
        guard let scores = buffer.baseAddress else { return }
        self.scores(readout, over: tile, into: scores)
        sums[p * m] += loss.valueAndGradient(of: scores, over: tile, targets: targets, weights: weights)
        Kernels.productOfTransposed(
          m: p, n: m, k: tile.count, a: tile.base, lda: tile.count, b: scores, ldb: tile.count, c: sums,
          ldc: p, adding: true)
      }
    }
    var value = sums[p * m]
    var gradient = Array(sums[0..<p * m])
    readout.values.withUnsafeBufferPointer { values in
      for o in 0..<m {
        for j in 0..<p {
          let entry = values[j + o * p]
          value += 0.5 * penalties[j] * entry * entry
          gradient[j + o * p] += penalties[j] * entry
        }
      }
    }
    return (value, gradient)
  }

  /// ΦB of a tile, count × m.
  func scores(_ readout: Matrix, over tile: DesignMatrix.Tile, into scores: UnsafeMutablePointer<Double>) {
    Kernels.product(
      m: tile.count, n: readout.columns, k: readout.rows, a: tile.base, lda: tile.count, b: readout.values,
      ldb: readout.rows, c: scores, ldc: tile.count)
  }

  /// True where the weights are few enough for the Hessian itself.
  private var hasHessian: Bool { penalties.count * targets.columns <= Self.largestHessian }

  private func metric(at readout: Matrix) -> ReadoutMetric? {
    hasHessian
      ? ReadoutMetric(of: self, at: readout)
      : ReadoutMetric(bounding: loss, equations: equations, penalties: penalties)
  }

  /// −H⁻¹·gradient by the two-loop recursion.
  private func descent(_ gradient: [Double], _ history: [Pair], _ metric: ReadoutMetric) -> [Double] {
    var q = gradient
    var factors: [Double] = []
    for pair in history.reversed() {
      let factor = dot(pair.step, q) / pair.curvature
      factors.append(factor)
      cambium_add_scaled(q.count, -factor, pair.change, &q)
    }
    var direction = metric.solve(q, outputs: targets.columns)
    if let last = history.last {
      // Scaled to the last step's curvature: the bound is pessimistic where outputs are already certain.
      let solved = metric.solve(last.change, outputs: targets.columns)
      let factor = last.curvature / max(dot(last.change, solved), 1e-300)
      for k in direction.indices { direction[k] *= factor }
    }
    for (pair, factor) in zip(history, factors.reversed()) {
      let correction = factor - dot(pair.change, direction) / pair.curvature
      cambium_add_scaled(direction.count, correction, pair.step, &direction)
    }
    return direction.map { -$0 }
  }

  /// A point along `direction` that fulfils Armijo's condition.
  private func search(
    from point: Matrix, _ value: Double, along direction: [Double], _ slope: Double
  ) -> (point: Matrix, value: Double, gradient: [Double])? {
    var length = 1.0
    for _ in 0..<25 {
      var next = point
      cambium_add_scaled(direction.count, length, direction, &next.values)
      let (nextValue, gradient) = evaluate(next)
      if nextValue <= value + 1e-4 * length * slope { return (next, nextValue, gradient) }
      length *= 0.5
    }
    return nil
  }
}

/// x · y.
private func dot(_ x: [Double], _ y: [Double]) -> Double {
  cambium_dot(x.count, x, y)
}
