internal import CambiumCore

// Responses made orthogonal to Φ: h⊥ = h − Φc with c = (ΦᵀVΦ)⁻¹ΦᵀVh, h = g − shift. The overlaps ΦᵀVh are sums like
// others; the shadows Φc are those of the sweep before, like the output weights. The constant is among Φ's columns, so a
// shift changes nothing but the digits that are kept.

extension PoolObjective {
  /// Adds a tile's part of ΦᵀVh for all candidates.
  func addOverlaps(
    _ tile: PoolSamples<Scalar>.Tile, _ responses: UnsafePointer<Scalar>, _ shifts: [Double]?,
    candidates: Int, columns: Int, room: UnsafeMutablePointer<Scalar>, sums: UnsafeMutablePointer<Double>
  ) {
    let stride = PoolSamples<Scalar>.stride
    for k in 0..<candidates {
      let (response, h) = (responses + k * stride, room + k * stride)
      let shift = Scalar(shifts?[k] ?? 0)
      for i in 0..<tile.count { h[i] = response[i] - shift }
      if let weights = tile.weights { Scalar.multiply(tile.count, h, weights, h) }
      (h + tile.count).update(repeating: 0, count: tile.rows - tile.count)
    }
    Scalar.addProductOfTransposed(
      rows: tile.rows, sources: columns, candidates: candidates, phi: tile.frame, stride: stride, delta: room,
      sums: sums, next: nil)
  }

  /// Takes Φc away from all responses to a tile.
  func subtractShadows(
    _ projection: [Scalar], _ tile: PoolSamples<Scalar>.Tile, _ responses: UnsafeMutablePointer<Scalar>,
    candidates: Int, columns: Int, room: UnsafeMutablePointer<Scalar>
  ) {
    guard !projection.isEmpty else { return }
    let stride = PoolSamples<Scalar>.stride
    Scalar.product(
      rows: tile.rows, sources: columns, candidates: candidates, phi: tile.frame, stride: stride,
      weights: projection, z: room, adding: false)
    for k in 0..<candidates {
      let (response, shadow) = (responses + k * stride, room + k * stride)
      for i in 0..<tile.count { response[i] -= shadow[i] }
    }
  }
}

extension PoolCriterion {
  /// The steps of responses that are made orthogonal to Φ, `overlaps` being ΦᵀVh of all candidates.
  func steps(
    from sums: ArraySlice<Double>, onto frame: Cholesky, overlaps: [Double], shifts: [Double]?
  ) -> [Step] {
    let (order, count) = (frame.order, overlaps.count / max(frame.order, 1))
    let projections = frame.solve(overlaps, columns: count)
    let explained = (0..<count).map { k in
      (k * order..<(k + 1) * order).reduce(0.0) { $0 + overlaps[$1] * projections[$1] }
    }
    var steps = steps(from: sums, shifts: shifts, explained: explained)
    for k in steps.indices where steps[k].objective > 0 {
      steps[k].projection = Array(projections[k * order..<(k + 1) * order])
      steps[k].shift = shifts?[k] ?? 0
    }
    return steps
  }
}

/// Φ on the samples of training: what responses and the residual are made orthogonal to.
struct ResponseFrame {
  /// ΦᵀVΦ of weights of mean 1, factored.
  let factor: Cholesky
  /// The residual less what Φ's columns make of it.
  let residual: Matrix

  /// nil where ΦᵀVΦ is singular beyond rounding.
  init?(
    design: DesignMatrix, residual: Matrix, weights: [Double]?, workers: WorkerPool
  ) {
    let mean = weights.map { $0.reduce(0, +) / Double(design.rowCount) }
    let picked = weights.map { weights in weights.map { $0 / (mean ?? 1) } }
    var gram = design.gram(weights: picked, workers: workers)
    let order = design.columnCount
    let scale = (0..<order).reduce(0.0) { max($0, gram[$1 * (order + 1)]) }
    for j in 0..<order { gram[j * (order + 1)] += 1e-10 * scale }
    guard let factor = Cholesky(gram, order: order) else { return nil }
    self.factor = factor
    var left = residual
    let moments = design.moments(with: left, weights: picked, workers: workers)
    let fit = Matrix(
      rows: order, columns: left.columns, values: factor.solve(moments, columns: left.columns))
    let explained = design.product(with: fit, workers: workers)
    for k in left.values.indices { left.values[k] -= explained.values[k] }
    self.residual = left
  }
}
