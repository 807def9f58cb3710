public import CambiumCore
internal import CambiumExport

/// A data set in memory, and all that an experiment must know of it.
public struct LoadedData: Sendable {
  /// The name in tables and figures.
  public let name: String
  /// The raw data; test rows that were given apart are its last.
  public let table: Table
  /// How many rows were given to test on; 0 where the data are to be split.
  public let testRowCount: Int
  /// The target columns; empty for the last column.
  public let targets: [String]
  /// Numbers or classes; never `auto`.
  public let task: TaskChoice
  /// Columns that are no inputs.
  public let ignored: [String]
  /// A hash of the raw data.
  public let fingerprint: String
  /// The class of each row, to stratify splits by; empty for a regression.
  public let classIndices: [Int]
  /// The number of encoded inputs over all rows.
  public let featureCount: Int
  /// The splits that files list; empty where rows are split otherwise.
  let givenSplits: [SplitRows]

  /// Takes a table as a data set, and finds out what the task is.
  ///
  /// - Throws: `InputError` where there is nothing to learn, or a cell does not fit.
  init(
    _ choice: DataChoice, table: Table, test: Table? = nil, givenSplits: [SplitRows] = []
  ) throws {
    let table = try test.map(table.appending) ?? table
    let fitted = try Preprocessing.fit(
      to: table, targets: choice.targets, task: choice.task, ignoring: choice.ignored)
    let dataset = try fitted.preprocessing.dataset(from: table)
    name = choice.name
    self.table = table
    testRowCount = test?.rowCount ?? 0
    targets = choice.targets
    task = dataset.task == .regression ? .regression : .classification
    ignored = choice.ignored
    fingerprint = table.fingerprint
    classIndices = dataset.classIndices
    featureCount = dataset.featureCount
    self.givenSplits = givenSplits
  }

  /// The rows of one split.
  ///
  /// All learners and seeds share the splits: they depend on the scheme and its own seed alone.
  func rows(ofSplit index: Int, by spec: SplitSpec) throws -> SplitRows {
    if testRowCount > 0 {
      let trainingCount = table.rowCount - testRowCount
      return SplitRows(
        training: Array(0..<trainingCount), validation: [], test: Array(trainingCount..<table.rowCount))
    }
    let random = RandomStream(seed: UInt64(spec.seed)).child("split")
    switch spec.scheme {
    case .holdOut:
      let parts = Split.holdOut(
        count: table.rowCount, classes: classIndices, fraction: spec.fraction,
        random: random.child("repeat", index))
      return SplitRows(training: parts.training, validation: [], test: parts.heldOut)
    case .kFold:
      let parts = try Split.kFold(
        count: table.rowCount, classes: classIndices, folds: spec.folds,
        random: random.child("repeat", index / spec.folds))
      let fold = parts[index % spec.folds]
      return SplitRows(training: fold.training, validation: [], test: fold.heldOut)
    case .column:
      let column = try SplitColumn(named: spec.column, of: table)
      guard spec.joinsValidation else {
        return SplitRows(training: column.training, validation: column.validation, test: column.test)
      }
      return SplitRows(
        training: (column.training + column.validation).sorted(), validation: [], test: column.test)
    case .files:
      return givenSplits[index]
    }
  }
}

/// The rows of a data set that a split gives to each part.
struct SplitRows: Sendable, Equatable {
  /// Rows to learn from.
  var training: [Int]
  /// Rows to choose by; empty where the learner may hold out its own.
  var validation: [Int]
  /// Rows to measure on.
  var test: [Int]

  /// A hash of the rows.
  var fingerprint: String {
    Fingerprint.of([training, validation, test].map { "\($0)" }.joined(separator: ";"))
  }
}
