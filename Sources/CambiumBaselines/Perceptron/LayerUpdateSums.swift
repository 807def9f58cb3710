internal import CambiumCore

/// Sums gradients and steps of an epoch, layer by layer.
struct LayerUpdateSums {
  private let shape: LayerShape
  private var gradients: [Double]
  private var steps: [Double]
  private var count = 0.0

  init(shape: LayerShape) {
    self.shape = shape
    gradients = Array(repeating: 0, count: shape.layerCount)
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
    for layer in 0..<shape.layerCount {
      for k in shape.offset(ofLayer: layer)..<shape.offset(ofLayer: layer + 1) {
        sums[layer] += value(k) * value(k)
      }
    }
  }

  /// The root mean squares.
  func updates(ofEpoch epoch: Int) -> LayerUpdates {
    func roots(_ sums: [Double]) -> [Double] {
      sums.enumerated().map { layer, sum in
        let weights = shape.offset(ofLayer: layer + 1) - shape.offset(ofLayer: layer)
        return (sum / max(1, Double(weights) * count)).squareRoot()
      }
    }
    return LayerUpdates(epoch: epoch, gradients: roots(gradients), steps: roots(steps))
  }
}
