internal import CKernels

/// What a network's errors cost, and the link that turns its scores s = ΦB into outputs.
///
/// Each loss goes with the link that makes its gradient in the scores *output − target*. Values and gradients
/// are sums over rows, weighted by the samples; whoever wants means divides by the sum of the weights.
/// Tiles are `rows` × `outputs`, column after column without gaps.
public enum Loss: String, Sendable, Codable, CaseIterable, Hashable {
  /// ½ Σ_o (s_o − t_o)², with the identity as link.
  case squared
  /// log(1 + e^s) − t s, with the logistic function as link; t is 0 or 1, or between.
  case logistic
  /// log Σ_o e^(s_o) − Σ_o t_o s_o, with softmax as link; the targets of a row sum to 1.
  case softmax

  /// The loss that a task is trained by.
  public init(task: Task) {
    switch task {
    case .regression: self = .squared
    case .classification(let classes): self = classes == 2 ? .logistic : .softmax
    }
  }

  /// Turns the scores of a tile into outputs, in place.
  public func applyLink(rows: Int, outputs: Int, to scores: UnsafeMutablePointer<Double>) {
    switch self {
    case .squared: break
    case .logistic: cambium_values(CAMBIUM_LOGISTIC, rows * outputs, scores, scores)
    case .softmax: cambium_softmax(rows, outputs, scores, nil)
    }
  }

  /// The loss of a tile, summed over its rows; `scores` become the gradient v · (output − target).
  ///
  /// - Parameters:
  ///   - targets: The tile's targets; column o begins at `targets + o * targetStride`.
  ///   - weights: One weight v for each row; nil where each is 1.
  public func valueAndGradient(
    rows: Int, outputs: Int, scores: UnsafeMutablePointer<Double>, targets: UnsafePointer<Double>,
    targetStride: Int, weights: UnsafePointer<Double>? = nil
  ) -> Double {
    guard rows > 0, outputs > 0 else { return 0 }
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: rows) { scratch in
      guard let losses = scratch.baseAddress else { return 0 }
      losses.initialize(repeating: 0, count: rows)
      if self == .softmax {
        for o in 0..<outputs {
          cambium_add_product(rows, -1, scores + o * rows, targets + o * targetStride, losses)
        }
        cambium_softmax(rows, outputs, scores, losses)
      }
      for o in 0..<outputs {
        takeTargets(rows, scores + o * rows, targets + o * targetStride, addingLossesTo: losses)
      }
      guard let weights else {
        var sum = 0.0
        for i in 0..<rows { sum += losses[i] }
        return sum
      }
      for o in 0..<outputs { cambium_multiply(rows, scores + o * rows, weights, scores + o * rows) }
      return cambium_dot(rows, weights, losses)
    }
  }

  /// Turns one column of scores (softmax: of outputs) into output − target; squared and logistic add their loss.
  private func takeTargets(
    _ rows: Int, _ scores: UnsafeMutablePointer<Double>, _ targets: UnsafePointer<Double>,
    addingLossesTo losses: UnsafeMutablePointer<Double>
  ) {
    switch self {
    case .squared:
      for i in 0..<rows {
        scores[i] -= targets[i]
        losses[i] += 0.5 * scores[i] * scores[i]
      }
    case .logistic:
      cambium_add_product(rows, -1, scores, targets, losses)
      withUnsafeTemporaryAllocation(of: Double.self, capacity: rows) { scratch in
        guard let value = scratch.baseAddress else { return }
        cambium_values(CAMBIUM_SOFTPLUS, rows, scores, value)
        for i in 0..<rows { losses[i] += value[i] }
      }
      cambium_values(CAMBIUM_LOGISTIC, rows, scores, scores)
      for i in 0..<rows { scores[i] -= targets[i] }
    case .softmax:
      for i in 0..<rows { scores[i] -= targets[i] }
    }
  }
}

extension Loss {
  /// The outputs that belong to N × m scores.
  public func outputs(ofScores scores: Matrix) -> Matrix {
    var outputs = scores
    outputs.values.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      applyLink(rows: scores.rows, outputs: scores.columns, to: base)
    }
    return outputs
  }

  /// The loss of N × m scores, summed over the rows, and its gradient in the scores.
  public func valueAndGradient(
    scores: Matrix, targets: Matrix, weights: [Double]? = nil
  ) -> (value: Double, gradient: Matrix) {
    precondition(
      scores.rows == targets.rows && scores.columns == targets.columns, "one target for each score")
    precondition(weights == nil || weights?.count == scores.rows, "one weight for each row")
    var gradient = scores
    let value = gradient.values.withUnsafeMutableBufferPointer { buffer in
      targets.values.withUnsafeBufferPointer { targets in
        guard let base = buffer.baseAddress, let targets = targets.baseAddress else { return 0.0 }
        func evaluate(_ weights: UnsafePointer<Double>?) -> Double {
          valueAndGradient(
            rows: scores.rows, outputs: scores.columns, scores: base, targets: targets,
            targetStride: scores.rows, weights: weights)
        }
        guard let weights else { return evaluate(nil) }
        return weights.withUnsafeBufferPointer { evaluate($0.baseAddress) }
      }
    }
    return (value, gradient)
  }

  /// The loss of each row by N × m outputs; what is thought impossible is taken for a chance of 10⁻³⁰⁰.
  public func losses(ofOutputs outputs: Matrix, targets: Matrix) -> [Double] {
    precondition(
      outputs.rows == targets.rows && outputs.columns == targets.columns, "one target for each output")
    func surprise(_ probability: Double, _ share: Double) -> Double {
      share > 0 ? -share * logarithm(max(probability, 1e-300)) : 0
    }
    return (0..<outputs.rows).map { row in
      (0..<outputs.columns).reduce(0) { sum, column in
        let (output, target) = (outputs[row, column], targets[row, column])
        switch self {
        case .squared: return sum + 0.5 * (output - target) * (output - target)
        case .logistic: return sum + surprise(output, target) + surprise(1 - output, 1 - target)
        case .softmax: return sum + surprise(output, target)
        }
      }
    }
  }
}
