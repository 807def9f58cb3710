internal import CambiumCore

/// Logistic and softmax regression with a ridge: the readout for classes.
///
/// Minimises f(B) = Σ_n v_n loss_n(ΦB) + ½ Σ_j penalty_j Σ_o B_jo² by L-BFGS (Liu and Nocedal 1989), O(N p m) a step. Its
/// initial Hessian is of few weights the Hessian itself, computed anew every eight steps, O(N p² m² + p³ m³), so that the
/// first step is Newton's; of more the blocks of single outputs, O(N p² m + p³ m) once; of many Böhning's bound, O(p³) once, so
/// that a step sees how columns overlap. See ``LogisticDescent``.
struct LogisticRegression {
  /// Φ; the readout reads as many of its leading columns as the start has rows.
  let design: DesignMatrix
  /// Those of Φ, of which ΦᵀVΦ is used.
  let equations: NormalEquations
  let targets: Matrix
  let weights: [Double]?
  let penalties: [Double]
  let loss: Loss
  let workers: WorkerPool

  /// The best B that at most `steps` steps from `start` reach; fewer where one gains no more than a share of the loss.
  func fit(from start: Matrix, steps: Int, leastGain: Double = 1e-8) -> Matrix {
    var descent = LogisticDescent(self, from: start)
    descent.run(self, steps: steps, leastGain: leastGain)
    return descent.point
  }

  /// f and its gradient.
  func evaluate(_ readout: Matrix) -> (value: Double, gradient: [Double]) {
    let p = readout.rows
    let m = readout.columns
    let sums = design.sum(p * m + 1, workers: workers) { tile, sums in
      withUnsafeTemporaryAllocation(of: Double.self, capacity: tile.count * m) { buffer in
        guard let scores = buffer.baseAddress else { return }
        self.scores(readout, over: tile, into: scores)
        sums[p * m] += loss.valueAndGradient(of: scores, over: tile, targets: targets, weights: weights)
        Kernels.productOfTransposed(
          m: p, n: m, k: tile.count, a: tile.base, lda: tile.count, b: scores, ldb: tile.count, c: sums,
          ldc: p, adding: true)
      }
    }
    var value = sums[p * m]
    var gradient = Array(sums[0..<p * m])
    readout.values.withUnsafeBufferPointer { values in
      for o in 0..<m {
        for j in 0..<p {
          let entry = values[j + o * p]
          value += 0.5 * penalties[j] * entry * entry
          gradient[j + o * p] += penalties[j] * entry
        }
      }
    }
    return (value, gradient)
  }

  /// ΦB of a tile, count × m.
  func scores(_ readout: Matrix, over tile: DesignMatrix.Tile, into scores: UnsafeMutablePointer<Double>) {
    Kernels.product(
      m: tile.count, n: readout.columns, k: readout.rows, a: tile.base, lda: tile.count, b: readout.values,
      ldb: readout.rows, c: scores, ldc: tile.count)
  }
}
