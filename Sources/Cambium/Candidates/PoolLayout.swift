internal import CambiumCore

/// A pool's parameters as its products with a tile need them: candidates × sources, in the sweep's precision.
struct PoolLayout<Scalar: PoolScalar> {
  private let sourceCount: Int
  private let ridgeCount: Int
  private let radialCount: Int
  private let groups: [(activation: Activation, columns: Range<Int>)]
  private let ridge: [Scalar]
  private let linear: [Scalar]
  private let quadratic: [Scalar]

  init(_ pool: CandidatePool) {
    sourceCount = pool.sourceCount
    ridgeCount = pool.ridgeCount
    radialCount = pool.radialCount
    groups = pool.ridgeGroups + (pool.radialCount > 0 ? [(.radial, pool.ridgeCount..<pool.count)] : [])
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
  }

  /// How many values ``respond(to:responses:slopes:squares:)`` is to be lent: two columns for each candidate, and a
  /// tile of squares where there are radial ones.
  var scratchCount: Int {
    (2 * (ridgeCount + radialCount) + (radialCount > 0 ? sourceCount : 0)) * PoolSamples<Scalar>.stride
  }

  /// The responses of all candidates to a tile, their slopes where asked for, and Φ∘Φ where there are radial ones.
  func respond(
    to tile: PoolSamples<Scalar>.Tile, responses: UnsafeMutablePointer<Scalar>,
    slopes: UnsafeMutablePointer<Scalar>?, squares: UnsafeMutablePointer<Scalar>
  ) {
    let stride = PoolSamples<Scalar>.stride
    Scalar.product(
      rows: tile.rows, sources: sourceCount, candidates: ridgeCount, phi: tile.phi, stride: stride,
      weights: ridge, z: responses, adding: false)
    if radialCount > 0 {
      let radial = responses + ridgeCount * stride
      Scalar.square((sourceCount - 1) * stride + tile.rows, tile.phi, squares)
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
          activation, tile.rows, responses + column * stride, slopes: slopes.map { $0 + column * stride })
      }
    }
  }
}
