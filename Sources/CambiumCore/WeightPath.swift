/// The weights of a candidate that became a unit, epoch by epoch of its training, those that were pruned on the way among
/// them.
public struct WeightPath: Sendable, Codable, Equatable {
  /// One connection's weight.
  public struct Line: Sendable, Codable, Equatable {
    /// What it reads: 0 is the constant 1, 1…d the inputs, then the units before it.
    public var source: Int
    /// Its weight after each epoch in which it was alive, from the first on; of radial units the inverse width.
    public var weights: [Double]

    /// Makes a line.
    public init(source: Int, weights: [Double]) {
      self.source = source
      self.weights = weights
    }
  }

  /// The round, counted from 1.
  public var round: Int
  /// The unit's nonlinear function.
  public var activation: Activation
  /// The epochs of its training.
  public var epochs: Int
  /// The connections, by source; of products those of the first factor, then those of the second.
  public var lines: [Line]

  /// Makes a path.
  public init(round: Int, activation: Activation, epochs: Int, lines: [Line]) {
    self.round = round
    self.activation = activation
    self.epochs = epochs
    self.lines = lines
  }
}
