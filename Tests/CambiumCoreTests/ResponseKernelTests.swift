import CKernels
import CambiumCore
import Testing

/// The kernels of candidates' responses in both precisions against naive twins in float64, at sizes that leave every
/// kind of rest.
@Suite struct ResponseKernelTests {
  private struct Responses {
    let rows: Int
    let outputs: Int
    /// Columns stand further apart than a tile has rows.
    let stride: Int
    let response: [Double]
    let slope: [Double]
    let residual: [Double]
    let pull: [Double]
    let weights: [Double]?

    init(rows: Int, outputs: Int, weighted: Bool) {
      self.rows = rows
      self.outputs = outputs
      stride = rows + 5
      // Numbers that float32 holds exactly, so that both precisions are asked the same.
      func numbers(_ count: Int, _ label: String) -> [Double] {
        KernelSamples.numbers(count, label).map { Double(Float($0)) }
      }
      response = numbers(rows, "response")
      slope = numbers(rows, "slope")
      residual = numbers(stride * outputs, "residual")
      pull = numbers(outputs, "pull")
      weights = weighted ? KernelSamples.weights(rows).map { Double(Float($0)) } : nil
    }

    func sums(shift: Double) -> [Double] {
      var sums = [Double](repeating: 0.25, count: 2 + outputs)
      for i in 0..<rows {
        let v = weights?[i] ?? 1
        let h = response[i] - shift
        sums[0] += v * h
        sums[1] += v * h * h
        for o in 0..<outputs { sums[2 + o] += v * h * residual[i + o * stride] }
      }
      return sums
    }

    var deltas: [Double] {
      (0..<rows).map { i in
        let along = (0..<outputs).reduce(0.375 - 0.75 * response[i]) {
          $0 + pull[$1] * residual[i + $1 * stride]
        }
        return (weights?[i] ?? 1) * slope[i] * along
      }
    }
  }

  private static func floats(_ values: [Double]) -> [Float] { values.map { Float($0) } }

  @Test(arguments: KernelSamples.sizes + [63, 64, 65], [1, 3])
  func sumsAreAddedToWhatIsThere(rows: Int, outputs: Int) {
    for weighted in [false, true] {
      let all = Responses(rows: rows, outputs: outputs, weighted: weighted)
      let wanted = all.sums(shift: 0.5)
      var sums = [Double](repeating: 0.25, count: 2 + outputs)
      cambium_response_sums(rows, all.response, 0.5, all.residual, outputs, all.stride, all.weights, &sums)
      #expect(isClose(sums, wanted), "weighted: \(weighted)")

      sums = [Double](repeating: 0.25, count: 2 + outputs)
      cambium_response_sums_f32(
        rows, Self.floats(all.response), 0.5, Self.floats(all.residual), outputs, all.stride,
        all.weights.map(Self.floats), &sums)
      // 64 lanes of at most nine numbers each: a few roundings of 6e-8 of sums of absolute values near `rows`.
      for (found, wanted) in zip(sums, wanted) {
        #expect(abs(found - wanted) <= 2e-6 * Double(rows).squareRoot() * 4, "weighted: \(weighted)")
      }
    }
  }

  @Test(arguments: KernelSamples.sizes, [1, 3])
  func deltasFollowTheirFormula(rows: Int, outputs: Int) {
    for weighted in [false, true] {
      let all = Responses(rows: rows, outputs: outputs, weighted: weighted)
      var apart = [Double](repeating: .nan, count: rows)
      cambium_response_deltas(
        rows, all.response, all.slope, all.residual, outputs, all.stride, all.weights, all.pull, 0.75, 0.375,
        &apart)
      #expect(isClose(apart, all.deltas))
      var inPlace = all.slope
      inPlace.withUnsafeMutableBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return }
        cambium_response_deltas(
          rows, all.response, base, all.residual, outputs, all.stride, all.weights, all.pull, 0.75, 0.375,
          base)
      }
      #expect(inPlace == apart)

      var floats = [Float](repeating: .nan, count: rows)
      cambium_response_deltas_f32(
        rows, Self.floats(all.response), Self.floats(all.slope), Self.floats(all.residual), outputs,
        all.stride, all.weights.map(Self.floats), Self.floats(all.pull), 0.75, 0.375, &floats)
      #expect(isClose(floats.map { Double($0) }, all.deltas, 3e-6))
    }
  }

  @Test func aShiftKeepsTheDigitsOfAVariance() {
    // Responses of 1000 ± 0.01: seven digits of their squares know nothing of the variance.
    let rows = 512
    let response = KernelSamples.numbers(rows, "response").map { Float(1000 + 0.01 * $0) }
    let residual = [Float](repeating: 0, count: rows)
    var sums = [0.0, 0, 0]
    cambium_response_sums_f32(rows, response, 1000, residual, 1, rows, nil, &sums)
    let exact = response.map { Double($0) - 1000 }
    let wanted = exact.reduce(0) { $0 + $1 * $1 }
    #expect(abs(sums[1] - wanted) <= 1e-6 * wanted)
  }

  @Test(arguments: KernelSamples.sizes)
  func productsOfFloatsMayReplaceTheirArguments(count: Int) {
    let x = Self.floats(KernelSamples.numbers(count, "x"))
    var squares = x
    squares.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      cambium_multiply_f32(count, base, base, base)
    }
    #expect(squares == x.map { $0 * $0 })
  }
}
