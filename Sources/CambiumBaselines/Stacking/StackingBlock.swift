internal import CambiumCore

/// One block of a deep stacking network: a hidden layer and a linear readout.
public struct StackingBlock: Sendable, Equatable, Codable {
  /// (1 + inputs) × units.
  public let hidden: MultilayerPerceptronModel.Layer
  /// (1 + units) × outputs.
  public let readout: MultilayerPerceptronModel.Layer

  /// Makes a block.
  public init(hidden: MultilayerPerceptronModel.Layer, readout: MultilayerPerceptronModel.Layer) {
    self.hidden = hidden
    self.readout = readout
  }

  /// What the block answers to N × inputs values: N × outputs. O(N · weights).
  func answers(to seen: Matrix, _ activation: Activation) -> Matrix {
    seen.withOnes().times(hidden.weights).mapped(by: activation).withOnes().times(readout.weights)
  }
}
