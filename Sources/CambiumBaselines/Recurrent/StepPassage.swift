internal import CKernels
internal import CambiumCore

/// The passage of some samples through one step of a recurrent network.
final class StepPassage {
  private let shape: RecurrentShape
  private let function: cambium_function
  /// A column of ones, the step's inputs, and the state before: rows × (1 + inputs + units).
  private let source: UnsafeMutablePointer<Double>
  /// Gated units: the same with r ∘ h in place of the state.
  private let gatedSource: UnsafeMutablePointer<Double>
  /// Gated units: z and r, rows × 2 units, and their slopes.
  private let gates: UnsafeMutablePointer<Double>
  private let gateSlopes: UnsafeMutablePointer<Double>
  /// The new values, and their slopes.
  private let values: UnsafeMutablePointer<Double>
  private let slopes: UnsafeMutablePointer<Double>
  private let memory: UnsafeMutablePointer<Double>

  /// Takes memory for at most `capacity` samples.
  init(shape: RecurrentShape, capacity: Int) {
    self.shape = shape
    function = shape.top.activation.function
    let (wide, units) = (capacity * (1 + shape.fanIn), capacity * shape.units)
    let isGated = shape.kind == .gru
    memory = .allocate(capacity: wide * (isGated ? 2 : 1) + units * (isGated ? 6 : 2))
    source = memory
    values = source + wide
    slopes = values + units
    gatedSource = isGated ? slopes + units : memory
    gates = isGated ? gatedSource + wide : memory
    gateSlopes = isGated ? gates + 2 * units : memory
  }

  deinit { memory.deallocate() }

  private func before(_ rows: Int) -> UnsafeMutablePointer<Double> { source + (1 + shape.inputs) * rows }

  /// Takes one column of the step's inputs; 0 in all rows where there is none.
  func take(input: Int, from column: UnsafePointer<Double>?, rows: Int) {
    let target = source + (1 + input) * rows
    if let column {
      target.update(from: column, count: rows)
    } else {
      target.update(repeating: 0, count: rows)
    }
  }

  /// From the state before, rows × units (nil: 0), to the one after.
  func forward(
    rows: Int, state: UnsafePointer<Double>?, weights: UnsafePointer<Double>,
    after: UnsafeMutablePointer<Double>
  ) {
    let (units, count, fanIn) = (shape.units, rows * shape.units, 1 + shape.fanIn)
    let before = before(rows)
    source.update(repeating: 1, count: rows)
    if let state {
      before.update(from: state, count: count)
    } else {
      before.update(repeating: 0, count: count)
    }
    switch shape.kind {
    case .elman:
      Kernels.product(
        m: rows, n: units, k: fanIn, a: source, lda: rows, b: weights, ldb: fanIn, c: values, ldc: rows)
      cambium_values_and_slopes(function, count, values, values, slopes)
      after.update(from: values, count: count)
    case .gru:
      Kernels.product(
        m: rows, n: 2 * units, k: fanIn, a: source, lda: rows, b: weights, ldb: fanIn, c: gates, ldc: rows)
      cambium_values_and_slopes(CAMBIUM_LOGISTIC, 2 * count, gates, gates, gateSlopes)
      gatedSource.update(from: source, count: rows * (1 + shape.inputs))
      cambium_multiply(count, gates + count, before, gatedSource + (1 + shape.inputs) * rows)
      Kernels.product(
        m: rows, n: units, k: fanIn, a: gatedSource, lda: rows, b: weights + 2 * units * fanIn, ldb: fanIn,
        c: values, ldc: rows)
      cambium_values_and_slopes(function, count, values, values, slopes)
      for k in 0..<count { after[k] = before[k] + gates[k] * (values[k] - before[k]) }
    }
  }

  /// From the gradient in the state after, `error`, to that in the one before, which takes its place; adds that in the
  /// weights. `scratch`: 2 · rows · units numbers.
  func backward(
    rows: Int, error: UnsafeMutablePointer<Double>, weights: UnsafePointer<Double>,
    scratch: UnsafeMutablePointer<Double>, addingTo gradient: UnsafeMutablePointer<Double>
  ) {
    let (units, count, fanIn) = (shape.units, rows * shape.units, 1 + shape.fanIn)
    let own = 1 + shape.inputs
    switch shape.kind {
    case .elman:
      cambium_multiply(count, error, slopes, scratch)
      Kernels.productOfTransposed(
        m: fanIn, n: units, k: rows, a: source, lda: rows, b: scratch, ldb: rows, c: gradient, ldc: fanIn,
        adding: true)
      Kernels.productWithTransposed(
        m: rows, n: units, k: units, a: scratch, lda: rows, b: weights + own, ldb: fanIn, c: error, ldc: rows)
    case .gru:
      let before = before(rows)
      let (newWeights, newGradient) = (weights + 2 * units * fanIn, gradient + 2 * units * fanIn)
      // ∂/∂c, and then the gradient in r ∘ h.
      let (delta, gated) = (scratch, scratch + count)
      for k in 0..<count { delta[k] = error[k] * gates[k] * slopes[k] }
      Kernels.productOfTransposed(
        m: fanIn, n: units, k: rows, a: gatedSource, lda: rows, b: delta, ldb: rows, c: newGradient,
        ldc: fanIn,
        adding: true)
      Kernels.productWithTransposed(
        m: rows, n: units, k: units, a: delta, lda: rows, b: newWeights + own, ldb: fanIn, c: gated, ldc: rows
      )
      // In z and r, side by side; `delta` is no longer needed, and `gated` is read before it is written.
      for k in 0..<count {
        let (z, r, h) = (gates[k], gates[count + k], before[k])
        let carried = error[k] * (1 - z) + gated[k] * r
        delta[k] = error[k] * (values[k] - h) * gateSlopes[k]
        gated[k] *= h * gateSlopes[count + k]
        error[k] = carried
      }
      Kernels.productOfTransposed(
        m: fanIn, n: 2 * units, k: rows, a: source, lda: rows, b: delta, ldb: rows, c: gradient, ldc: fanIn,
        adding: true)
      Kernels.productWithTransposed(
        m: rows, n: units, k: 2 * units, a: delta, lda: rows, b: weights + own, ldb: fanIn, c: error,
        ldc: rows,
        adding: true)
    }
  }
}
