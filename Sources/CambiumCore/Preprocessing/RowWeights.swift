/// What each of the rows counts that an encoding is fitted to.
struct RowWeights {
  /// How many rows there are.
  let count: Int
  /// A weight above 0 for each row; nil where each counts once.
  let weights: [Double]?

  /// The weights of some of the rows, given by their places.
  func picked(_ places: [Int]) -> [Double]? { weights.map { weights in places.map { weights[$0] } } }
}
