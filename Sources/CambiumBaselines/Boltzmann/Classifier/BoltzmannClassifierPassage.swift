internal import CKernels
internal import CambiumCore

/// The passage of some samples through a Boltzmann machine that classifies: their hidden units' means for each setting of
/// the class units, and the gradients that follow from them.
///
/// Hidden units have rows · settings rows: setting y of sample i in row y · rows + i. Since the means are where the bound
/// has no slope in them, the gradient is that of means that stay as they are; how far they have settled bounds its error.
final class BoltzmannClassifierPassage: NetworkPassage {
  private let shape: BoltzmannClassifierShape
  /// A column of ones, and then the inputs.
  private let sources: UnsafeMutablePointer<Double>
  /// What hidden units read of inputs: rows × H.
  private let fields: UnsafeMutablePointer<Double>
  /// What they read of inputs and classes, all that they read, and their means.
  private let clamped: UnsafeMutablePointer<Double>
  private let sums: UnsafeMutablePointer<Double>
  private let means: UnsafeMutablePointer<Double>
  private let scratch: UnsafeMutablePointer<Double>
  private let scores: UnsafeMutablePointer<Double>

  /// Takes memory for at most `capacity` samples.
  init(shape: BoltzmannClassifierShape, capacity: Int) {
    self.shape = shape
    let count = capacity * shape.settingCount * shape.unitCount
    sources = .allocate(capacity: capacity * (1 + shape.inputCount))
    fields = .allocate(capacity: capacity * shape.unitCount)
    clamped = .allocate(capacity: count)
    sums = .allocate(capacity: count)
    means = .allocate(capacity: count)
    scratch = .allocate(capacity: max(count, shape.unitCount * shape.unitCount))
    scores = .allocate(capacity: capacity * shape.outputs)
  }

  deinit { [sources, fields, clamped, sums, means, scratch, scores].forEach { $0.deallocate() } }

  func inputs(rows: Int) -> UnsafeMutablePointer<Double> { sources + rows }

  func forward(
    rows: Int, parameters: UnsafePointer<Double>, mode: PassageMode
  ) -> UnsafeMutablePointer<Double> {
    let (d, units, outputs) = (shape.inputCount, shape.unitCount, shape.outputs)
    let blocks = shape.layout.blocks
    let readout = parameters + blocks[0].count + blocks[1].count
    sources.update(repeating: 1, count: rows)
    Kernels.product(
      m: rows, n: units, k: 1 + d, a: sources, lda: rows, b: parameters, ldb: 1 + d + outputs, c: fields,
      ldc: rows)
    let all = rows * shape.settingCount
    for u in 0..<units {
      for setting in 0..<shape.settingCount {
        let label = labelUnit(of: setting).map { parameters[u * (1 + d + outputs) + 1 + d + $0] } ?? 0
        for i in 0..<rows { clamped[u * all + setting * rows + i] = fields[u * rows + i] + label }
      }
    }
    let connections = shape.connections(parameters + blocks[0].count)
    settle(rows: all, connections)
    Kernels.product(
      m: rows, n: outputs, k: 1 + d, a: sources, lda: rows, b: readout, ldb: 1 + d, c: scores, ldc: rows)
    addBounds(rows: rows, connections)
    return scores
  }

  /// The class unit that is on; nil where none is.
  private func labelUnit(of setting: Int) -> Int? {
    shape.outputs == 1 ? (setting == 1 ? 0 : nil) : setting
  }

  /// Lets the means settle, unit after unit: each turn raises the bound.
  private func settle(rows: Int, _ connections: [Double]) {
    let units = shape.unitCount
    cambium_values(CAMBIUM_LOGISTIC, rows * units, clamped, means)
    connections.withUnsafeBufferPointer { connections in
      guard let base = connections.baseAddress else { return }
      for _ in 0..<shape.sweeps {
        for u in 0..<units {
          let own = sums + u * rows
          own.update(from: clamped + u * rows, count: rows)
          Kernels.product(
            m: rows, n: 1, k: units, a: means, lda: rows, b: base + u * units, ldb: units, c: own, ldc: rows,
            adding: true)
          cambium_values(CAMBIUM_LOGISTIC, rows, own, means + u * rows)
        }
      }
    }
  }

  /// Adds what the hidden units say of each setting, Σ_u (a_u μ_u + H(μ_u)) + ½ Σ u_uv μ_u μ_v, to the scores.
  private func addBounds(rows: Int, _ connections: [Double]) {
    let (units, all) = (shape.unitCount, rows * shape.settingCount)
    // H(logistic(z)) = softplus(z) − z logistic(z), of the z that each mean came of.
    var bounds = [Double](repeating: 0, count: all)
    cambium_values(CAMBIUM_SOFTPLUS, all * units, sums, scratch)
    for k in 0..<all * units { bounds[k % all] += (clamped[k] - sums[k]) * means[k] + scratch[k] }
    connections.withUnsafeBufferPointer { connections in
      guard let base = connections.baseAddress else { return }
      Kernels.product(
        m: all, n: units, k: units, a: means, lda: all, b: base, ldb: units, c: scratch, ldc: all)
    }
    for k in 0..<all * units { bounds[k % all] += 0.5 * means[k] * scratch[k] }
    for o in 0..<shape.outputs {
      for i in 0..<rows {
        scores[o * rows + i] += shape.outputs == 1 ? bounds[rows + i] - bounds[i] : bounds[o * rows + i]
      }
    }
  }

  func backward(
    rows: Int, parameters: UnsafePointer<Double>, weights: UnsafePointer<Double>?,
    addingTo gradient: UnsafeMutablePointer<Double>
  ) -> Double {
    let (d, units, outputs) = (shape.inputCount, shape.unitCount, shape.outputs)
    let blocks = shape.layout.blocks
    let all = rows * shape.settingCount
    Kernels.productOfTransposed(
      m: 1 + d, n: outputs, k: rows, a: sources, lda: rows, b: scores, ldb: rows,
      c: gradient + blocks[0].count + blocks[1].count, ldc: 1 + d, adding: true)
    // The means times the error of their setting.
    for k in 0..<all * units {
      let row = k % all
      let error = outputs == 1 ? (row < rows ? -scores[row] : scores[row - rows]) : scores[row]
      sums[k] = error * means[k]
    }
    fields.update(repeating: 0, count: rows * units)
    for u in 0..<units {
      for setting in 0..<shape.settingCount {
        let own = sums + u * all + setting * rows
        cambium_add_scaled(rows, 1, own, fields + u * rows)
        guard let label = labelUnit(of: setting) else { continue }
        for i in 0..<rows { gradient[u * (1 + d + outputs) + 1 + d + label] += own[i] }
      }
    }
    Kernels.productOfTransposed(
      m: 1 + d, n: units, k: rows, a: sources, lda: rows, b: fields, ldb: rows, c: gradient,
      ldc: 1 + d + outputs, adding: true)
    Kernels.productOfTransposed(
      m: units, n: units, k: all, a: sums, lda: all, b: means, ldb: all, c: scratch, ldc: units)
    for v in 0..<units {
      for u in 0..<units where u != v {
        gradient[blocks[0].count + v * (1 + units) + 1 + u] += 0.5 * scratch[u + v * units]
      }
    }
    return 0
  }
}
