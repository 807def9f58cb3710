internal import CambiumCore

/// Sums gradients and steps of an epoch, layer by layer.
struct LayerUpdateSums {
  private let shape: LayerShape
  private var gradients: [Double]
  private var steps: [Double]
  private var count = 0

  init(shape: LayerShape) {
    self.shape = shape
    gradients = Array(repeating: 0, count: shape.layerCount)
    steps = gradients
  }

  /// Whether an epoch is one of those that are told: 1, 2, 4, 8 and so on.
  static func tells(ofEpoch epoch: Int) -> Bool { epoch > 0 && epoch & (epoch - 1) == 0 }

  /// Adds a step from one point to another along a gradient.
  mutating func add(gradient: [Double], from start: [Double], to end: [Double]) {
    count += 1
    for layer in 0..<shape.layerCount {
      for k in shape.offset(ofLayer: layer)..<shape.offset(ofLayer: layer + 1) {
        gradients[layer] += gradient[k] * gradient[k]
        steps[layer] += (end[k] - start[k]) * (end[k] - start[k])
      }
    }
  }

  /// The root mean squares.
  func updates(ofEpoch epoch: Int) -> LayerUpdates {
    func roots(_ sums: [Double]) -> [Double] {
      sums.enumerated().map { layer, sum in
        let weights = shape.offset(ofLayer: layer + 1) - shape.offset(ofLayer: layer)
        return (sum / Double(max(1, weights * count))).squareRoot()
      }
    }
    return LayerUpdates(epoch: epoch, gradients: roots(gradients), steps: roots(steps))
  }
}
