/// How much an epoch of backpropagation moved each layer of a network: whether learning reaches the layers far from the
/// outputs.
public struct LayerUpdates: Sendable, Codable, Equatable {
  /// The epoch, counted from 1.
  public var epoch: Int
  /// For each layer, from the inputs on, the root mean square of the gradient of the mean loss in one of its weights, over
  /// weights and steps; decay is no part of it.
  public var gradients: [Double]
  /// For each layer the root mean square of a weight's step.
  public var steps: [Double]

  /// Makes a record.
  public init(epoch: Int, gradients: [Double], steps: [Double]) {
    self.epoch = epoch
    self.gradients = gradients
    self.steps = steps
  }
}
