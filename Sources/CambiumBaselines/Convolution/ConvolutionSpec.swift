public import CambiumCore

/// How to train a convolutional network (LeCun and others 1998) on inputs that are the pixels of a picture.
///
/// Each convolution reads windows of `kernel` × `kernel` pixels of all channels, with the same weights at every place, 0
/// beyond the rim: a_f(y, x) = f(b_f + Σ_c Σ_(j, i) w_f(c, j, i) · v_c(y + j − k/2, x + i − k/2)). Pooling then keeps of
/// each square of `pooling` × `pooling` places one value. What is left at the end goes through fully connected layers.
public struct ConvolutionSpec: Codable, Sendable, Equatable {
  /// Rows and columns of the picture that the table's input columns fill, row by row; a third side is the number of
  /// channels, which stand side by side at each pixel. A constant column has a place too. Default: none, a square of one
  /// channel.
  public var shape: [Int] = []
  /// Filters of each convolution, from the inputs on: one to 8 numbers of 1…1024. Default 16 and 32.
  public var filters = [16, 32]
  /// The side of a filter's window, 1…31. Default 3.
  public var kernel = 3
  /// The side of the squares that pooling makes one value of, 1…16; at the rim what is left of them. Default 2.
  public var pooling = 2
  /// Which value that is. Default the largest.
  public var poolingKind = Pooling.largest
  /// Units of each fully connected hidden layer, up to 16 numbers of 1…16 384. Default one of 64.
  public var units = [64]
  /// The function of all hidden units: any of z = w·φ. Default the rectifier.
  public var activation = Activation.relu
  /// What pixels are scaled to. Default `range`.
  public var scaling = PixelScaling.range
  /// How the weights are trained.
  public var training = BackpropagationSpec()

  /// The defaults.
  public init() {}

  /// Throws an `InputError` that names the first key whose value is out of range.
  public func validate() throws {
    try require(
      [0, 2, 3].contains(shape.count) && shape.allSatisfy { (1...65_536).contains($0) }, "shape", "\(shape)",
      "rows, columns and, where there are several, channels, each from 1 to 65536")
    try require((1...8).contains(filters.count), "filters", "\(filters.count) convolutions", "1 to 8")
    for count in filters { try require(count, in: 1...1024, "filters") }
    try require(kernel, in: 1...31, "kernel")
    try require(pooling, in: 1...16, "pooling")
    try require(units.count <= 16, "units", "\(units.count) layers", "at most 16")
    for count in units { try require(count, in: 1...16_384, "units") }
    try require(activation.form == .ridge, "activation", activation.rawValue, "a function of z = w·φ")
    try validating("training") { try training.validate() }
  }

  /// Rows, columns and channels of the pictures in a table of `columnCount` input columns.
  func sides(columnCount: Int) throws -> [Int] {
    guard shape.isEmpty else { return shape.count == 2 ? shape + [1] : shape }
    let side = Int(Double(columnCount).squareRoot().rounded())
    try require(
      side >= 1 && side * side == columnCount, "shape", "none, and \(columnCount) input columns, no square",
      "rows, columns and channels")
    return [side, side, 1]
  }
}

/// Which value of a square of places pooling keeps.
public enum Pooling: String, Codable, Sendable, CaseIterable {
  /// The largest.
  case largest
  /// The mean.
  case mean
}

/// What the pixels of pictures are scaled to.
public enum PixelScaling: String, Codable, Sendable, CaseIterable {
  /// Each pixel's range in the training samples becomes 0…1: what lies beyond the rim, 0, is then as a pixel that is dark.
  case range
  /// Each pixel as other learners read it: standardised, so that a pixel that is seldom bright is then very bright.
  case standardised
}
