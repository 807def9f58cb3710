internal import CambiumCore

/// How a data set is split into training and test rows.
public struct SplitSpec: Codable, Sendable, Equatable {
  /// The scheme. Default `hold-out`.
  public var scheme = SplitScheme.holdOut
  /// Hold-out: the share of the rows that is tested on, 0 < fraction < 1. Default 0.2.
  public var fraction = 0.2
  /// k-fold: the number of parts, at least 2. Default 10.
  public var folds = 10
  /// How often the hold-out is drawn anew, or the rows are dealt anew into folds, or how many splits files list, 1…10 000.
  /// Default 5.
  public var repeats = 5
  /// The column that says where a row belongs: 0 or train, 1 or validation, 2 or test.
  public var column = "split"
  /// The column: whether its rows of 1 or validation are for training, and learners hold out rows of their own, where they
  /// hold out any. Default false: learners choose by these rows alone.
  public var joinsValidation = false
  /// Files: the file of a split's training rows, beside the experiment or in the folder of external data; `{data}` stands for
  /// the data set's name, `{split}` for the split, counted from 0. Default: all rows that are not tested on.
  public var trainFile = ""
  /// Files: the same for the test rows.
  public var testFile = ""
  /// The seed of the splits, which all learners share. Default 1.
  public var seed = 1

  /// Five hold-outs of a fifth of the rows.
  public init() {}

  /// How many splits there are.
  public var count: Int {
    switch scheme {
    case .holdOut, .files: repeats
    case .kFold: folds * repeats
    case .column: 1
    }
  }

  /// Test rows over training rows, which corrects tests for the overlap of training parts; 0 for given splits.
  public var heldOutRatio: Double {
    switch scheme {
    case .holdOut: fraction / (1 - fraction)
    case .kFold: 1 / Double(folds - 1)
    case .column, .files: 0
    }
  }

  /// What decides the rows of one split, and nothing else; `given` are the rows that files list.
  func identity(ofSplit index: Int, given: SplitRows?) -> SpecTree {
    switch scheme {
    case .holdOut:
      .mapping([
        "scheme": .text(scheme.rawValue), "fraction": .number(fraction), "repeat": .integer(index),
        "seed": .integer(seed),
      ])
    case .kFold:
      .mapping([
        "scheme": .text(scheme.rawValue), "folds": .integer(folds), "repeat": .integer(index / folds),
        "fold": .integer(index % folds), "seed": .integer(seed),
      ])
    case .column:
      .mapping(
        ["scheme": .text(scheme.rawValue), "column": .text(column)]
          .merging(joinsValidation ? ["joinsValidation": .boolean(true)] : [:]) { $1 })
    case .files:
      .mapping(["scheme": .text(scheme.rawValue), "rows": .text(given?.fingerprint ?? "")])
    }
  }

  func validate(at key: String) throws {
    try require(fraction > 0 && fraction < 1, "\(key).fraction", "\(fraction)", "a value between 0 and 1")
    try require((2...10_000).contains(folds), "\(key).folds", "\(folds)", "a value from 2 to 10000")
    try require((1...10_000).contains(repeats), "\(key).repeats", "\(repeats)", "a value from 1 to 10000")
    try require(scheme != .column || !column.isEmpty, "\(key).column", "no column", "a column's name")
    try require(
      scheme != .files || testFile.contains("{split}") || repeats == 1, "\(key).testFile", "\"\(testFile)\"",
      "a path with {split}, the number of the split")
    try require(scheme != .files || !testFile.isEmpty, "\(key).testFile", "no file", "a file of test rows")
    try require(seed >= 0, "\(key).seed", "\(seed)", "a whole number from 0 on")
  }

  /// Throws an `InputError`, told with its place in the spec, where a data set has too few rows to be split so.
  func check(rowsOf data: LoadedData, in document: SpecDocument) throws {
    guard scheme == .kFold, data.testRowCount == 0, data.table.rowCount < folds else { return }
    throw document.error(
      at: ["splits", "folds"], found: "\(folds)",
      expected: "at most \(data.table.rowCount), the rows of \"\(data.name)\"")
  }
}

/// The schemes of splitting.
public enum SplitScheme: String, Codable, Sendable, CaseIterable {
  /// A share of the rows is drawn for testing, once for each repeat; classes keep their shares.
  case holdOut = "hold-out"
  /// The rows are dealt into k parts, each tested on once; classes keep their shares.
  case kFold = "k-fold"
  /// A column of the data says which rows are tested on.
  case column
  /// Files list the rows of each part, for splits that others have published.
  case files
}
