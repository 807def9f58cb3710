internal import CambiumCore

/// Where each input stands in an array of several dimensions that a table's columns fill, the last dimension first.
///
/// A column that was constant has a place, though no feature: what reads the array finds 0 there.
struct InputPlaces: Sendable, Equatable {
  /// The sides of the array, each at least 1.
  let shape: [Int]
  /// For each feature its place, counted from 0; no two are the same.
  let ofFeatures: [Int]

  /// The number of places.
  var count: Int { shape.reduce(1, *) }

  /// The places of the features of `columns`.
  ///
  /// - Throws: `InputError` at `key` where the columns are not as many as the places, or one has become several features.
  init(shape: [Int], columns: InputColumns, key: String) throws {
    let count = columns.names.count
    try require(
      shape.reduce(1.0) { $0 * Double($1) } == Double(count), key, "\(shape)",
      "sides of as many places as there are input columns, \(count)")
    self.shape = shape
    ofFeatures = columns.ofFeatures
    for (column, next) in zip(ofFeatures, ofFeatures.dropFirst()) where column >= next {
      throw InputError(
        .content, at: .init(column: columns.names[next]), found: "a column that becomes several inputs",
        expected: "columns of numbers, none of them missing, for places in \(shape)")
    }
  }

  /// The places of texts of which each column has as many, at least two: a step for each column, and a place in it for each
  /// text. Nil where columns are not such.
  init?(textsOf columns: InputColumns) {
    let (steps, count) = (columns.names.count, columns.ofFeatures.count)
    guard steps > 0, count % steps == 0, count / steps >= 2 else { return nil }
    let texts = count / steps
    guard columns.ofFeatures == (0..<count).map({ $0 / texts }) else { return nil }
    shape = [steps, texts]
    ofFeatures = Array(0..<count)
  }

  /// The places of a file; nil where they are none of the shape's, or not rising.
  init?(shape: [Int], ofFeatures: [Int]) {
    guard !shape.isEmpty, shape.allSatisfy({ $0 >= 1 }),
      shape.reduce(1.0, { $0 * Double($1) }) <= Double(Self.largestCount),
      ofFeatures.allSatisfy((0..<shape.reduce(1, *)).contains),
      zip(ofFeatures, ofFeatures.dropFirst()).allSatisfy(<)
    else { return nil }
    self.shape = shape
    self.ofFeatures = ofFeatures
  }

  /// The most places.
  static let largestCount = 1_000_000
}
