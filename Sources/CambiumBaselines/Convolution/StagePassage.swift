internal import CKernels
internal import CambiumCore

/// The passage of some samples through one convolution and the pooling after it.
final class StagePassage {
  private let stage: ConvolutionShape.Stage
  private let pooling: Pooling
  private let function: cambium_function
  /// A column of ones, and then the windows: rows · places × (1 + window).
  private let windows: UnsafeMutablePointer<Double>
  private let windowErrors: UnsafeMutablePointer<Double>
  private let responses: UnsafeMutablePointer<Double>
  private let slopes: UnsafeMutablePointer<Double>
  private let deltas: UnsafeMutablePointer<Double>
  /// Of each value that pooling kept the place among `responses`.
  private let winners: UnsafeMutablePointer<Int32>

  /// Takes memory for at most `capacity` samples.
  init(_ stage: ConvolutionShape.Stage, pooling: Pooling, activation: Activation, capacity: Int) {
    self.stage = stage
    self.pooling = pooling
    function = activation.function
    let values = capacity * stage.places * stage.filters
    windows = .allocate(capacity: capacity * stage.places * (1 + stage.windowCount))
    windowErrors = .allocate(capacity: capacity * stage.places * stage.windowCount)
    responses = .allocate(capacity: values)
    slopes = .allocate(capacity: values)
    deltas = .allocate(capacity: values)
    winners = .allocate(capacity: capacity * stage.outputCount)
  }

  deinit {
    [windows, windowErrors, responses, slopes, deltas].forEach { $0.deallocate() }
    winners.deallocate()
  }

  /// Reads `rows` pictures, plane by plane, and writes those after pooling to `target`.
  func forward(
    rows: Int, source: UnsafePointer<Double>, weights: UnsafePointer<Double>, keepingSlopes: Bool,
    target: UnsafeMutablePointer<Double>
  ) {
    let length = rows * stage.places
    windows.update(repeating: 1, count: length)
    forEachRun(rows: rows) { column, target, offset, count in
      let column = windows + (1 + column) * length + target
      if let offset {
        column.update(from: source + offset, count: count)
      } else {
        column.update(repeating: 0, count: count)
      }
    }
    Kernels.product(
      m: length, n: stage.filters, k: 1 + stage.windowCount, a: windows, lda: length, b: weights,
      ldb: 1 + stage.windowCount, c: responses, ldc: length)
    let count = length * stage.filters
    if keepingSlopes {
      cambium_values_and_slopes(function, count, responses, responses, slopes)
    } else {
      cambium_values(function, count, responses, responses)
    }
    pool(rows: rows, into: target)
  }

  /// Adds the gradient in the weights for the gradient `errors` in what ``forward(rows:source:weights:keepingSlopes:target:)``
  /// wrote; where there is `below`, it takes the gradient in what was read.
  func backward(
    rows: Int, errors: UnsafePointer<Double>, weights: UnsafePointer<Double>,
    below: UnsafeMutablePointer<Double>?, addingTo gradient: UnsafeMutablePointer<Double>
  ) {
    let length = rows * stage.places
    unpool(rows: rows, errors)
    cambium_multiply(length * stage.filters, deltas, slopes, deltas)
    Kernels.productOfTransposed(
      m: 1 + stage.windowCount, n: stage.filters, k: length, a: windows, lda: length, b: deltas, ldb: length,
      c: gradient, ldc: 1 + stage.windowCount, adding: true)
    guard let below else { return }
    Kernels.productWithTransposed(
      m: length, n: stage.windowCount, k: stage.filters, a: deltas, lda: length, b: weights + 1,
      ldb: 1 + stage.windowCount, c: windowErrors, ldc: length)
    below.update(repeating: 0, count: length * stage.channels)
    forEachRun(rows: rows) { column, target, source, count in
      guard let source else { return }
      cambium_add_scaled(count, 1, windowErrors + column * length + target, below + source)
    }
  }

  /// Calls `body` for each run of numbers that lie side by side both in a column of the windows and in the pictures:
  /// column, where it begins there, where in the pictures (nil beyond the rim), and how many.
  private func forEachRun(rows: Int, _ body: (Int, Int, Int?, Int) -> Void) {
    let (height, width, side) = (stage.rows, stage.columns, stage.kernel)
    for channel in 0..<stage.channels {
      for j in 0..<side {
        for i in 0..<side {
          let column = (channel * side + j) * side + i
          let shift = i - side / 2
          let inside = min(max(-shift, 0), width)..<max(min(width - shift, width), min(max(-shift, 0), width))
          for y in 0..<height {
            let from = y + j - side / 2
            let start = y * width * rows
            guard (0..<height).contains(from), !inside.isEmpty else {
              body(column, start, nil, width * rows)
              continue
            }
            if inside.lowerBound > 0 { body(column, start, nil, inside.lowerBound * rows) }
            let place = channel * stage.places + from * width + inside.lowerBound + shift
            body(column, start + inside.lowerBound * rows, place * rows, inside.count * rows)
            if inside.upperBound < width {
              body(column, start + inside.upperBound * rows, nil, (width - inside.upperBound) * rows)
            }
          }
        }
      }
    }
  }

  /// Calls `body` for each value after pooling of the first sample: where it stands, and the places of its square. Those
  /// of sample i stand i further on.
  private func forEachSquare(rows: Int, _ body: (Int, [Int]) -> Void) {
    let side = stage.pooling
    for filter in 0..<stage.filters {
      for y in 0..<stage.pooledRows {
        for x in 0..<stage.pooledColumns {
          let target = (filter * stage.pooledRows + y) * stage.pooledColumns + x
          var square: [Int] = []
          for row in y * side..<min((y + 1) * side, stage.rows) {
            for column in x * side..<min((x + 1) * side, stage.columns) {
              square.append((filter * stage.places + row * stage.columns + column) * rows)
            }
          }
          body(target * rows, square)
        }
      }
    }
  }

  private func pool(rows: Int, into target: UnsafeMutablePointer<Double>) {
    forEachSquare(rows: rows) { pooled, square in
      for i in 0..<rows {
        switch pooling {
        case .mean:
          var sum = 0.0
          for place in square { sum += responses[place + i] }
          target[pooled + i] = sum / Double(square.count)
        case .largest:
          var winner = square[0] + i
          for place in square where responses[place + i] > responses[winner] { winner = place + i }
          target[pooled + i] = responses[winner]
          winners[pooled + i] = Int32(truncatingIfNeeded: winner)
        }
      }
    }
  }

  private func unpool(rows: Int, _ errors: UnsafePointer<Double>) {
    deltas.update(repeating: 0, count: rows * stage.places * stage.filters)
    switch pooling {
    case .mean:
      forEachSquare(rows: rows) { pooled, square in
        for place in square {
          for i in 0..<rows { deltas[place + i] = errors[pooled + i] / Double(square.count) }
        }
      }
    case .largest:
      for k in 0..<rows * stage.outputCount { deltas[Int(winners[k])] += errors[k] }
    }
  }
}
