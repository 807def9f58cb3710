internal import CambiumCore

/// Sums gradients and steps of an epoch, layer by layer.
struct LayerUpdateSums {
  private let layout: WeightLayout
  private var gradients: [Double]
  private var steps: [Double]
  private var count = 0.0

  init(layout: WeightLayout) {
    self.layout = layout
    gradients = Array(repeating: 0, count: layout.blocks.count)
    steps = gradients
  }

  /// Whether an epoch is one of those that are told: 1, 2, 4, 8 and so on.
  static func tells(ofEpoch epoch: Int) -> Bool { epoch > 0 && epoch & (epoch - 1) == 0 }

  /// Adds the gradient of the mean loss at a step, decay left out.
  mutating func add(gradient: [Double]) {
    count += 1
    add(to: &gradients) { gradient[$0] }
  }

  /// Adds the step itself.
  mutating func add(stepFrom start: [Double], to end: [Double]) { add(to: &steps) { end[$0] - start[$0] } }

  private func add(to sums: inout [Double], _ value: (Int) -> Double) {
    var start = 0
    for (layer, block) in layout.blocks.enumerated() {
      for k in start..<start + block.count { sums[layer] += value(k) * value(k) }
      start += block.count
    }
  }

  /// The root mean squares.
  func updates(ofEpoch epoch: Int) -> LayerUpdates {
    func roots(_ sums: [Double]) -> [Double] {
      zip(sums, layout.blocks).map { sum, block in
        (sum / max(1, Double(block.count) * count)).squareRoot()
      }
    }
    return LayerUpdates(epoch: epoch, gradients: roots(gradients), steps: roots(steps))
  }
}
