internal import CKernels
internal import CambiumCore

/// What stands for the Hessian of logistic or softmax regression in B, p × m.
enum ReadoutMetric {
  /// One matrix p × p for each output alike.
  case bound(Cholesky)
  /// The Hessian of each output by itself, p × p.
  case blocks([Cholesky])
  /// The Hessian, pm × pm, and the rows of B without penalty.
  case whole(Cholesky, free: [Int])

  /// Whether it is the Hessian, rather than something near it.
  var isWhole: Bool {
    if case .whole = self { true } else { false }
  }

  /// H⁻¹ of a gradient. O(p² m), or O(p² m²).
  func solve(_ gradient: [Double], outputs: Int) -> [Double] {
    switch self {
    case .bound(let factor): factor.solve(gradient, columns: outputs)
    case .blocks(let factors):
      factors.enumerated().flatMap { output, factor in
        factor.solve(Array(gradient[output * factor.order..<(output + 1) * factor.order]))
      }
    case .whole(let factor, let free): Self.centred(factor.solve(gradient), rows: free, outputs: outputs)
    }
  }

  /// A step without what it adds to all outputs alike: softmax does not see that, so that of rows without penalty it
  /// would be rounding alone.
  private static func centred(_ step: [Double], rows: [Int], outputs: Int) -> [Double] {
    guard outputs > 1 else { return step }
    let p = step.count / outputs
    var step = step
    for row in rows {
      let mean = (0..<outputs).reduce(0.0) { $0 + step[row + $1 * p] } / Double(outputs)
      for o in 0..<outputs { step[row + o * p] -= mean }
    }
    return step
  }
}

extension ReadoutMetric {
  /// Böhning's bound (1992), the same wherever B is: ¼ (two classes) or ½ ΦᵀVΦ + diag(penalties); nil where that is not
  /// finite. O(p³), `equations` being those of Φ.
  init?(bounding loss: Loss, equations: NormalEquations, penalties: [Double]) {
    let p = penalties.count
    let (all, gram) = (equations.order, equations.gram)
    let factor = loss == .logistic ? 0.25 : 0.5
    var leading = [Double](repeating: 0, count: p * p)
    for k in 0..<p { for j in 0...k { leading[j + k * p] = factor * gram[j + k * all] } }
    guard let bound = Self.factor(leading, penalties) else { return nil }
    self = .bound(bound)
  }

  /// The Hessian at B, made of Φᵀ diag(v y_o (δ_oq − y_q)) Φ for each pair of outputs, and the penalties; nil where it is
  /// not finite. O(N p² m² + p³ m³).
  init?(of regression: LogisticRegression, at readout: Matrix) {
    let p = readout.rows
    let m = readout.columns
    let pairs = (0..<m).flatMap { o in (0...o).map { (o, $0) } }
    let sums = regression.curvature(ofOutputs: pairs, at: readout)
    var hessian = [Double](repeating: 0, count: p * m * p * m)
    for (pair, (o, q)) in pairs.enumerated() {
      let sign = o == q ? 1.0 : -1
      for k in 0..<p {
        for j in 0..<(o == q ? k + 1 : p) {
          let entry = sums[pair * p * p + min(j, k) + max(j, k) * p]
          hessian[q * p + j + (o * p + k) * p * m] = sign * entry
        }
      }
    }
    guard let factor = Self.factor(hessian, (0..<m).flatMap { _ in regression.penalties }) else { return nil }
    self = .whole(factor, free: (0..<p).filter { regression.penalties[$0] == 0 })
  }

  /// Φᵀ diag(v y_o (1 − y_o)) Φ at B and the penalties for each output: what outputs have to do with one another is left
  /// out; nil where that is not finite. O(N p² m + p³ m).
  init?(blocksOf regression: LogisticRegression, at readout: Matrix) {
    let (p, m) = (readout.rows, readout.columns)
    let sums = regression.curvature(ofOutputs: (0..<m).map { ($0, $0) }, at: readout)
    var factors: [Cholesky] = []
    for o in 0..<m {
      let block = Array(sums[o * p * p..<(o + 1) * p * p])
      guard let factor = Self.factor(block, regression.penalties) else { return nil }
      factors.append(factor)
    }
    self = .blocks(factors)
  }

  /// The factor of a matrix with penalties on its diagonal, lifted as little as makes it definite.
  private static func factor(_ matrix: [Double], _ penalties: [Double]) -> Cholesky? {
    let p = penalties.count
    let scale = (0..<p).reduce(1e-12) { max($0, matrix[$1 * (p + 1)]) }
    for lift in [1e-10, 1e-7, 1e-4] {
      var lifted = matrix
      for j in 0..<p { lifted[j * (p + 1)] += penalties[j] + lift * scale }
      if let factor = Cholesky(lifted, order: p) { return factor }
    }
    return nil
  }
}

extension LogisticRegression {
  /// Φᵀ diag(v y_o (δ_oq − y_q)) Φ at B but for the sign where o ≠ q, for each pair (o, q) of outputs one after another: the
  /// upper triangle, p × p. O(N p²) a pair.
  func curvature(ofOutputs pairs: [(Int, Int)], at readout: Matrix) -> [Double] {
    let p = readout.rows
    let m = readout.columns
    return design.sum(pairs.count * p * p, workers: workers) { tile, sums in
      withUnsafeTemporaryAllocation(of: Double.self, capacity: tile.count * (m + 1 + p)) { buffer in
        guard let outputs = buffer.baseAddress else { return }
        let root = outputs + tile.count * m
        let rooted = root + tile.count
        scores(readout, over: tile, into: outputs)
        loss.applyLink(rows: tile.count, outputs: m, to: outputs)
        for (pair, (o, q)) in pairs.enumerated() {
          let (own, other) = (outputs + o * tile.count, outputs + q * tile.count)
          if o == q {
            for i in 0..<tile.count { root[i] = max(own[i] * (1 - own[i]), 0) }
          } else {
            for i in 0..<tile.count { root[i] = own[i] * other[i] }
          }
          tile.withWeights(weights) { if let v = $0 { cambium_multiply(tile.count, root, v, root) } }
          for i in 0..<tile.count { root[i].formSquareRoot() }
          for j in 0..<p { cambium_multiply(tile.count, tile.column(j), root, rooted + j * tile.count) }
          Kernels.addGram(n: p, k: tile.count, a: rooted, lda: tile.count, to: sums + pair * p * p)
        }
      }
    }
  }
}
