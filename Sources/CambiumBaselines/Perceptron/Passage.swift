internal import CKernels
internal import CambiumCore

/// The passage through a layered network.
final class Passage: NetworkPassage {
  private let shape: LayerShape
  /// The most rows that fit.
  let capacity: Int
  /// What layer l reads, rows × (1 + widths[l]): a column of ones, then inputs or responses.
  private var sources: [UnsafeMutablePointer<Double>] = []
  /// f'(z) of the units that layer l feeds, rows × widths[l + 1]; none for the readout.
  private var slopes: [UnsafeMutablePointer<Double>] = []
  private let scores: UnsafeMutablePointer<Double>
  private let deltas: [UnsafeMutablePointer<Double>]
  private let memory: UnsafeMutablePointer<Double>

  /// Takes memory for at most `capacity` rows.
  init(shape: LayerShape, capacity: Int) {
    self.shape = shape
    self.capacity = capacity
    let hidden = shape.widths.dropFirst().dropLast()
    let inputs = shape.widths.dropLast()
    let widest = hidden.max() ?? 0
    let outputs = shape.widths.last ?? 0
    let columns = inputs.reduce(0) { $0 + 1 + $1 } + hidden.reduce(0, +) + outputs + 3 * widest
    memory = .allocate(capacity: max(capacity * columns, 1))
    memory.initialize(repeating: 0, count: max(capacity * columns, 1))
    var next = memory
    func take(_ columns: Int) -> UnsafeMutablePointer<Double> {
      defer { next += capacity * columns }
      return next
    }
    sources = inputs.map { take(1 + $0) }
    slopes = hidden.map { take($0) }
    scores = take(outputs)
    deltas = (0..<3).map { _ in take(widest) }
  }

  deinit { memory.deallocate() }

  func inputs(rows: Int) -> UnsafeMutablePointer<Double> { sources[0] + rows }

  func forward(
    rows: Int, parameters: UnsafePointer<Double>, mode: PassageMode
  ) -> UnsafeMutablePointer<Double> {
    var weights = parameters
    for layer in 0..<shape.layerCount {
      let (fanIn, fanOut) = (shape.widths[layer], shape.widths[layer + 1])
      let isReadout = layer == shape.layerCount - 1
      let target = isReadout ? scores : sources[layer + 1] + rows
      sources[layer].update(repeating: 1, count: rows)
      Kernels.product(
        m: rows, n: fanOut, k: 1 + fanIn, a: sources[layer], lda: rows, b: weights, ldb: 1 + fanIn, c: target,
        ldc: rows)
      if !isReadout {
        respond(count: rows * fanOut, target, mode.keepsSlopes ? slopes[layer] : nil)
        Dropout(share: shape.dropout).apply(count: rows * fanOut, target, slopes[layer], mode)
      }
      weights += (1 + fanIn) * fanOut
    }
    return scores
  }

  /// z becomes f(βz), with its derivative in z beside it where asked for.
  private func respond(
    count: Int, _ z: UnsafeMutablePointer<Double>, _ slopes: UnsafeMutablePointer<Double>?
  ) {
    let function = shape.activation.function
    if shape.slope != 1 { cambium_standardise(count, z, 0, shape.slope, z) }
    guard let slopes else { return cambium_values(function, count, z, z) }
    cambium_values_and_slopes(function, count, z, z, slopes)
    if shape.slope != 1 { cambium_standardise(count, slopes, 0, shape.slope, slopes) }
  }

  /// Σ v |h| over the responses h of the last hidden layer to the first `rows` rows; v is 1 where `weights` is nil.
  private func activity(rows: Int, weights: UnsafePointer<Double>?) -> Double {
    guard shape.layerCount > 1 else { return 0 }
    let responses = sources[shape.layerCount - 1] + rows
    var sum = 0.0
    for u in 0..<shape.widths[shape.layerCount - 1] {
      for i in 0..<rows { sum += (weights?[i] ?? 1) * abs(responses[u * rows + i]) }
    }
    return sum
  }

  func backward(
    rows: Int, parameters: UnsafePointer<Double>, weights: UnsafePointer<Double>?,
    addingTo gradient: UnsafeMutablePointer<Double>
  ) -> Double {
    backward(rows: rows, parameters: parameters, weights: weights, errorOfInputs: nil, addingTo: gradient)
  }

  /// The same; where there is `errorOfInputs`, rows × inputs, it takes the gradient in the inputs.
  func backward(
    rows: Int, parameters: UnsafePointer<Double>, weights: UnsafePointer<Double>?,
    errorOfInputs: UnsafeMutablePointer<Double>?, addingTo gradient: UnsafeMutablePointer<Double>
  ) -> Double {
    let penalty = shape.activityPenalty
    var error = scores
    var offset = shape.parameterCount
    for layer in (0..<shape.layerCount).reversed() {
      let (fanIn, fanOut) = (shape.widths[layer], shape.widths[layer + 1])
      offset -= (1 + fanIn) * fanOut
      var delta = error
      if layer < shape.layerCount - 1 {
        delta = deltas[2]
        cambium_multiply(rows * fanOut, error, slopes[layer], delta)
      }
      Kernels.productOfTransposed(
        m: 1 + fanIn, n: fanOut, k: rows, a: sources[layer], lda: rows, b: delta, ldb: rows,
        c: gradient + offset, ldc: 1 + fanIn, adding: true)
      guard let below = layer > 0 ? deltas[layer % 2] : errorOfInputs else { break }
      // The biases in the first row of the weights carry nothing back.
      Kernels.productWithTransposed(
        m: rows, n: fanIn, k: fanOut, a: shape.rule == .exact ? delta : error, lda: rows,
        b: parameters + offset + 1, ldb: 1 + fanIn, c: below, ldc: rows)
      if penalty != 0, layer > 0, layer == shape.layerCount - 1 {
        let responses = sources[layer] + rows
        for u in 0..<fanIn {
          for i in 0..<rows {
            let response = responses[u * rows + i]
            let sign: Double = response > 0 ? 1 : response < 0 ? -1 : 0
            below[u * rows + i] += penalty * (weights?[i] ?? 1) * sign
          }
        }
      }
      error = below
    }
    return penalty != 0 ? penalty * activity(rows: rows, weights: weights) : 0
  }
}
