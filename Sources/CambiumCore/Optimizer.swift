/// A rule that turns the gradient of an objective into a step downhill.
///
/// Optimisers are values over flat arrays: whoever keeps weights in matrices lays them end to end. A parameter
/// whose gradient has been 0 from the first step on never moves, so a pruning mask needs only zeros.
public protocol Optimizer: Sendable {
  /// Moves `parameters` by one step against `gradient`. Both have the count the optimiser was made for. O(count).
  mutating func step(_ parameters: inout [Double], gradient: [Double])
  /// The same where the loss is known, and can be asked for with its gradient at other points: for rules that search
  /// along a line. Others do without.
  mutating func step(
    _ parameters: inout [Double], loss: Double, gradient: [Double],
    evaluating evaluate: ([Double]) -> (loss: Double, gradient: [Double]))
}

extension Optimizer {
  /// The step by the gradient alone.
  public mutating func step(
    _ parameters: inout [Double], loss: Double, gradient: [Double],
    evaluating evaluate: ([Double]) -> (loss: Double, gradient: [Double])
  ) {
    step(&parameters, gradient: gradient)
  }
}

/// A learning rate that starts large and decreases: η_t = η₀ / (1 + decay · t) after t epochs (Robbins and
/// Monro 1951: the rates' sum diverges, the sum of their squares does not).
public struct LearningRate: Sendable, Codable, Equatable {
  /// η₀, above 0.
  public var initial: Double
  /// The share of η₀ by which 1/η grows each epoch, at least 0; after 1/decay epochs η is η₀/2.
  public var decay: Double

  /// Makes a schedule; constant unless a decay is given.
  public init(initial: Double, decay: Double = 0) {
    self.initial = initial
    self.decay = decay
  }

  /// η after `epochs` passes over the data, whole or not.
  public func value(after epochs: Double) -> Double { initial / (1 + decay * epochs) }
}

/// Gradient descent with momentum, the generalised delta rule (Rumelhart, Hinton and Williams 1986):
/// Δw ← μ Δw − η g, w ← w + Δw.
public struct GradientDescent: Optimizer {
  /// η, above 0; may change between steps.
  public var learningRate: Double
  /// μ, 0 ≤ μ < 1: the share of the last step that is repeated.
  public let momentum: Double
  private var velocity: [Double]

  /// Makes an optimiser at rest for `count` parameters.
  public init(count: Int, learningRate: Double, momentum: Double = 0) {
    self.learningRate = learningRate
    self.momentum = momentum
    velocity = [Double](repeating: 0, count: count)
  }

  /// Moves `parameters` by one step.
  public mutating func step(_ parameters: inout [Double], gradient: [Double]) {
    precondition(parameters.count == velocity.count && gradient.count == velocity.count, "parameter count")
    let rate = learningRate
    let momentum = momentum
    velocity.withUnsafeMutableBufferPointer { velocity in
      parameters.withUnsafeMutableBufferPointer { parameters in
        gradient.withUnsafeBufferPointer { gradient in
          for k in 0..<gradient.count {
            velocity[k] = momentum * velocity[k] - rate * gradient[k]
            parameters[k] += velocity[k]
          }
        }
      }
    }
  }
}

/// Adam: steps of about the learning rate whatever the gradient's size (Kingma and Ba 2015).
///
/// m ← β₁ m + (1−β₁) g, v ← β₂ v + (1−β₂) g², w ← w − η m̂ / (√v̂ + ε), where the hats undo the start at zero.
public struct Adam: Optimizer {
  /// η, above 0; may change between steps.
  public var learningRate: Double
  /// β₁, 0…1: how much of the running mean of the gradient is kept at each step.
  public let meanDecay: Double
  /// β₂, 0…1: the same of the running mean square.
  public let squareDecay: Double
  /// ε, above 0: keeps the quotient finite.
  public let epsilon: Double
  private var mean: [Double]
  private var square: [Double]
  private var meanPower = 1.0
  private var squarePower = 1.0

  /// Makes an optimiser for `count` parameters.
  public init(
    count: Int, learningRate: Double = 0.001, meanDecay: Double = 0.9, squareDecay: Double = 0.999,
    epsilon: Double = 1e-8
  ) {
    self.learningRate = learningRate
    self.meanDecay = meanDecay
    self.squareDecay = squareDecay
    self.epsilon = epsilon
    mean = [Double](repeating: 0, count: count)
    square = [Double](repeating: 0, count: count)
  }

  /// Moves `parameters` by one step.
  public mutating func step(_ parameters: inout [Double], gradient: [Double]) {
    precondition(parameters.count == mean.count && gradient.count == mean.count, "parameter count")
    meanPower *= meanDecay
    squarePower *= squareDecay
    // Both corrections in one factor: η m̂/(√v̂ + ε) with ε scaled as the paper's section 2 suggests.
    let rate = learningRate * (1 - squarePower).squareRoot() / (1 - meanPower)
    let (meanDecay, squareDecay, epsilon) = (meanDecay, squareDecay, epsilon)
    mean.withUnsafeMutableBufferPointer { mean in
      square.withUnsafeMutableBufferPointer { square in
        parameters.withUnsafeMutableBufferPointer { parameters in
          gradient.withUnsafeBufferPointer { gradient in
            for k in 0..<gradient.count {
              let g = gradient[k]
              mean[k] = meanDecay * mean[k] + (1 - meanDecay) * g
              square[k] = squareDecay * square[k] + (1 - squareDecay) * g * g
              parameters[k] -= rate * mean[k] / (square[k].squareRoot() + epsilon)
            }
          }
        }
      }
    }
  }
}

/// Resilient propagation without weight-backtracking, iRprop− (Igel and Hüsken 2003): each parameter has a
/// step of its own, which grows while the sign of its gradient stays and shrinks when it turns.
///
/// Needs gradients without sampling noise: full batches.
public struct ResilientPropagation: Optimizer {
  /// The factor on a step when the sign stays, above 1.
  public static let growth = 1.2
  /// The factor on a step when the sign turns, 0…1.
  public static let shrinkage = 0.5
  /// The least and the largest step.
  public let stepRange: ClosedRange<Double>
  private var steps: [Double]
  private var previous: [Double]

  /// Makes an optimiser for `count` parameters that begins with steps of `initialStep`.
  public init(count: Int, initialStep: Double = 0.05, stepRange: ClosedRange<Double> = 1e-8...10) {
    self.stepRange = stepRange
    steps = [Double](repeating: initialStep, count: count)
    previous = [Double](repeating: 0, count: count)
  }

  /// Forgets all parameters but those at these indices.
  package mutating func keep(_ indices: [Int]) {
    steps = indices.map { steps[$0] }
    previous = indices.map { previous[$0] }
  }

  /// Moves `parameters` by one step.
  public mutating func step(_ parameters: inout [Double], gradient: [Double]) {
    precondition(parameters.count == steps.count && gradient.count == steps.count, "parameter count")
    let (least, largest) = (stepRange.lowerBound, stepRange.upperBound)
    steps.withUnsafeMutableBufferPointer { steps in
      previous.withUnsafeMutableBufferPointer { previous in
        parameters.withUnsafeMutableBufferPointer { parameters in
          gradient.withUnsafeBufferPointer { gradient in
            for k in 0..<gradient.count {
              let agreement = gradient[k] * previous[k]
              let factor = agreement > 0 ? Self.growth : agreement < 0 ? Self.shrinkage : 1
              // Where the sign turned the parameter waits, and its next step counts as a first one.
              let slope = agreement < 0 ? 0 : gradient[k]
              let size = min(max(steps[k] * factor, least), largest)
              steps[k] = size
              previous[k] = slope
              parameters[k] -= slope > 0 ? size : slope < 0 ? -size : 0
            }
          }
        }
      }
    }
  }
}
