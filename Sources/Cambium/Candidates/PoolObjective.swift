internal import CKernels
internal import CambiumCore

/// What a pool's candidates are trained on: Φ, the residual R and the sample weights v.
///
/// The objective of a candidate with response g is the share of the residual's energy that it takes away with
/// its best output weights,
///
///   J = Σ_o s_o² / (V · E),   s_o = Σ_n v_n r_no ĝ_n,   V = Σ_n v_n ĝ_n²,   E = Σ_no v_n r_no²,
///
/// with ĝ = g − ḡ and r centred. One evaluation makes two sweeps over the tiles: forward (z, g, f′ and the
/// sums), and back (deltas and Φᵀ·delta), 4·N·p·C floating-point operations in products.
final class PoolObjective {
  private let design: DesignMatrix
  private let residual: Matrix
  private let weights: [Double]?
  private let workers: WorkerPool
  private let residualMeans: [Double]
  private let totalWeight: Double
  private let energy: Double
  private var responses: [Double] = []
  private var slopes: [Double] = []

  init(design: DesignMatrix, residual: Matrix, weights: [Double]?, workers: WorkerPool) {
    self.design = design
    self.residual = residual
    self.weights = weights
    self.workers = workers
    let n = residual.rows
    let totalWeight = weights?.reduce(0, +) ?? Double(n)
    self.totalWeight = totalWeight
    residualMeans = (0..<residual.columns).map { o in
      var sum = 0.0
      for i in 0..<n { sum += (weights?[i] ?? 1) * residual[i, o] }
      return sum / totalWeight
    }
    var energy = 0.0
    for o in 0..<residual.columns {
      for i in 0..<n {
        let centred = residual[i, o] - residualMeans[o]
        energy += (weights?[i] ?? 1) * centred * centred
      }
    }
    self.energy = energy
  }

  /// J of every candidate, and its gradient in the pool's parameters (zero where the mask is).
  ///
  /// A candidate whose response is constant or not finite has J = 0 and no gradient.
  func evaluate(_ pool: CandidatePool) -> (objectives: [Double], gradient: [Double]) {
    let steps = sweepForward(pool)
    return (steps.map(\.objective), sweepBack(pool, steps))
  }

  /// J of every candidate. Keeps no responses: ranking on all samples needs no memory in proportion to them.
  func objectives(_ pool: CandidatePool) -> [Double] {
    let c = pool.count
    let exponents = RadialExponents(pool)
    let sums = design.sum(c * (2 + residual.columns), workers: workers) { tile, sums in
      withUnsafeTemporaryAllocation(of: Double.self, capacity: tile.count * c) { buffer in
        guard let responses = buffer.baseAddress else { return }
        pool.respond(tile, exponents, into: responses)
        addSums(of: responses, count: c, over: tile, to: sums)
      }
    }
    return steps(from: sums).map(\.objective)
  }

  /// What turns a candidate's response and residuals into deltas: δ = v f′ (Σ_o pull_o r_o − push g + offset).
  private struct Step {
    var objective = 0.0
    var pull: [Double]
    var push = 0.0
    var offset = 0.0
  }

  // MARK: Forward

  private func sweepForward(_ pool: CandidatePool) -> [Step] {
    let m = residual.columns
    let c = pool.count
    let size = design.rowCount * c
    if responses.count != size {
      responses = [Double](repeating: 0, count: size)
      slopes = [Double](repeating: 0, count: size)
    }
    let exponents = RadialExponents(pool)
    let sums = withBuffers { responses, slopes in
      design.sum(c * (2 + m), workers: workers) { tile, sums in
        let first = tile.rows.lowerBound * c
        pool.respond(tile, exponents, into: responses + first, slopes: slopes + first)
        addSums(of: responses + first, count: c, over: tile, to: sums)
      }
    }
    return steps(from: sums)
  }

  /// Adds for each candidate Σ v g, Σ v g² and Σ v g r_o.
  private func addSums(
    of responses: UnsafePointer<Double>, count c: Int, over tile: DesignMatrix.Tile,
    to sums: UnsafeMutablePointer<Double>
  ) {
    let m = residual.columns
    withResidual(of: tile) { r, v in
      for k in 0..<c {
        cambium_response_sums(
          tile.count, responses + k * tile.count, r, m, residual.rows, v, sums + k * (2 + m))
      }
    }
  }

  private func steps(from sums: [Double]) -> [Step] {
    let size = 2 + residual.columns
    return (0..<sums.count / size).map { step(from: sums[$0 * size..<($0 + 1) * size]) }
  }

  private func step(from sums: ArraySlice<Double>) -> Step {
    let m = residual.columns
    let base = sums.startIndex
    let mean = sums[base] / totalWeight
    let variance = sums[base + 1] - mean * sums[base]
    var step = Step(pull: [Double](repeating: 0, count: m))
    // Below this the response is constant but for rounding.
    guard variance > 1e-10 * max(sums[base + 1], totalWeight * 1e-10), variance.isFinite, energy > 0 else {
      return step
    }
    var squares = 0.0
    var pulledMean = 0.0
    for o in 0..<m {
      let s = sums[base + 2 + o] - residualMeans[o] * sums[base]
      squares += s * s
      step.pull[o] = 2 * s / (variance * energy)
      pulledMean += step.pull[o] * residualMeans[o]
    }
    let objective = squares / (variance * energy)
    guard objective.isFinite else { return Step(pull: [Double](repeating: 0, count: m)) }
    step.objective = objective
    step.push = 2 * objective / variance
    step.offset = step.push * mean - pulledMean
    return step
  }

  // MARK: Back

  private func sweepBack(_ pool: CandidatePool, _ steps: [Step]) -> [Double] {
    let n = design.rowCount
    let m = residual.columns
    let p = pool.sourceCount
    let c = pool.count
    let r = pool.ridgeCount
    let q = pool.radialCount
    // [Φᵀ D for all candidates, (Φ∘Φ)ᵀ D for the radial ones]
    let sums = withBuffers { responses, slopes in
      design.sum(p * (c + q), workers: workers) { tile, sums in
        let first = tile.rows.lowerBound
        let g = responses + first * c
        let delta = slopes + first * c
        withResidual(of: tile) { residual, v in
          for (k, step) in steps.enumerated() {
            let column = delta + k * tile.count
            guard step.objective > 0 else {
              column.update(repeating: 0, count: tile.count)
              continue
            }
            cambium_response_deltas(
              tile.count, g + k * tile.count, column, residual, m, n, v, step.pull, step.push, step.offset,
              column)
          }
        }
        Kernels.productOfTransposed(
          m: p, n: c, k: tile.count, a: tile.base, lda: tile.count, b: delta, ldb: tile.count, c: sums,
          ldc: p,
          adding: true)
        guard q > 0 else { return }
        tile.withSquares(columns: p) { squares in
          Kernels.productOfTransposed(
            m: p, n: q, k: tile.count, a: squares, lda: tile.count, b: delta + r * tile.count,
            ldb: tile.count,
            c: sums + p * c, ldc: p, adding: true)
        }
      }
    }
    return gradient(of: pool, sums)
  }

  private func gradient(of pool: CandidatePool, _ sums: [Double]) -> [Double] {
    let p = pool.sourceCount
    let ridgeSize = p * pool.ridgeCount
    var gradient = [Double](repeating: 0, count: pool.parameters.count)
    for k in 0..<ridgeSize { gradient[k] = sums[k] * pool.mask[k] }
    for candidate in 0..<pool.radialCount {
      let linear = ridgeSize + candidate * p
      let quadratic = p * pool.count + candidate * p
      let total = sums[linear]
      for source in 1..<p {
        let width = pool.widthsStart + candidate * p + source
        let centre = pool.centresStart + candidate * p + source
        guard pool.mask[width] != 0 else { continue }
        let s = pool.parameters[width]
        let k = pool.parameters[centre]
        // Σ_n δ (φ − k)² and Σ_n δ (φ − k), from the sums over φ² and φ.
        let squared = sums[quadratic + source] - 2 * k * sums[linear + source] + k * k * total
        let plain = sums[linear + source] - k * total
        gradient[width] = -2 * s * squared
        gradient[centre] = 2 * s * s * plain
      }
    }
    return gradient
  }

  // MARK: Memory

  private func withBuffers<Result>(
    _ body: (UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>) -> Result
  ) -> Result {
    responses.withUnsafeMutableBufferPointer { responses in
      slopes.withUnsafeMutableBufferPointer { slopes in
        guard let g = responses.baseAddress, let slope = slopes.baseAddress else {
          preconditionFailure("an empty pool or no samples")
        }
        return body(g, slope)
      }
    }
  }

  private func withResidual(
    of tile: DesignMatrix.Tile, _ body: (UnsafePointer<Double>, UnsafePointer<Double>?) -> Void
  ) {
    tile.withRows(of: residual) { r in tile.withWeights(weights) { v in body(r, v) } }
  }
}
