internal import CambiumCore

/// Fits the readout B (p × m): the convex last layer, by ridge least squares or softmax regression.
///
/// It minimises Σ_n v_n loss_n + ½ Σ_j penalty_j Σ_o B_jo².
struct ReadoutFitter {
  let data: Dataset
  let workers: WorkerPool

  /// B for the leading columns of Φ, as many as there are `penalties`; `start` is a B of as many rows or fewer.
  ///
  /// Whoever fits several to the same Φ gives its ``gram(of:)``; only classes make use of it.
  func fit(
    design: DesignMatrix, penalties: [Double], start: Matrix, steps: Int = 60, gram: [Double]? = nil
  ) -> Matrix {
    switch data.task {
    case .regression:
      precondition(penalties.count == design.columnCount, "one penalty for each column")
      return leastSquares(design: design, penalties: penalties).readout
    case .classification:
      let regression = LogisticRegression(
        design: design, gram: gram ?? self.gram(of: design), targets: data.targets, weights: data.weights,
        penalties: penalties, loss: Loss(task: data.task), workers: workers)
      return regression.fit(from: start.extended(toRows: penalties.count), steps: steps)
    }
  }

  /// ΦᵀVΦ, its upper triangle.
  func gram(of design: DesignMatrix) -> [Double] { design.gram(weights: data.weights, workers: workers) }

  /// The least-squares readout, and the Cholesky factor of ΦᵀVΦ + diag(penalties). Where that is singular, the
  /// penalties are raised until it is not.
  func leastSquares(design: DesignMatrix, penalties: [Double]) -> (readout: Matrix, factor: Cholesky?) {
    let p = design.columnCount
    let m = data.outputCount
    let gram = gram(of: design)
    let moments = design.moments(with: data.targets, weights: data.weights, workers: workers)
    let scale = (0..<p).reduce(0) { max($0, gram[$1 * (p + 1)]) }
    for attempt in 0..<12 {
      var system = gram
      let lift = attempt == 0 ? 0 : scale * power(10, Double(attempt - 13))
      for j in 0..<p { system[j * (p + 1)] += penalties[j] + lift }
      guard let factor = Cholesky(system, order: p) else { continue }
      let solution = factor.solve(moments, columns: m)
      guard solution.allSatisfy(\.isFinite) else { continue }
      return (Matrix(rows: p, columns: m, values: solution), factor)
    }
    return (Matrix(rows: p, columns: m), nil)
  }
}
