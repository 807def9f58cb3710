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

  /// Starting weights, laid out as `layout` says.
  func parameters(for layout: WeightLayout, range: Double, random: RandomStream) -> [Double] {
    var parameters = [Double](repeating: 0, count: layout.parameterCount)
    var offset = 0
    for (layer, block) in layout.blocks.enumerated() {
      let generator = random.child("layer", layer).generator()
      let (fanIn, fanOut) = (block.fanIn, block.fanOut)
      let bound = (6 / Double(fanIn + fanOut)).squareRoot()
      let deviation = (2 / Double(max(fanIn, 1))).squareRoot()
      let isReadout = layer == layout.blocks.count - 1
      for unit in 0..<fanOut {
        let start = offset + unit * (1 + fanIn)
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
      offset += block.count
    }
    return parameters
  }
}
