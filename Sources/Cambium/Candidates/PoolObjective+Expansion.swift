internal import CambiumCore

/// What a pass tells of a candidate for a Gauss–Newton step, in its living parameters.
struct CandidateExpansion {
  /// J.
  let objective: Double
  /// ∇J.
  let gradient: [Double]
  /// The Gauss–Newton matrix of ½(1 − J), upper triangle, column-major.
  let matrix: [Double]
}

extension PoolObjective {
  /// J, its exact gradient and a Gauss–Newton matrix of every candidate, `living` being where its living parameters stand.
  ///
  /// With the best output weights b_o = s_o/V put in, what is left of the residual is r_o − ĝ b_o. Its derivative in a
  /// parameter, Kaufman's (1975): −b_o d̂, d̂ the response's derivative d without what ĝ and a constant make of it. So
  ///
  ///   H_jk = (J/V) · (Σ v d_j d_k − (Σ v d_j)(Σ v d_k)/N − (Σ v d_j ĝ)(Σ v d_k ĝ)/V).
  ///
  /// All sums are those of one symmetric product of the columns [d, h, 1, r]·√v: N · (p + 2 + m)² operations a candidate.
  /// (h = g less its mean as far as it is known.)
  func expand(_ pool: CandidatePool, living: [[Int]]) -> [CandidateExpansion] {
    let widths = living.map { $0.count + 2 + samples.outputCount }
    guard samples.hasResidual else {
      return living.map { .init(objective: 0, none: $0.count) }
    }
    let layout = PoolLayout<Scalar>(pool)
    findSteps(of: pool, layout)
    let shifts = steps.map { Double(Scalar($0.mean)) }
    let starts = widths.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1 * $1) }
    let stride = PoolSamples<Scalar>.stride
    let scratchColumns = (widths.max() ?? 0) + 2
    let isShared = samples.count * (starts.last ?? 0) >= Self.leastSharedWork
    let sums = TileSums(tileCount: samples.tileCount, size: starts[pool.count])
      .run(on: isShared ? workers : nil) { index, sums in
        let tile = samples.tile(index)
        scratch.lend(layout.scratchCount + scratchColumns * stride) { responses in
          let slopes = responses + pool.count * stride
          let columns = responses + layout.scratchCount
          layout.respond(
            to: tile, responses: responses, slopes: slopes, slopesAreWanted: true,
            squares: slopes + layout.slopeCount * stride)
          for candidate in 0..<pool.count {
            fill(
              columns, of: pool, candidate, living[candidate], tile,
              response: responses + candidate * stride, shift: Scalar(shifts[candidate]),
              slope: slopes + candidate * stride, roots: columns + (scratchColumns - 1) * stride)
            for column in 0..<widths[candidate] {
              (columns + column * stride + tile.count).update(repeating: 0, count: tile.rows - tile.count)
            }
            Scalar.addGram(
              columns: widths[candidate], rows: tile.rows, columns, stride: stride,
              sums: sums + starts[candidate])
          }
        }
      }
    let own = living.indices.map { sums[starts[$0]..<starts[$0 + 1]] }
    steps = living.indices.map { step(from: own[$0], width: widths[$0], shift: shifts[$0]) }
    return living.indices.map { candidate in
      expansion(
        own[candidate], steps[candidate], factors: living[candidate].map { derivativeFactor(pool, $0) },
        shift: shifts[candidate])
    }
  }

  /// The columns [d, h, 1, r]·√v of one candidate over a tile; a radial candidate's d without the factors of
  /// ``derivativeFactor(_:_:)``.
  private func fill(
    _ columns: UnsafeMutablePointer<Scalar>, of pool: CandidatePool, _ candidate: Int, _ living: [Int],
    _ tile: PoolSamples<Scalar>.Tile, response: UnsafePointer<Scalar>, shift: Scalar,
    slope: UnsafeMutablePointer<Scalar>, roots: UnsafeMutablePointer<Scalar>
  ) {
    let (p, stride, n) = (pool.sourceCount, PoolSamples<Scalar>.stride, tile.count)
    // A product's slope in its second factor.
    let second = slope + pool.productCount * stride
    if let weights = tile.weights {
      for i in 0..<n { roots[i] = weights[i].squareRoot() }
      Scalar.multiply(n, slope, roots, slope)
      if pool.activation(of: candidate).form == .product { Scalar.multiply(n, second, roots, second) }
    } else {
      roots.update(repeating: 1, count: n)
    }
    for (place, index) in living.enumerated() {
      let column = columns + place * stride
      let source = tile.phi + index % p * stride
      guard (pool.widthsStart..<pool.firstFactorsStart).contains(index) else {
        Scalar.multiply(n, source, index < pool.secondFactorsStart ? slope : second, column)
        continue
      }
      let isWidth = index < pool.centresStart
      let centre = Scalar(pool.parameters[isWidth ? index - pool.widthsStart + pool.centresStart : index])
      for i in 0..<n { column[i] = source[i] - centre }
      if isWidth { Scalar.multiply(n, column, column, column) }
      Scalar.multiply(n, column, slope, column)
    }
    let others = columns + living.count * stride
    for i in 0..<n { others[i] = roots[i] * (response[i] - shift) }
    (others + stride).update(from: roots, count: n)
    for o in 0..<samples.outputCount {
      Scalar.multiply(n, tile.residual + o * stride, roots, others + (2 + o) * stride)
    }
  }

  /// What a column of ``fill(_:of:_:_:_:response:slope:roots:)`` is to be multiplied by: z's derivative in a width is
  /// −2s(φ − k)², in a centre 2s²(φ − k).
  private func derivativeFactor(_ pool: CandidatePool, _ index: Int) -> Double {
    guard (pool.widthsStart..<pool.firstFactorsStart).contains(index) else { return 1 }
    guard index >= pool.centresStart else { return -2 * pool.parameters[index] }
    let width = pool.parameters[index - pool.centresStart + pool.widthsStart]
    return 2 * width * width
  }

  private func step(from sums: ArraySlice<Double>, width: Int, shift: Double) -> PoolCriterion.Step {
    let count = width - 2 - samples.outputCount
    func withResponse(_ k: Int) -> Double { sums[sums.startIndex + min(count, k) + max(count, k) * width] }
    let own = [withResponse(count + 1), withResponse(count)] + (count + 2..<width).map(withResponse)
    return criterion.steps(from: own[...], shifts: [shift])[0]
  }

  private func expansion(
    _ sums: ArraySlice<Double>, _ step: PoolCriterion.Step, factors: [Double], shift: Double
  ) -> CandidateExpansion {
    let count = factors.count
    let width = count + 2 + samples.outputCount
    guard step.objective > 0 else { return .init(objective: 0, none: count) }
    func sum(_ j: Int, _ k: Int) -> Double { sums[sums.startIndex + j + k * width] }
    let variance = 2 * step.objective / step.push
    let means = (0..<count).map { factors[$0] * sum($0, count + 1) }
    let along = (0..<count).map { factors[$0] * sum($0, count) - (step.mean - shift) * means[$0] }
    let gradient = (0..<count).map { j in
      step.pull.indices.reduce(-step.push * along[j]) {
        $0 + step.pull[$1] * factors[j] * sum(j, count + 2 + $1)
      }
    }
    var matrix = [Double](repeating: 0, count: count * count)
    let scale = step.objective / variance
    for k in 0..<count {
      for j in 0...k {
        let product = factors[j] * factors[k] * sum(j, k)
        matrix[j + k * count] =
          scale
          * (product - means[j] * means[k] / criterion.totalWeight - along[j] * along[k] / variance)
      }
    }
    return .init(objective: step.objective, gradient: gradient, matrix: matrix)
  }
}

extension CandidateExpansion {
  /// That of a candidate that has nowhere to go.
  fileprivate init(objective: Double, none count: Int) {
    self.init(
      objective: objective, gradient: [Double](repeating: 0, count: count),
      matrix: [Double](repeating: 0, count: count * count))
  }
}
