/// A model that is a network of units, whatever trained it, and so can be written out as one.
public protocol NetworkPredictor: Predictor {
  /// The same model as a graph, which gives the same outputs up to rounding; nil where its numbers are too large for one.
  var network: Network? { get }
}

extension Network: NetworkPredictor {
  /// Itself.
  public var network: Network? { self }
}
