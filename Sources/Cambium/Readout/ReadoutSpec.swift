internal import CambiumCore

/// How the readout is fitted: least squares or softmax regression, with a ridge on standardised columns.
public struct ReadoutSpec: Codable, Sendable, Equatable {
  /// The penalty ½ · ridge · N · Σ B² that no readout goes below, 0…1e6. Default 1e-6.
  public var ridge = 1e-6
  /// The largest penalty that the held-out loss may choose, ≥ ridge: of classes for every size, of numbers for the
  /// readout without units. Default 1.
  public var largestRidge = 1.0
  /// Classes: the readout is the mean of the fits at this many of the best pairs of a size and a ridge by held-out
  /// loss, 1…1000. Default 10: their losses are all but equal, and their mean errs less than any.
  public var averaged = 10

  /// The defaults.
  public init() {}

  func validate() throws {
    try require(ridge, in: 0...1e6, "readout.ridge")
    try require(largestRidge, in: ridge...1e6, "readout.largestRidge")
    try require(averaged, in: 1...1000, "readout.averaged")
  }
}
