import CKernels
import CambiumCore
import Testing

/// The kernels against naive twins, at sizes that leave every kind of rest.
@Suite struct KernelTests {
  @Test(arguments: KernelSamples.sizes)
  func elementwiseKernelsFollowTheirFormulas(count: Int) {
    let x = KernelSamples.numbers(count, "x")
    let y = KernelSamples.numbers(count, "y")
    let start = KernelSamples.numbers(count, "start")
    let all = 0..<count
    func result(_ body: (UnsafeMutablePointer<Double>) -> Void) -> [Double] {
      var out = start
      out.withUnsafeMutableBufferPointer { buffer in if let base = buffer.baseAddress { body(base) } }
      return out
    }
    #expect(result { cambium_clip(count, x, -0.5, 0.8, $0) } == x.map { min(max($0, -0.5), 0.8) })
    #expect(isClose(result { cambium_standardise(count, x, 0.3, 2.5, $0) }, x.map { 2.5 * ($0 - 0.3) }))
    #expect(result { cambium_multiply(count, x, y, $0) } == all.map { x[$0] * y[$0] })
    #expect(
      isClose(
        result { cambium_add_product(count, 1.7, x, y, $0) }, all.map { start[$0] + 1.7 * x[$0] * y[$0] }))
    #expect(isClose(result { cambium_add_scaled(count, -0.9, x, $0) }, all.map { start[$0] - 0.9 * x[$0] }))
    #expect(
      isClose(
        result { cambium_add_radial(count, 1.3, 0.4, x, $0) },
        all.map { start[$0] - 1.3 * 1.3 * (x[$0] - 0.4) * (x[$0] - 0.4) }))
  }

  @Test(arguments: KernelSamples.sizes, [0, 1, 7])
  func columnsAddedTogetherAreColumnsAddedOneByOne(count: Int, terms: Int) {
    let columns = (0..<terms).map { KernelSamples.numbers(count, "column \($0)") }
    let factors = KernelSamples.numbers(terms, "factors")
    var oneByOne = KernelSamples.numbers(count, "start")
    var together = oneByOne
    for (factor, column) in zip(factors, columns) { cambium_add_scaled(count, factor, column, &oneByOne) }
    let all = columns.flatMap { $0 }
    all.withUnsafeBufferPointer { all in
      let places = (0..<terms).map { term in all.baseAddress.map { $0 + term * count } }
      cambium_add_all_scaled(count, terms, factors, places, &together)
    }
    #expect(together.map(\.bitPattern) == oneByOne.map(\.bitPattern))
  }

  @Test(arguments: KernelSamples.sizes)
  func elementwiseKernelsMayReplaceTheirArguments(count: Int) {
    let x = KernelSamples.numbers(count, "x")
    let y = KernelSamples.numbers(count, "y")
    func inPlace(_ body: (UnsafeMutablePointer<Double>) -> Void) -> [Double] {
      var out = x
      out.withUnsafeMutableBufferPointer { buffer in if let base = buffer.baseAddress { body(base) } }
      return out
    }
    #expect(inPlace { cambium_clip(count, $0, -0.5, 0.8, $0) } == x.map { min(max($0, -0.5), 0.8) })
    var both = x
    cambium_clip_and_standardise(count, both, -0.5, 0.7, 0.3, 2.5, &both)
    #expect(both == x.map { 2.5 * (min(max($0, -0.5), 0.7) - 0.3) })
    #expect(isClose(inPlace { cambium_standardise(count, $0, 0.3, 2.5, $0) }, x.map { 2.5 * ($0 - 0.3) }))
    #expect(inPlace { cambium_multiply(count, $0, y, $0) } == zip(x, y).map { $0 * $1 })
    #expect(inPlace { cambium_multiply(count, y, $0, $0) } == zip(x, y).map { $0 * $1 })
    #expect(inPlace { cambium_multiply(count, $0, $0, $0) } == x.map { $0 * $0 })
  }

  @Test func clippingKeepsNotANumberAndBindsInfinity() {
    var out = [Double](repeating: 0, count: 3)
    cambium_clip(3, [.nan, .infinity, -.infinity], -1, 2, &out)
    #expect(out[0].isNaN && out[1] == 2 && out[2] == -1)
  }

  @Test(arguments: KernelSamples.sizes)
  func radialSlopesAreDerivativesOfTheExponent(count: Int) {
    let x = KernelSamples.numbers(count, "x")
    let delta = KernelSamples.numbers(count, "delta")
    let start = KernelSamples.numbers(count, "start")
    let (s, c) = (1.3, 0.4)
    var width = [Double](repeating: .nan, count: count)
    var centre = width
    var source = start
    cambium_radial_slopes(count, s, c, x, delta, &width, &centre, &source)
    func exponent(_ s: Double, _ c: Double, _ x: Double) -> Double { -s * s * (x - c) * (x - c) }
    let h = 1e-5
    for i in 0..<count {
      let inWidth = (exponent(s + h, c, x[i]) - exponent(s - h, c, x[i])) / (2 * h)
      let inCentre = (exponent(s, c + h, x[i]) - exponent(s, c - h, x[i])) / (2 * h)
      let inSource = (exponent(s, c, x[i] + h) - exponent(s, c, x[i] - h)) / (2 * h)
      #expect(isClose(width[i], inWidth * delta[i], 1e-8))
      #expect(isClose(centre[i], inCentre * delta[i], 1e-8))
      #expect(isClose(source[i], start[i] + inSource * delta[i], 1e-8))
    }
    var (widthAlone, centreAlone) = (width, centre)
    cambium_radial_slopes(count, s, c, x, delta, &widthAlone, &centreAlone, nil)
    #expect(widthAlone == width && centreAlone == centre)
  }

  @Test(arguments: [0] + KernelSamples.sizes)
  func dotIsTheSumOfProducts(count: Int) {
    let x = KernelSamples.numbers(count, "x")
    let y = KernelSamples.numbers(count, "y")
    #expect(isClose(cambium_dot(count, x, y), zip(x, y).reduce(0) { $0 + $1.0 * $1.1 }))
  }

  @Test(arguments: [
    (1, 1, 1), (7, 3, 5), (9, 1, 33), (513, 4, 2), (24, 2, 9), (17, 6, 18), (40, 7, 16), (3, 8, 17),
    (33, 9, 40),
  ])
  func productsAreThoseOfTheirDefinition(m: Int, n: Int, k: Int) {
    let a = KernelSamples.matrix(m, k, "a")
    let b = KernelSamples.matrix(k, n, "b")
    let start = KernelSamples.numbers(m * n, "c")
    var wanted = [Double](repeating: 0, count: m * n)
    for i in 0..<m { for j in 0..<n { for l in 0..<k { wanted[i + j * m] += a[i, l] * b[l, j] } } }
    func transposed(_ matrix: Matrix) -> [Double] {
      (0..<matrix.rows).flatMap { i in (0..<matrix.columns).map { matrix[i, $0] } }
    }
    for adding in [false, true] {
      let expected = adding ? zip(wanted, start).map { $0 + $1 } : wanted
      var (plain, left, right) = (start, start, start)
      Kernels.product(
        m: m, n: n, k: k, a: a.values, lda: m, b: b.values, ldb: k, c: &plain, ldc: m, adding: adding)
      Kernels.productOfTransposed(
        m: m, n: n, k: k, a: transposed(a), lda: k, b: b.values, ldb: k, c: &left, ldc: m, adding: adding)
      Kernels.productWithTransposed(
        m: m, n: n, k: k, a: a.values, lda: m, b: transposed(b), ldb: n, c: &right, ldc: m, adding: adding)
      for found in [plain, left, right] { #expect(isClose(found, expected)) }
    }
    var gram = [Double](repeating: 0.5, count: k * k)
    Kernels.addGram(n: k, k: m, a: a.values, lda: m, to: &gram)
    for i in 0..<k {
      for j in i..<k {
        let entry = (0..<m).reduce(0.5) { $0 + a[$1, i] * a[$1, j] }
        #expect(isClose(gram[i + j * k], entry))
      }
    }
  }
}
