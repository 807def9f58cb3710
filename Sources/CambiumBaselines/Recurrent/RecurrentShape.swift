internal import CambiumCore

/// The shape of a recurrent network.
///
/// Its weights: of Elman's units one matrix, (1 + inputs + units) × units, of which the first row is the bias; of gated
/// units one of both gates, (1 + inputs + units) × 2 units, z and then r, and one of the new values; then those of the
/// fully connected layers.
struct RecurrentShape: Sendable, Equatable {
  /// The most numbers that one sample's passage may keep.
  static let largestMemoryCount = 400_000

  /// Steps and inputs of each, and where the inputs stand in them.
  let places: InputPlaces
  /// What the units are.
  let kind: RecurrentKind
  /// Numbers in the state.
  let units: Int
  /// The fully connected layers on top.
  let top: LayerShape

  /// Steps.
  var steps: Int { places.shape[0] }
  /// Inputs of each step.
  var inputs: Int { places.shape[1] }
  /// What a unit reads.
  var fanIn: Int { inputs + units }

  /// A network; nil where a passage would keep too many numbers.
  init?(
    places: InputPlaces, kind: RecurrentKind, units: Int, layers: [Int], outputCount: Int,
    activation: Activation, dropout: Double = 0
  ) {
    guard places.shape.count == 2,
      places.shape[0] * (2 * (1 + places.shape[1]) + 8 * units) <= Self.largestMemoryCount
    else { return nil }
    self.places = places
    self.kind = kind
    self.units = units
    top = LayerShape(
      widths: [units] + layers + [outputCount], activation: activation, slope: 1, dropout: dropout)
  }
}

extension RecurrentShape: BackpropagatedNetwork {
  var tileRows: Int { 16 }

  var layout: WeightLayout {
    let own =
      switch kind {
      case .elman: [WeightBlock(fanIn: fanIn, fanOut: units)]
      case .gru: [WeightBlock(fanIn: fanIn, fanOut: 2 * units), WeightBlock(fanIn: fanIn, fanOut: units)]
      }
    return WeightLayout(own + top.layout.blocks)
  }

  func passage(capacity: Int) -> any NetworkPassage { RecurrentPassage(shape: self, capacity: capacity) }

  var description: String { "\(units) \(kind.rawValue) units" }
}
