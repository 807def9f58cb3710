internal import CKernels
internal import CambiumCore

/// The loss of a network on samples, its gradient in all weights, and the Gauss–Newton matrix.
///
/// Gradients are carried back through the grown graph, exactly; responses are not clipped here. For several
/// classes the matrix leaves out the terms between outputs.
struct GaussNewton {
  let data: Dataset
  /// Φ of at least the bias and the inputs.
  let design: DesignMatrix
  let space: WeightSpace
  /// Whether products of the Jacobian's columns are summed in float32 within a tile: twice as fast, and good to six
  /// digits, which is enough where noise, and no ill-conditioned corner, decides.
  var isSinglePrecision = false
  let workers: WorkerPool

  /// The square of less has no seven digits in float32, and takes a processor a hundred times as long.
  private static let leastSingle: Float = 1.1e-19

  /// Of few samples few parts are summed on their own: each takes the memory of a Gauss–Newton matrix.
  private var largestShardCount: Int { isSinglePrecision ? 4 : TileSums.largestShardCount }

  /// Σ_n v_n loss_n at θ. O(N · connections).
  func loss(_ theta: [Double]) -> Double {
    let units = space.units(from: theta)
    return design.sum(1, workers: workers) { tile, sums in
      withForward(tile, units, theta) { forward in sums[0] += lossAndGradient(forward, tile) }
    }[0]
  }

  /// The loss, its gradient, and the upper triangle of the Gauss–Newton matrix. O(N · m · |θ|²).
  func expand(_ theta: [Double]) -> (loss: Double, gradient: [Double], matrix: [Double]) {
    let units = space.units(from: theta)
    let w = space.count
    let triangle = (0..<w).map { $0 * w..<$0 * (w + 1) + 1 }
    var sums = design.sum(
      w * w + w + 1, used: triangle + [w * w..<w * w + w + 1], largestShardCount: largestShardCount,
      workers: workers
    ) { tile, sums in
      withForward(tile, units, theta) { forward in
        // The scores are needed before the loss turns them into its gradient.
        let roots = curvatures(forward, rows: tile.rows)
        sums[w * w + w] += lossAndGradient(forward, tile)
        withUnsafeTemporaryAllocation(of: Double.self, capacity: tile.count * w) { buffer in
          guard let jacobian = buffer.baseAddress else { return }
          for o in 0..<space.outputCount {
            fill(jacobian, output: o, forward, units, theta)
            Kernels.productOfTransposed(
              m: w, n: 1, k: tile.count, a: jacobian, lda: tile.count, b: forward.scores + o * tile.count,
              ldb: tile.count, c: sums + w * w, ldc: w, adding: true)
            roots?.withUnsafeBufferPointer { roots in
              guard let root = roots.baseAddress.map({ $0 + o * tile.count }) else { return }
              for j in 0..<w {
                let column = jacobian + j * tile.count
                cambium_multiply(tile.count, column, root, column)
              }
            }
            addGram(of: jacobian, rows: tile.count, to: sums)
          }
        }
      }
    }
    let gradient = Array(sums[w * w..<w * w + w])
    let loss = sums[w * w + w]
    sums.removeLast(w + 1)
    return (loss, gradient, sums)
  }

  /// Adds JᵀJ of a tile's rows × |θ| Jacobian to `sums`.
  private func addGram(
    of jacobian: UnsafePointer<Double>, rows: Int, to sums: UnsafeMutablePointer<Double>
  ) {
    let w = space.count
    guard isSinglePrecision else {
      return Kernels.addGram(n: w, k: rows, a: jacobian, lda: rows, to: sums)
    }
    withUnsafeTemporaryAllocation(of: Float.self, capacity: rows * w) { buffer in
      guard let single = buffer.baseAddress else { return }
      for k in 0..<rows * w {
        let value = Float(jacobian[k])
        single[k] = abs(value) < Self.leastSingle ? 0 : value
      }
      Kernels.addGram(n: w, k: rows, a: single, lda: rows, to: sums)
    }
  }

  private func lossAndGradient(_ forward: Forward, _ tile: DesignMatrix.Tile) -> Double {
    Loss(task: data.task).valueAndGradient(
      of: forward.scores, over: tile, targets: data.targets, weights: data.weights)
  }

  /// A tile on its way through the network; every matrix has `rows` rows.
  private struct Forward {
    let rows: Int
    /// Φ, rows × p.
    let phi: UnsafeMutablePointer<Double>
    /// The derivative of each unit's column in its z, rows × h.
    let slopes: UnsafeMutablePointer<Double>
    /// ΦB, rows × m.
    let scores: UnsafeMutablePointer<Double>
    /// Room for what is carried back to each unit, rows × h.
    let back: UnsafeMutablePointer<Double>
  }

  private func withForward(
    _ tile: DesignMatrix.Tile, _ units: [Network.Unit], _ theta: [Double], _ body: (Forward) -> Void
  ) {
    let n = tile.count
    let h = units.count
    let leading = 1 + space.inputCount
    let m = space.outputCount
    withUnsafeTemporaryAllocation(of: Double.self, capacity: n * (leading + 3 * h + m)) { buffer in
      guard let phi = buffer.baseAddress else { return }
      let slopes = phi + n * (leading + h)
      let back = slopes + n * h
      let scores = back + n * h
      phi.initialize(from: tile.base, count: n * leading)
      for (index, unit) in units.enumerated() {
        let column = phi + (leading + index) * n
        let slope = slopes + index * n
        unit.preactivate(rows: n, sources: phi, into: column)
        cambium_values_and_slopes(unit.activation.function, n, column, column, slope)
        cambium_standardise(n, column, unit.offset, unit.scale, column)
        cambium_standardise(n, slope, 0, unit.scale, slope)
      }
      theta.withUnsafeBufferPointer { theta in
        guard let theta = theta.baseAddress else { return }
        Kernels.product(
          m: n, n: m, k: leading + h, a: phi, lda: n, b: theta + space.readoutStart, ldb: leading + h,
          c: scores, ldc: n)
      }
      body(Forward(rows: n, phi: phi, slopes: slopes, scores: scores, back: back))
    }
  }

  /// The derivative of output `o` in every weight, for each row: rows × |θ|.
  private func fill(
    _ jacobian: UnsafeMutablePointer<Double>, output o: Int, _ forward: Forward, _ units: [Network.Unit],
    _ theta: [Double]
  ) {
    let n = forward.rows
    let leading = 1 + space.inputCount
    let p = space.sourceCount
    for j in 0..<space.outputCount * p {
      let column = jacobian + (space.readoutStart + j) * n
      if j / p == o {
        column.update(from: forward.phi + (j - o * p) * n, count: n)
      } else {
        column.update(repeating: 0, count: n)
      }
    }
    for index in units.indices {
      (forward.back + index * n).update(
        repeating: theta[space.readoutStart + o * p + leading + index], count: n)
    }
    for index in units.indices.reversed() {
      let delta = forward.back + index * n
      cambium_multiply(n, delta, forward.slopes + index * n, delta)
      let unit = units[index]
      let columns = jacobian + space.starts[index] * n
      switch unit.activation.form {
      case .ridge: carry(delta, back: forward, through: unit, .first, columns)
      case .radial:
        for (k, connection) in unit.connections.enumerated() {
          cambium_radial_slopes(
            n, connection.weight, connection.centre, forward.phi + connection.source * n, delta,
            columns + k * n, columns + (unit.connections.count + k) * n, back(to: connection, forward))
        }
      case .product:
        // The slope in one factor is the other.
        withUnsafeTemporaryAllocation(of: Double.self, capacity: n) { buffer in
          guard let share = buffer.baseAddress else { return }
          for (factor, other) in [(Network.Factor.first, Network.Factor.second), (.second, .first)] {
            unit.sum(other, rows: n, sources: forward.phi, into: share)
            cambium_multiply(n, delta, share, share)
            carry(share, back: forward, through: unit, factor, columns)
          }
        }
      }
    }
  }

  /// What the derivative in a sum means for its weights, whose columns begin at `columns`, and for the units it reads.
  private func carry(
    _ delta: UnsafePointer<Double>, back forward: Forward, through unit: Network.Unit,
    _ factor: Network.Factor, _ columns: UnsafeMutablePointer<Double>
  ) {
    let n = forward.rows
    for (k, connection) in unit.connections.enumerated() where connection.factor == factor {
      cambium_multiply(n, delta, forward.phi + connection.source * n, columns + k * n)
      guard let below = back(to: connection, forward) else { continue }
      cambium_add_scaled(n, connection.weight, delta, below)
    }
  }

  /// Where what is carried back to a connection's source gathers; nil where that is no unit.
  private func back(to connection: Network.Connection, _ forward: Forward) -> UnsafeMutablePointer<Double>? {
    let unit = connection.source - 1 - space.inputCount
    return unit < 0 ? nil : forward.back + unit * forward.rows
  }

  /// The root of v · d²loss/dscore² for each row and output; nil where it is 1.
  private func curvatures(_ forward: Forward, rows: Range<Int>) -> [Double]? {
    let n = forward.rows
    if data.task == .regression {
      return data.weights.map { weights in
        (0..<space.outputCount).flatMap { _ in weights[rows].map { $0.squareRoot() } }
      }
    }
    var outputs = Array(UnsafeBufferPointer(start: forward.scores, count: n * space.outputCount))
    Loss(task: data.task).applyLink(rows: n, outputs: space.outputCount, to: &outputs)
    for k in outputs.indices {
      let weight = data.weights?[rows.lowerBound + k % n] ?? 1
      outputs[k] = max(weight * outputs[k] * (1 - outputs[k]), 0).squareRoot()
    }
    return outputs
  }
}
