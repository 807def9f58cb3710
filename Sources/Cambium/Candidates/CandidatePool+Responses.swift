internal import CKernels
internal import CambiumCore

/// The exponent −Σ s²(φ − k)² of radial candidates as products with φ∘φ and φ: p × Q factors of each.
struct RadialExponents {
  /// −s², the factors of φ∘φ.
  var quadratic: [Double]
  /// 2s²k, the factors of φ; for the constant source −Σ s²k².
  var linear: [Double]

  init(_ pool: CandidatePool) {
    let p = pool.sourceCount
    quadratic = [Double](repeating: 0, count: p * pool.radialCount)
    linear = quadratic
    for candidate in 0..<pool.radialCount {
      var constant = 0.0
      for source in 1..<p {
        let index = candidate * p + source
        let s = pool.parameters[pool.widthsStart + index]
        let k = pool.parameters[pool.centresStart + index]
        quadratic[index] = -s * s
        linear[index] = 2 * s * s * k
        constant -= s * s * k * k
      }
      linear[candidate * p] = constant
    }
  }
}

extension CandidatePool {
  /// The responses of all candidates for the rows of a tile: count × C.
  func respond(
    _ tile: DesignMatrix.Tile, _ exponents: RadialExponents, into g: UnsafeMutablePointer<Double>
  ) {
    preactivate(tile, exponents, into: g)
    for (activation, columns) in ridgeGroups + [(.radial, ridgeCount..<ridgeCount + radialCount)] {
      let start = columns.lowerBound * tile.count
      cambium_values(activation.function, columns.count * tile.count, g + start, g + start)
    }
  }

  /// z of all candidates for the rows of a tile: count × C.
  func preactivate(
    _ tile: DesignMatrix.Tile, _ exponents: RadialExponents, into z: UnsafeMutablePointer<Double>
  ) {
    let p = sourceCount
    Kernels.product(
      m: tile.count, n: ridgeCount, k: p, a: tile.base, lda: tile.count, b: parameters, ldb: p, c: z,
      ldc: tile.count)
    preactivateProducts(tile, into: z + (ridgeCount + radialCount) * tile.count)
    guard radialCount > 0 else { return }
    let radial = z + ridgeCount * tile.count
    Kernels.product(
      m: tile.count, n: radialCount, k: p, a: tile.base, lda: tile.count, b: exponents.linear, ldb: p,
      c: radial, ldc: tile.count)
    tile.withSquares(columns: p) { squares in
      Kernels.product(
        m: tile.count, n: radialCount, k: p, a: squares, lda: tile.count, b: exponents.quadratic, ldb: p,
        c: radial, ldc: tile.count, adding: true)
    }
  }

  /// (Φ·A)∘(Φ·B) of the product candidates: count × P.
  private func preactivateProducts(_ tile: DesignMatrix.Tile, into z: UnsafeMutablePointer<Double>) {
    let size = productCount * tile.count
    guard size > 0 else { return }
    withUnsafeTemporaryAllocation(of: Double.self, capacity: size) { buffer in
      parameters.withUnsafeBufferPointer { parameters in
        guard let second = buffer.baseAddress, let parameters = parameters.baseAddress else { return }
        for (start, factor) in [(firstFactorsStart, z), (secondFactorsStart, second)] {
          Kernels.product(
            m: tile.count, n: productCount, k: sourceCount, a: tile.base, lda: tile.count,
            b: parameters + start, ldb: sourceCount, c: factor, ldc: tile.count)
        }
        cambium_multiply(size, z, second, z)
      }
    }
  }
}

extension DesignMatrix.Tile {
  /// Lends φ∘φ of the first columns, count × `columns`.
  func withSquares(columns: Int, _ body: (UnsafePointer<Double>) -> Void) {
    let size = count * columns
    withUnsafeTemporaryAllocation(of: Double.self, capacity: size) { buffer in
      guard let squares = buffer.baseAddress else { return }
      cambium_multiply(size, base, base, squares)
      body(squares)
    }
  }
}
