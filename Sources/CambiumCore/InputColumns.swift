/// The columns of a table that samples were made of, so that a spec may speak of columns where learners see features.
///
/// A feature is what a learner reads: a column of numbers, or one of the 0/1 values that a text or a gap becomes.
public struct InputColumns: Sendable, Equatable {
  /// The names of all columns that are neither target nor ignored, in the table's order; those among them that have no
  /// features, since they were constant, keep their places.
  public let names: [String]
  /// For each of the d features the index of its column in `names`, counted from 0.
  public let ofFeatures: [Int]

  /// Makes columns; every feature belongs to one of them.
  public init(names: [String], ofFeatures: [Int]) {
    precondition(ofFeatures.allSatisfy(names.indices.contains), "a feature of no column")
    self.names = names
    self.ofFeatures = ofFeatures
  }

  /// One column for each of `featureCount` features, named by its number, counted from 1.
  public init(featureCount: Int) {
    self.init(names: (0..<featureCount).map { "\($0 + 1)" }, ofFeatures: Array(0..<featureCount))
  }
}
