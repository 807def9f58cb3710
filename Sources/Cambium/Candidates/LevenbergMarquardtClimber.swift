internal import CambiumCore

/// A candidate's climb by Levenberg–Marquardt on ½(1 − J), the residual's energy that it leaves.
struct LevenbergMarquardtClimber: CandidateClimber {
  /// The damping, in shares of the matrix's diagonal: at first, and its least.
  private static let (firstDamping, leastDamping, largestDamping) = (1e-2, 1e-6, 1e8)

  private var point: [Double]
  private(set) var value: Double
  private var slope: CandidateExpansion
  private var damping = firstDamping
  private(set) var trial: [Double]

  static func slopes(
    of pool: CandidatePool, living: [[Int]], on objective: TrainingObjective
  ) -> [(value: Double, slope: CandidateExpansion)] {
    objective.expand(pool, living: living).map { ($0.objective, $0) }
  }

  init(point: [Double], value: Double, slope: CandidateExpansion) {
    (self.point, self.value, self.slope, trial) = (point, value, slope, point)
    propose()
  }

  mutating func moves(to next: Double, _ found: CandidateExpansion) -> Bool {
    let rises = next.isFinite && next > value
    if rises {
      (point, value, slope) = (trial, next, found)
      damping = max(0.2 * damping, Self.leastDamping)
    } else {
      damping *= 5
    }
    propose()
    return rises
  }

  /// (H + damping · diag H) Δ = ½∇J, damped more where that cannot be solved.
  private mutating func propose() {
    trial = point
    let count = point.count
    let diagonal = (0..<count).map { slope.matrix[$0 * (count + 1)] }
    let floor = 1e-8 * (diagonal.max() ?? 0)
    while damping <= Self.largestDamping {
      var system = slope.matrix
      for k in 0..<count { system[k * (count + 1)] += damping * max(diagonal[k], floor) }
      if let factor = Cholesky(system, order: count) {
        let step = factor.solve(slope.gradient.map { 0.5 * $0 })
        if step.allSatisfy(\.isFinite) {
          trial = zip(point, step).map { $0 + $1 }
          return
        }
      }
      damping *= 5
    }
  }
}
