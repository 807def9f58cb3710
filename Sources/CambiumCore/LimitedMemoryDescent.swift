/// L-BFGS (Liu and Nocedal 1989; here with eight pairs): a step along the gradient times an estimate of the inverse Hessian,
/// shortened until the loss falls enough (Armijo's condition). Needs losses without sampling noise: full batches.
///
/// A step costs the gradient where the parameters stand and one for each length that is tried, one in most steps.
public struct LimitedMemoryDescent: Optimizer {
  /// The most lengths that a step tries.
  private static let largestTrialCount = 20

  private var climber: LimitedMemoryClimber?

  /// Makes an optimiser that knows nothing of the curvature yet.
  public init() {}

  /// Moves `parameters` a little against `gradient`: without the loss nothing is known of how far to go.
  public mutating func step(_ parameters: inout [Double], gradient: [Double]) {
    let climber = LimitedMemoryClimber(point: parameters, value: 0, slope: gradient.map { -$0 })
    parameters = climber.trial
  }

  /// Moves `parameters` to where the loss is smaller; they stay where no length that is tried makes it so.
  public mutating func step(
    _ parameters: inout [Double], loss: Double, gradient: [Double],
    evaluating evaluate: ([Double]) -> (loss: Double, gradient: [Double])
  ) {
    // Somebody else may have moved them since, such as a limit of norms.
    var climber =
      climber.flatMap { $0.point == parameters ? $0 : nil }
      ?? LimitedMemoryClimber(point: parameters, value: -loss, slope: gradient.map { -$0 })
    for _ in 0..<Self.largestTrialCount {
      let tried = evaluate(climber.trial)
      if climber.moves(to: -tried.loss, tried.gradient.map { -$0 }) { break }
    }
    parameters = climber.point
    self.climber = climber
  }
}
