internal import CKernels
internal import CambiumCore

/// A precision that candidates can be trained in: `Float` or `Double`, with its kernels.
///
/// Over one tile, all matrices column after column, `stride` values apart; `rows` is a multiple of
/// `CAMBIUM_ROW_BLOCK`, but for sums and deltas.
package protocol PoolScalar: BinaryFloatingPoint {
  /// z (rows × candidates) = Φ·W for W (candidates × sources), or += where `adding`.
  static func product(
    rows: Int, sources: Int, candidates: Int, phi: UnsafePointer<Self>, stride: Int,
    weights: UnsafePointer<Self>, z: UnsafeMutablePointer<Self>, adding: Bool)
  /// sums (sources × candidates) += Φᵀ·δ; `next` is the Φ that will be asked for after this one, where that is known.
  static func addProductOfTransposed(
    rows: Int, sources: Int, candidates: Int, phi: UnsafePointer<Self>, stride: Int,
    delta: UnsafePointer<Self>, sums: UnsafeMutablePointer<Double>, next: UnsafePointer<Self>?)
  /// f(z) in place of z and, where asked, f′(z).
  static func apply(
    _ activation: Activation, _ count: Int, _ z: UnsafeMutablePointer<Self>,
    slopes: UnsafeMutablePointer<Self>?)
  /// Adds Σ v h, Σ v h² and Σ v h r_o, h = g − shift.
  static func addSums(
    rows: Int, response: UnsafePointer<Self>, shift: Self, residual: UnsafePointer<Self>, outputs: Int,
    stride: Int, weights: UnsafePointer<Self>?, sums: UnsafeMutablePointer<Double>)
  /// v f′ (Σ_o pull_o r_o − push g + offset) in place of f′.
  static func deltas(
    rows: Int, response: UnsafePointer<Self>, residual: UnsafePointer<Self>, outputs: Int, stride: Int,
    weights: UnsafePointer<Self>?, pull: UnsafePointer<Self>, push: Self, offset: Self,
    slopes: UnsafeMutablePointer<Self>)
  /// out = x∘y; out may be either.
  static func multiply(
    _ count: Int, _ x: UnsafePointer<Self>, _ y: UnsafePointer<Self>, _ out: UnsafeMutablePointer<Self>)
  /// The upper triangle of sums (columns × columns) += AᵀA for A (rows × columns). Rows are a multiple of the block; what
  /// comes to stand below the diagonal means nothing.
  static func addGram(
    columns: Int, rows: Int, _ a: UnsafePointer<Self>, stride: Int, sums: UnsafeMutablePointer<Double>)
}

extension Float: PoolScalar {
  package static func product(
    rows: Int, sources: Int, candidates: Int, phi: UnsafePointer<Float>, stride: Int,
    weights: UnsafePointer<Float>, z: UnsafeMutablePointer<Float>, adding: Bool
  ) {
    cambium_pool_product(rows, sources, candidates, phi, stride, weights, z, stride, adding ? 1 : 0)
  }

  package static func addProductOfTransposed(
    rows: Int, sources: Int, candidates: Int, phi: UnsafePointer<Float>, stride: Int,
    delta: UnsafePointer<Float>, sums: UnsafeMutablePointer<Double>, next: UnsafePointer<Float>?
  ) {
    cambium_pool_product_of_transposed(rows, sources, candidates, phi, stride, delta, stride, sums, next)
  }

  package static func apply(
    _ activation: Activation, _ count: Int, _ z: UnsafeMutablePointer<Float>,
    slopes: UnsafeMutablePointer<Float>?
  ) {
    if let slopes {
      cambium_values_and_slopes_f32(activation.function, count, z, z, slopes)
    } else {
      cambium_values_f32(activation.function, count, z, z)
    }
  }

  package static func addSums(
    rows: Int, response: UnsafePointer<Float>, shift: Float, residual: UnsafePointer<Float>, outputs: Int,
    stride: Int, weights: UnsafePointer<Float>?, sums: UnsafeMutablePointer<Double>
  ) {
    cambium_response_sums_f32(rows, response, shift, residual, outputs, stride, weights, sums)
  }

  package static func deltas(
    rows: Int, response: UnsafePointer<Float>, residual: UnsafePointer<Float>, outputs: Int, stride: Int,
    weights: UnsafePointer<Float>?, pull: UnsafePointer<Float>, push: Float, offset: Float,
    slopes: UnsafeMutablePointer<Float>
  ) {
    cambium_response_deltas_f32(
      rows, response, slopes, residual, outputs, stride, weights, pull, push, offset, slopes)
  }

  package static func multiply(
    _ count: Int, _ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>, _ out: UnsafeMutablePointer<Float>
  ) {
    cambium_multiply_f32(count, x, y, out)
  }

  package static func addGram(
    columns: Int, rows: Int, _ a: UnsafePointer<Float>, stride: Int, sums: UnsafeMutablePointer<Double>
  ) {
    guard columns <= 32 else { return Kernels.addGram(n: columns, k: rows, a: a, lda: stride, to: sums) }
    // Of few columns OpenBLAS takes several times as long for the triangle as this for the whole.
    cambium_pool_product_of_transposed(rows, columns, columns, a, stride, a, stride, sums, nil)
  }

}

extension Double: PoolScalar {
  package static func product(
    rows: Int, sources: Int, candidates: Int, phi: UnsafePointer<Double>, stride: Int,
    weights: UnsafePointer<Double>, z: UnsafeMutablePointer<Double>, adding: Bool
  ) {
    Kernels.productWithTransposed(
      m: rows, n: candidates, k: sources, a: phi, lda: stride, b: weights, ldb: candidates, c: z,
      ldc: stride, adding: adding)
  }

  package static func addProductOfTransposed(
    rows: Int, sources: Int, candidates: Int, phi: UnsafePointer<Double>, stride: Int,
    delta: UnsafePointer<Double>, sums: UnsafeMutablePointer<Double>, next: UnsafePointer<Double>?
  ) {
    Kernels.productOfTransposed(
      m: sources, n: candidates, k: rows, a: phi, lda: stride, b: delta, ldb: stride, c: sums, ldc: sources,
      adding: true)
  }

  package static func apply(
    _ activation: Activation, _ count: Int, _ z: UnsafeMutablePointer<Double>,
    slopes: UnsafeMutablePointer<Double>?
  ) {
    if let slopes {
      cambium_values_and_slopes(activation.function, count, z, z, slopes)
    } else {
      cambium_values(activation.function, count, z, z)
    }
  }

  package static func addSums(
    rows: Int, response: UnsafePointer<Double>, shift: Double, residual: UnsafePointer<Double>,
    outputs: Int, stride: Int, weights: UnsafePointer<Double>?, sums: UnsafeMutablePointer<Double>
  ) {
    cambium_response_sums(rows, response, shift, residual, outputs, stride, weights, sums)
  }

  package static func deltas(
    rows: Int, response: UnsafePointer<Double>, residual: UnsafePointer<Double>, outputs: Int, stride: Int,
    weights: UnsafePointer<Double>?, pull: UnsafePointer<Double>, push: Double, offset: Double,
    slopes: UnsafeMutablePointer<Double>
  ) {
    cambium_response_deltas(
      rows, response, slopes, residual, outputs, stride, weights, pull, push, offset, slopes)
  }

  package static func multiply(
    _ count: Int, _ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, _ out: UnsafeMutablePointer<Double>
  ) {
    cambium_multiply(count, x, y, out)
  }

  package static func addGram(
    columns: Int, rows: Int, _ a: UnsafePointer<Double>, stride: Int, sums: UnsafeMutablePointer<Double>
  ) {
    Kernels.addGram(n: columns, k: rows, a: a, lda: stride, to: sums)
  }

}
