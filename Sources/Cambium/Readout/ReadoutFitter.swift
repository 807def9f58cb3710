internal import CambiumCore

/// Fits the readout B (p × m): the convex last layer, by ridge least squares or softmax regression.
///
/// It minimises Σ_n v_n loss_n + ½ Σ_j penalty_j Σ_o B_jo².
struct ReadoutFitter {
  let data: Dataset
  let workers: WorkerPool

  /// B for the leading columns of Φ, as many as there are `penalties`; `start` is a B of as many rows or fewer, and
  /// `equations` are those of at least these columns. Of classes in at most so many steps, until one gains no more than a
  /// share of the loss.
  func fit(
    design: DesignMatrix, equations: NormalEquations, penalties: [Double], start: Matrix, steps: Int = 60,
    leastGain: Double = 1e-8
  ) -> Matrix {
    switch data.task {
    case .regression: return equations.leastSquares(penalties: penalties).readout
    case .classification:
      return regression(design: design, equations: equations, penalties: penalties).fit(
        from: start.extended(toRows: penalties.count), steps: steps, leastGain: leastGain)
    }
  }

  /// The problem that a readout for classes solves.
  func regression(design: DesignMatrix, equations: NormalEquations, penalties: [Double]) -> LogisticRegression
  {
    LogisticRegression(
      design: design, equations: equations, targets: data.targets, weights: data.weights,
      penalties: penalties, loss: Loss(task: data.task), workers: workers)
  }
}
