internal import CKernels
internal import CambiumCore

/// J of candidates in float64, over all rows of Φ; see ``PoolCriterion``.
struct PoolRanking {
  private let design: DesignMatrix
  private let residual: Matrix
  private let weights: [Double]?
  private let workers: WorkerPool
  private let criterion: PoolCriterion

  init(design: DesignMatrix, residual: Matrix, weights: [Double]?, workers: WorkerPool) {
    self.design = design
    self.residual = residual
    self.weights = weights
    self.workers = workers
    criterion = PoolCriterion(residual: residual, weights: weights)
  }

  /// J of every candidate. 2·N·p·C operations; keeps no responses, so it needs no memory in proportion to N.
  func objectives(_ pool: CandidatePool) -> [Double] {
    let count = pool.count
    let size = criterion.sumCount
    let exponents = RadialExponents(pool)
    let sums = design.sum(count * size, workers: workers) { tile, sums in
      withUnsafeTemporaryAllocation(of: Double.self, capacity: tile.count * count) { buffer in
        guard let responses = buffer.baseAddress else { return }
        pool.respond(tile, exponents, into: responses)
        tile.withRows(of: residual) { r in
          tile.withWeights(weights) { v in
            for k in 0..<count {
              cambium_response_sums(
                tile.count, responses + k * tile.count, 0, r, residual.columns, residual.rows, v,
                sums + k * size)
            }
          }
        }
      }
    }
    return criterion.steps(from: sums[...], shifts: nil).map(\.objective)
  }
}
