internal import CKernels
package import CambiumCore

/// What a readout needs to know of all samples at once: ΦᵀVΦ and ΦᵀVY, kept while Φ grows by a column at a time.
package struct NormalEquations {
  /// p, the columns of Φ.
  private(set) var order: Int
  /// ΦᵀVΦ, its upper triangle (p × p, column-major).
  private(set) var gram: [Double]
  /// ΦᵀVY, p × m.
  private(set) var moments: Matrix

  /// Those of all columns of `design`. O(N p²).
  package init(design: DesignMatrix, data: Dataset, workers: WorkerPool) {
    order = design.columnCount
    gram = design.gram(weights: data.weights, workers: workers)
    moments = Matrix(
      rows: order, columns: data.outputCount,
      values: design.moments(with: data.targets, weights: data.weights, workers: workers))
  }

  /// Those with one more column of Φ, `design` being the columns before it. O(N p).
  package func appending(_ column: [Double], to design: DesignMatrix, data: Dataset, workers: WorkerPool)
    -> NormalEquations
  {
    let weighted = Matrix(rows: column.count, columns: 1, values: column)
      .multiplyingRows(by: data.weights)
    return appending(
      cross: design.moments(with: weighted, weights: nil, workers: workers),
      square: cambium_dot(column.count, weighted.values, column),
      pulls: (0..<moments.columns).map {
        cambium_dot(column.count, weighted.values, data.targets.column($0))
      })
  }

  /// The same of what the column adds: ΦᵀVg, gᵀVg and gᵀVY.
  func appending(cross: [Double], square: Double, pulls: [Double]) -> NormalEquations {
    let p = order
    var larger = self
    larger.order = p + 1
    larger.gram = [Double](repeating: 0, count: (p + 1) * (p + 1))
    for k in 0..<p {
      for j in 0...k { larger.gram[j + k * (p + 1)] = gram[j + k * p] }
    }
    for j in 0..<p { larger.gram[j + p * (p + 1)] = cross[j] }
    larger.gram[(p + 1) * (p + 1) - 1] = square
    larger.moments = moments.extended(toRows: p + 1)
    for (o, pull) in pulls.enumerated() { larger.moments[p, o] = pull }
    return larger
  }

  /// The least-squares readout of the leading columns, as many as there are `penalties`, and the Cholesky factor of
  /// their ΦᵀVΦ + diag(penalties). Where that is singular, the penalties are raised until it is not. O(p³).
  package func leastSquares(penalties: [Double]) -> (readout: Matrix, factor: Cholesky?) {
    let p = penalties.count
    precondition(p <= order, "at most one penalty for each column")
    var leading = [Double](repeating: 0, count: p * p)
    for k in 0..<p { for j in 0...k { leading[j + k * p] = gram[j + k * order] } }
    let right = moments.extended(toRows: p)
    let scale = (0..<p).reduce(0) { max($0, leading[$1 * (p + 1)]) }
    for attempt in 0..<12 {
      var system = leading
      let lift = attempt == 0 ? 0 : scale * power(10, Double(attempt - 13))
      for j in 0..<p { system[j * (p + 1)] += penalties[j] + lift }
      guard let factor = Cholesky(system, order: p) else { continue }
      let solution = factor.solve(right.values, columns: right.columns)
      guard solution.allSatisfy(\.isFinite) else { continue }
      return (Matrix(rows: p, columns: right.columns, values: solution), factor)
    }
    return (Matrix(rows: p, columns: right.columns), nil)
  }
}
