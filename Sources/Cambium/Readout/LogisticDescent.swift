internal import CKernels
internal import CambiumCore

/// A descent of ``LogisticRegression``, which may rest and go on: it keeps nothing that is as large as the samples.
struct LogisticDescent {
  /// B.
  private(set) var point: Matrix
  private var value: Double
  private var gradient: [Double]
  /// H⁻¹ of the gradient, H being the metric.
  private var solved: [Double] = []
  /// nil where it has come to its end.
  private var metric: ReadoutMetric?
  private var history: [Pair] = []
  private var taken = 0
  private let isBrief: Bool

  /// How many steps L-BFGS remembers.
  private static let memory = 12
  /// After how many steps the Hessian is computed anew.
  private static let renewal = 8
  /// The most weights whose Hessian costs less than the steps that it saves.
  private static let largestHessian = 96
  /// The most columns of Φ of which the Hessian of each output costs less than the steps that it saves.
  private static let largestBlock = 128

  /// A step, the change of the gradient along it, their product, and H⁻¹ of the change.
  private struct Pair {
    let step: [Double]
    let change: [Double]
    let curvature: Double
    let solvedChange: [Double]
  }

  /// A descent that stands at its start; it ends there where f is not finite.
  init(_ regression: LogisticRegression, from start: Matrix) {
    let (value, gradient) = regression.evaluate(start)
    self.init(regression, from: start, value: value, gradient: gradient)
  }

  /// The same where f and its gradient at the start are known; a brief one takes few steps, which are not worth curvatures of
  /// their own where there are many weights.
  init(
    _ regression: LogisticRegression, from start: Matrix, value: Double, gradient: [Double],
    isBrief: Bool = false
  ) {
    point = start
    (self.value, self.gradient) = (value, gradient)
    self.isBrief = isBrief
    guard value.isFinite else { return }
    metric = metric(of: regression)
    solveGradient()
  }

  /// Goes on, of the same regression, for at most so many steps; ends for good where one gains no more than a share of the loss.
  mutating func run(_ regression: LogisticRegression, steps: Int, leastGain: Double) {
    for _ in 0..<steps {
      guard metric != nil else { return }
      if !step(regression, leastGain: leastGain) { metric = nil }
    }
  }

  /// One step; whether others may follow.
  private mutating func step(_ regression: LogisticRegression, leastGain: Double) -> Bool {
    if hasHessian, taken > 0, taken.isMultiple(of: Self.renewal) {
      metric = metric(of: regression)
      history = []
      solveGradient()
    }
    guard let metric else { return false }
    let direction = direction(isScaled: !metric.isWhole)
    let slope = dot(direction, gradient)
    guard slope < 0, let next = search(regression, along: direction, slope) else { return false }
    let step = difference(next.point.values, point.values)
    let change = difference(next.gradient, gradient)
    let (gain, solvedBefore) = (value - next.value, solved)
    let least = leastGain * max(abs(value), 1e-3)
    (point, value, gradient) = next
    taken += 1
    solveGradient()
    let curvature = dot(step, change)
    if curvature > 1e-12 * dot(change, change).squareRoot() * dot(step, step).squareRoot() {
      if history.count == Self.memory { history.removeFirst() }
      history.append(
        Pair(
          step: step, change: change, curvature: curvature,
          solvedChange: difference(solved, solvedBefore)))
    }
    return gain > least
  }

  private mutating func solveGradient() {
    solved = metric?.solve(gradient, outputs: point.columns) ?? []
  }

  /// True where the weights are few enough for the Hessian itself.
  private var hasHessian: Bool { point.values.count <= Self.largestHessian }

  private func metric(of regression: LogisticRegression) -> ReadoutMetric? {
    if hasHessian { return ReadoutMetric(of: regression, at: point) }
    if !isBrief, point.rows <= Self.largestBlock {
      return ReadoutMetric(blocksOf: regression, at: point)
    }
    return ReadoutMetric(
      bounding: regression.loss, equations: regression.equations, penalties: regression.penalties)
  }

  /// −(Hessian)⁻¹·gradient by the two-loop recursion. H⁻¹ of what the first loop leaves of the gradient is put together from
  /// what was solved before, so that a step solves once.
  private func direction(isScaled: Bool) -> [Double] {
    var q = gradient
    var direction = solved
    var factors: [Double] = []
    for pair in history.reversed() {
      let factor = dot(pair.step, q) / pair.curvature
      factors.append(factor)
      cambium_add_scaled(q.count, -factor, pair.change, &q)
      cambium_add_scaled(q.count, -factor, pair.solvedChange, &direction)
    }
    if isScaled, let last = history.last {
      // To the last step's curvature: a bound is pessimistic where outputs are already certain.
      let factor = last.curvature / max(dot(last.change, last.solvedChange), 1e-300)
      for k in direction.indices { direction[k] *= factor }
    }
    for (pair, factor) in zip(history, factors.reversed()) {
      let correction = factor - dot(pair.change, direction) / pair.curvature
      cambium_add_scaled(direction.count, correction, pair.step, &direction)
    }
    for k in direction.indices { direction[k] = -direction[k] }
    return direction
  }

  /// A point along `direction` that fulfils Armijo's condition.
  private func search(_ regression: LogisticRegression, along direction: [Double], _ slope: Double) -> (
    point: Matrix, value: Double, gradient: [Double]
  )? {
    var length = 1.0
    for _ in 0..<25 {
      var next = point
      cambium_add_scaled(direction.count, length, direction, &next.values)
      let (nextValue, gradient) = regression.evaluate(next)
      if nextValue <= value + 1e-4 * length * slope { return (next, nextValue, gradient) }
      length *= 0.5
    }
    return nil
  }
}

/// x − y.
private func difference(_ x: [Double], _ y: [Double]) -> [Double] {
  var difference = x
  cambium_add_scaled(x.count, -1, y, &difference)
  return difference
}

/// x · y.
private func dot(_ x: [Double], _ y: [Double]) -> Double {
  cambium_dot(x.count, x, y)
}
