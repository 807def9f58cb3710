/// A climb by L-BFGS (Nocedal 1980) that asks for one point at a time: whoever climbs evaluates ``trial`` and tells.
package struct LimitedMemoryClimber: Sendable {
  private static let memory = 8

  private struct Pair: Sendable {
    let step: [Double]
    /// By how much the gradient of −J changed.
    let change: [Double]
    let curvature: Double

    /// nil where the objective does not bend down along the step: the pair would spoil the matrix.
    init?(step: [Double], change: [Double]) {
      let curvature = dot(step, change)
      let scale = (dot(step, step) * dot(change, change)).squareRoot()
      guard curvature > 1e-8 * scale, curvature.isFinite else { return nil }
      (self.step, self.change, self.curvature) = (step, change, curvature)
    }
  }

  /// Where it stands.
  package private(set) var point: [Double]
  /// What the objective is there.
  package private(set) var value: Double
  private var gradient: [Double]
  private var history: [Pair] = []
  private var direction: [Double]
  /// The share of `direction` that is tried next.
  private var length = 1.0

  /// A climb that begins at a point, of which value and gradient are known.
  package init(point: [Double], value: Double, slope: [Double]) {
    (self.point, self.value, gradient) = (point, value, slope)
    direction = slope
    direction = steepest()
  }

  /// The point to be tried next.
  package var trial: [Double] { zip(point, direction).map { $0 + length * $1 } }

  /// Hears of the point it wanted tried: whether it stands there now.
  package mutating func moves(to next: Double, _ slope: [Double]) -> Bool {
    let expected = length * dot(gradient, direction)
    guard next.isFinite, next >= value + 1e-4 * expected, expected > 0 else {
      shorten(next, expected)
      return false
    }
    let tried = trial
    let pair = Pair(
      step: zip(tried, point).map { $0 - $1 }, change: zip(gradient, slope).map { $0 - $1 })
    if let pair { history.append(pair) }
    if history.count > Self.memory { history.removeFirst() }
    (point, value, gradient) = (tried, next, slope)
    direction = ascent()
    length = 1
    return true
  }

  /// The summit of the parabola through what is known, within a tenth and a half of the length; after many attempts the
  /// steepest ascent, and less of it each time.
  private mutating func shorten(_ next: Double, _ expected: Double) {
    let curvature = 2 * (value + expected - next)
    let summit = curvature > 0 ? expected / curvature : 0.5
    length *= min(max(summit.isFinite ? summit : 0.1, 0.1), 0.5)
    guard length < 1e-6, !history.isEmpty else { return }
    history = []
    direction = steepest()
    length = 1
  }

  /// A step uphill as long as a tenth of the parameters: nothing is known of the curvature.
  private func steepest() -> [Double] {
    let slope = dot(gradient, gradient).squareRoot()
    guard slope > 0 else { return gradient.map { _ in 0 } }
    let factor = 0.1 * max(dot(point, point).squareRoot(), 0.1) / slope
    return gradient.map { factor * $0 }
  }

  /// H⁻¹ · gradient by the two-loop recursion.
  private func ascent() -> [Double] {
    guard let last = history.last else { return steepest() }
    var q = gradient
    var factors: [Double] = []
    for pair in history.reversed() {
      let factor = dot(pair.step, q) / pair.curvature
      factors.append(factor)
      for k in q.indices { q[k] -= factor * pair.change[k] }
    }
    let scale = last.curvature / dot(last.change, last.change)
    for k in q.indices { q[k] *= scale }
    for (pair, factor) in zip(history, factors.reversed()) {
      let correction = factor - dot(pair.change, q) / pair.curvature
      for k in q.indices { q[k] += correction * pair.step[k] }
    }
    return dot(q, gradient) > 0 ? q : steepest()
  }
}

private func dot(_ x: [Double], _ y: [Double]) -> Double {
  var sum = 0.0
  for k in x.indices { sum += x[k] * y[k] }
  return sum
}
