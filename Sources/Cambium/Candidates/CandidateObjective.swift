internal import CambiumCore

/// What a candidate's training raises. Candidates are ranked by error reduction whatever they were trained on, but for
/// ``logLossReduction``.
public enum CandidateObjective: String, Codable, Sendable, CaseIterable {
  /// The share of the residual's energy that the candidate takes away with its best output weights,
  /// J = Σ_o (r_o·ĝ)² / ((ĝ·ĝ) Σ_o r_o·r_o), ĝ centred, 0…1 (the least-squares objective of Fahlman and Lebiere's
  /// cascade that Kwok and Yeung 1997 call S₁).
  case errorReduction
  /// The same with ĝ made orthogonal to all of Φ, and the residual as well, on the samples of training: the share that the
  /// candidate takes away once the readout is refitted to it, without a ridge. Two more products a pass, of all columns of
  /// Φ.
  case orthogonalErrorReduction
  /// Cascade-Correlation's (Fahlman and Lebiere 1990): Σ_o |r_o·ĝ| / N for a residual of mean square 1, at least 0. What
  /// takes no account of ĝ's size rewards large responses: meant for bounded activations.
  case covariance
  /// Backpropagation into the candidate and its output weights together, the lecture's literal reading: J is what the network's
  /// squared error falls by with the output weights as they stand, as a share of the residual's energy, at most 1 and below 0
  /// where they do harm. They begin at 0, and each pass moves them by gradient descent, three tenths of the way to the best
  /// ones; error reduction has these at once. `resilientPropagation` alone.
  case jointBackpropagation
  /// Classes: the share of what a Newton step on the candidate's output weights takes off the log-loss, error reduction with
  /// each sample counted by h = Σ_o p_o(1 − p_o) and the residual divided by it, h at least 0.05 (the working response of
  /// Friedman, Hastie and Tibshirani 2000, *Additive logistic regression*): samples that are settled no longer stand in the way
  /// of a response that changes there. Exact for two classes, which have one output; of more, all outputs share one h. Numbers:
  /// error reduction.
  case logLossReduction
}

extension CandidateObjective {
  /// Whether it is the share of an energy that a response takes away by itself.
  var isShareOfEnergy: Bool { self == .errorReduction || self == .logLossReduction }

  /// The least h of a sample.
  private static let leastCurvature = 0.05

  /// What of samples' residual y − p, and what each counts, candidates are trained and ranked by.
  func aim(residual: Matrix, weights: [Double]?, task: Task) -> (residual: Matrix, weights: [Double]?) {
    guard self == .logLossReduction, task != .regression else { return (residual, weights) }
    var aim = residual
    let curvatures = (0..<residual.rows).map { sample in
      var curvature = 0.0
      // Of targets that are 0 or 1, |y − p| is p or 1 − p.
      for output in 0..<residual.columns {
        let distance = abs(residual[sample, output])
        curvature += distance * (1 - distance)
      }
      curvature = max(curvature, Self.leastCurvature)
      for output in 0..<residual.columns { aim[sample, output] /= curvature }
      return curvature
    }
    return (aim, curvatures.enumerated().map { $1 * (weights?[$0] ?? 1) })
  }
}
