internal import CambiumCore

/// A pool's parameters as its products with a tile need them: candidates × sources, in the sweep's precision.
struct PoolLayout<Scalar: PoolScalar> {
  private let sourceCount: Int
  private let ridgeCount: Int
  private let radialCount: Int
  private let productCount: Int
  private let groups: [(activation: Activation, columns: Range<Int>)]
  private let ridge: [Scalar]
  private let linear: [Scalar]
  private let quadratic: [Scalar]
  /// B, then A.
  private let factors: [Scalar]

  init(_ pool: CandidatePool) {
    sourceCount = pool.sourceCount
    ridgeCount = pool.ridgeCount
    radialCount = pool.radialCount
    productCount = pool.productCount
    let radials = pool.ridgeCount..<pool.ridgeCount + pool.radialCount
    groups = pool.ridgeGroups + (radials.isEmpty ? [] : [(.radial, radials)])
    let p = sourceCount
    func transposed(_ values: ArraySlice<Double>) -> [Scalar] {
      let count = values.count / max(p, 1)
      return [Scalar](unsafeUninitializedCapacity: values.count) { buffer, initialized in
        values.withUnsafeBufferPointer { values in
          for j in 0..<p { for c in 0..<count { buffer[c + j * count] = Scalar(values[j + c * p]) } }
        }
        initialized = values.count
      }
    }
    let exponents = RadialExponents(pool)
    ridge = transposed(pool.parameters[..<pool.widthsStart])
    linear = transposed(exponents.linear[...])
    quadratic = transposed(exponents.quadratic[...])
    factors = transposed(
      pool.parameters[pool.secondFactorsStart...]
        + pool.parameters[pool.firstFactorsStart..<pool.secondFactorsStart])
  }

  /// C.
  private var candidateCount: Int { ridgeCount + radialCount + productCount }
  /// The columns of slopes: one for each candidate, and behind them a product's in its second factor.
  var slopeCount: Int { candidateCount + productCount }
  /// How many values a sweep is to be lent for a tile: a column for each response and each slope, and a tile of squares
  /// where there are radial candidates.
  var scratchCount: Int {
    (candidateCount + slopeCount + (radialCount > 0 ? sourceCount : 0)) * PoolSamples<Scalar>.stride
  }

  /// The responses of all candidates to a tile, their slopes where they are wanted, and Φ∘Φ where there are radial ones.
  /// Says of each candidate when its columns are done: they are in the nearest cache then.
  @inline(__always)
  func respond(
    to tile: PoolSamples<Scalar>.Tile, responses: UnsafeMutablePointer<Scalar>,
    slopes: UnsafeMutablePointer<Scalar>, slopesAreWanted: Bool, squares: UnsafeMutablePointer<Scalar>,
    whenDone: (_ candidate: Int) -> Void = { _ in }
  ) {
    let stride = PoolSamples<Scalar>.stride
    Scalar.product(
      rows: tile.rows, sources: sourceCount, candidates: ridgeCount, phi: tile.phi, stride: stride,
      weights: ridge, z: responses, adding: false)
    if radialCount > 0 {
      let radial = responses + ridgeCount * stride
      Scalar.multiply((sourceCount - 1) * stride + tile.rows, tile.phi, tile.phi, squares)
      Scalar.product(
        rows: tile.rows, sources: sourceCount, candidates: radialCount, phi: tile.phi, stride: stride,
        weights: linear, z: radial, adding: false)
      Scalar.product(
        rows: tile.rows, sources: sourceCount, candidates: radialCount, phi: squares, stride: stride,
        weights: quadratic, z: radial, adding: true)
    }
    for (activation, columns) in groups {
      for column in columns {
        Scalar.apply(
          activation, tile.rows, responses + column * stride,
          slopes: slopesAreWanted ? slopes + column * stride : nil)
        whenDone(column)
      }
    }
    guard productCount > 0 else { return }
    // The slope in the first factor is the second, that in the second the first.
    let second = slopes + (ridgeCount + radialCount) * stride
    Scalar.product(
      rows: tile.rows, sources: sourceCount, candidates: 2 * productCount, phi: tile.phi, stride: stride,
      weights: factors, z: second, adding: false)
    let first = second + productCount * stride
    for k in 0..<productCount {
      let response = responses + (ridgeCount + radialCount + k) * stride
      Scalar.multiply(tile.rows, first + k * stride, second + k * stride, response)
      whenDone(ridgeCount + radialCount + k)
    }
  }
}
