internal import CKernels
internal import CambiumCore

/// Logistic and softmax regression with a ridge: the readout for classes.
///
/// Minimises f(B) = Σ_n v_n loss_n(ΦB) + ½ Σ_j penalty_j Σ_o B_jo² by L-BFGS (Liu and Nocedal 1989) whose
/// initial Hessian is Böhning's bound (1992): ¼ (two classes) or ½ ΦᵀVΦ + diag(penalties), so that a step
/// sees how columns overlap. O(N p m) a step, and O(N p² + p³) once.
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

  /// A step, the change of the gradient along it, and their product.
  private struct Pair {
    let step: [Double]
    let change: [Double]
    let curvature: Double
  }

  /// The best B that at most `steps` steps from `start` reach.
  func fit(from start: Matrix, steps: Int) -> Matrix {
    guard let metric = hessianBound(columns: start.rows) else { return start }
    var current = start
    var (value, gradient) = evaluate(current)
    guard value.isFinite else { return start }
    var history: [Pair] = []
    for _ in 0..<steps {
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
      if gain <= 1e-8 * max(abs(value), 1e-3) { break }
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
        Kernels.product(
          m: tile.count, n: m, k: p, a: tile.base, lda: tile.count, b: readout.values, ldb: p, c: scores,
          ldc: tile.count)
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

  /// Böhning's bound on the Hessian of one output's column of B, factored; nil where it is not finite.
  private func hessianBound(columns p: Int) -> Cholesky? {
    let (all, gram) = (equations.order, equations.gram)
    let factor = loss == .logistic ? 0.25 : 0.5
    var leading = [Double](repeating: 0, count: p * p)
    for k in 0..<p { for j in 0...k { leading[j + k * p] = factor * gram[j + k * all] } }
    let scale = (0..<p).reduce(1e-12) { max($0, leading[$1 * (p + 1)]) }
    for lift in [1e-10, 1e-7, 1e-4] {
      var bound = leading
      for j in 0..<p { bound[j * (p + 1)] += penalties[j] + lift * scale }
      if let factor = Cholesky(bound, order: p) { return factor }
    }
    return nil
  }

  /// −H⁻¹·gradient by the two-loop recursion.
  private func descent(_ gradient: [Double], _ history: [Pair], _ metric: Cholesky) -> [Double] {
    var q = gradient
    var factors: [Double] = []
    for pair in history.reversed() {
      let factor = dot(pair.step, q) / pair.curvature
      factors.append(factor)
      cambium_add_scaled(q.count, -factor, pair.change, &q)
    }
    var direction = metric.solve(q, columns: targets.columns)
    if let last = history.last {
      // The bound is pessimistic where outputs are already certain: scale it to the last step's curvature.
      let solved = metric.solve(last.change, columns: targets.columns)
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
