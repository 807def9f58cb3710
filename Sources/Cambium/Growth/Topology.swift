/// What a new unit may read, beside the bias. The readout reads all inputs and all units in every topology.
public enum Topology: String, Codable, Sendable, CaseIterable {
  /// All inputs and all earlier units: the lecture's reading, and Cascade-Correlation's.
  case cascade
  /// All inputs.
  case flat
  /// The ring before alone. Units 1…`layerWidth`, in order of installation, are the first ring, and read the inputs;
  /// the next `layerWidth` units are the second, and read the units of the first and nothing else; and so on. A round
  /// ends where a ring is full, though more units were to be kept.
  case layered
  /// Of each pool one half of the candidates, every second, reads what flat ones read, the other what cascaded ones read;
  /// they are judged alike.
  case mixed
  /// Flat and cascade are grown on held-in samples; the one with less held-out loss is kept. Without held-out samples:
  /// cascade.
  case automatic
}

/// The columns of Φ that a candidate may read beside the bias.
struct SourceReach {
  let inputs: Range<Int>
  let units: Range<Int>

  /// The leading columns of Φ that hold them.
  var sourceCount: Int {
    max(1, inputs.isEmpty ? 1 : inputs.upperBound, units.isEmpty ? 1 : units.upperBound)
  }
}

extension Topology {
  /// The topologies to be grown and compared.
  var alternatives: [Topology] { self == .automatic ? [.flat, .cascade] : [self] }

  /// What a candidate of a round may read over a network of `inputs` inputs and `units` units.
  func reach(ofCandidate candidate: Int, round: Int, inputs: Int, units: Int, layerWidth: Int) -> SourceReach
  {
    let all = 1..<1 + inputs
    let first = 1 + inputs
    switch self {
    case .flat: return SourceReach(inputs: all, units: first..<first)
    case .cascade, .automatic: return SourceReach(inputs: all, units: first..<first + units)
    case .mixed:
      // Rounds take turns, so that a function with a single candidate is tried both ways.
      let isFlat = (candidate + round).isMultiple(of: 2)
      return SourceReach(inputs: all, units: first..<first + (isFlat ? 0 : units))
    case .layered:
      let ring = units / layerWidth
      guard ring > 0 else { return SourceReach(inputs: all, units: first..<first) }
      return SourceReach(inputs: 1..<1, units: first + (ring - 1) * layerWidth..<first + ring * layerWidth)
    }
  }

  /// How many units may be installed before what new ones may read changes.
  func room(after units: Int, layerWidth: Int) -> Int {
    self == .layered ? layerWidth - units % layerWidth : .max
  }
}
