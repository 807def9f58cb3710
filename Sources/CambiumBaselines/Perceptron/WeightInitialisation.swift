internal import CambiumCore

/// How the weights of a layered network start.
public enum WeightInitialisation: String, Codable, Sendable, CaseIterable {
  /// Small random numbers, evenly drawn from −range…range, biases too: as the lecture begins.
  case smallRandom
  /// Evenly drawn from ±√(6 / (fan-in + fan-out)), biases 0 (Glorot and Bengio 2010).
  case glorot
  /// Normal of variance 2 / fan-in into hidden units, as rectifiers want it, and biases 0; into outputs as
  /// `glorot` (He and others 2015).
  case he

  /// Starting weights for `shape`, laid out as ``LayerShape`` says.
  func parameters(for shape: LayerShape, range: Double, random: RandomStream) -> [Double] {
    var parameters = [Double](repeating: 0, count: shape.parameterCount)
    for layer in 0..<shape.layerCount {
      let generator = random.child("layer", layer).generator()
      let (fanIn, fanOut) = (shape.widths[layer], shape.widths[layer + 1])
      let bound = (6 / Double(fanIn + fanOut)).squareRoot()
      let deviation = (2 / Double(max(fanIn, 1))).squareRoot()
      let isReadout = layer == shape.layerCount - 1
      for unit in 0..<fanOut {
        let start = shape.offset(ofLayer: layer) + unit * (1 + fanIn)
        if self == .smallRandom { parameters[start] = generator.uniform(from: -range, to: range) }
        for k in start + 1..<start + 1 + fanIn {
          parameters[k] =
            switch self {
            case .smallRandom: generator.uniform(from: -range, to: range)
            case .he where !isReadout: generator.gaussian(standardDeviation: deviation)
            case .glorot, .he: generator.uniform(from: -bound, to: bound)
            }
        }
      }
    }
    return parameters
  }
}
