extension Preprocessing {
  /// Fits inputs and targets to a table.
  ///
  /// - Parameters:
  ///   - table: The raw data.
  ///   - targets: The targets' names; empty for the last column that is not ignored.
  ///   - task: Whether to predict numbers or classes.
  ///   - ignored: Columns that are neither input nor target, such as one that tells the split.
  ///   - rows: The training rows; nil for all. Means, standard deviations, levels and constants are theirs alone, of
  ///     more than ``mostRowsLookedAt`` without weights those of as many, evenly spaced; means and deviations of columns
  ///     without gaps are those of an eighth of as many; the choice of the task and the list of classes look at every row.
  ///   - weights: What each of `rows` counts in means and standard deviations, above 0; nil for once each.
  ///   - workers: Threads that share the columns; nil for none but the caller's.
  /// - Returns: The preprocessing, and what was decided, in sentences.
  /// - Throws: `InputError` where there is nothing to learn, nothing to learn from, or a cell does not fit.
  public static func fit(
    to table: Table, targets: [String] = [], task: TaskChoice = .auto, ignoring ignored: [String] = [],
    rows: [Int]? = nil, weights: [Double]? = nil, workers: WorkerPool? = nil
  ) throws -> (preprocessing: Preprocessing, notes: [String]) {
    let rows = evenly(rows, of: table, weights: weights)
    let targetColumns = try TargetColumns.resolve(in: table, targets: targets, task: task, ignoring: ignored)
    try checkCount(of: rows, in: table)
    let target = try TargetEncoding.fit(to: targetColumns, of: table, rows: rows, weights: weights)
    let fitted = try fit(
      to: table, target: target, ignoring: ignored, rows: rows, weights: weights, workers: workers)
    return (fitted.preprocessing, [target.summary + " " + targetColumns.reason] + fitted.notes)
  }

  /// Fits inputs to a table whose classes are known: those of the text column `target`, in the order of `classes`.
  ///
  /// - Parameters:
  ///   - rows: The training rows.
  ///   - weights: What each of `rows` counts, above 0; nil for once each.
  /// - Returns: The preprocessing, and what was decided, in sentences.
  /// - Throws: `InputError` as ``fit(to:targets:task:ignoring:rows:weights:)`` does.
  public static func fit(
    to table: Table, classes: [String], of target: String, rows: [Int], weights: [Double]? = nil
  ) throws -> (preprocessing: Preprocessing, notes: [String]) {
    try checkCount(of: rows, in: table)
    guard Set(classes).count == classes.count else {
      throw InputError(
        .content, at: table.location(column: target), found: "a class named twice",
        expected: "different classes")
    }
    let target = TargetEncoding.classes(column: target, names: classes)
    try target.checkClasses(of: table, rows: rows)
    return try fit(to: table, target: target, ignoring: [], rows: rows, weights: weights)
  }

  /// The most rows that scales and levels are found from.
  public static let mostRowsLookedAt = 1 << 20

  private static func evenly(_ rows: [Int]?, of table: Table, weights: [Double]?) -> [Int] {
    let count = rows?.count ?? table.rowCount
    guard count > mostRowsLookedAt, weights == nil else { return rows ?? Array(0..<count) }
    return (0..<mostRowsLookedAt).map { place in
      let index = place * count / mostRowsLookedAt
      return rows?[index] ?? index
    }
  }

  private static func checkCount(of rows: [Int], in table: Table) throws {
    guard rows.count >= 2 else {
      throw InputError(
        .content, at: table.location(), found: counted(rows.count, "training row"), expected: "at least two")
    }
  }

  private static func fit(
    to table: Table, target: TargetEncoding, ignoring ignored: [String], rows: [Int], weights: [Double]?,
    workers: WorkerPool? = nil
  ) throws -> (preprocessing: Preprocessing, notes: [String]) {
    precondition(weights.map { $0.count == rows.count } ?? true, "one weight for each row")
    var notes: [String] = []
    var inputs: [InputEncoding] = []
    var names: [String] = []
    var leftOut: [String] = []
    let columns = table.columns.filter {
      !ignored.contains($0.name) && !target.columnNames.contains($0.name)
    }
    func fitted(_ place: Int) -> Result<InputEncoding.Fitted, any Error> {
      Result { try InputEncoding.fit(to: columns[place], of: table, rows: rows, weights: weights) }
    }
    let encodings = workers?.map(columns.count, fitted) ?? columns.indices.map(fitted)
    for (column, encoding) in zip(columns, encodings) {
      names.append(column.name)
      switch try encoding.get() {
      case .kept(let encoding, let note):
        inputs.append(encoding)
        if let note { notes.append(note) }
      case .dropped(let note):
        notes.append(note)
        leftOut.append(note)
      }
    }
    guard !inputs.isEmpty else {
      throw InputError(
        .content, at: table.location(),
        found: "no input column that can be learned from (\(leftOut.prefix(3).joined(separator: " ")))",
        expected: "at least one")
    }
    var fitted = Preprocessing(inputs: inputs, target: target)
    fitted.fittedColumns = names
    return (fitted, notes + notesOnLogarithms(of: inputs))
  }

  private static func notesOnLogarithms(of inputs: [InputEncoding]) -> [String] {
    let names = inputs.compactMap { input -> String? in
      guard case .numeric(let numeric) = input, numeric.logarithm != nil else { return nil }
      return quoted(numeric.name)
    }
    guard let first = names.first else { return [] }
    let subject =
      names.count == 1
      ? "Column \(first) has a long tail to the right and is"
      : "Columns \(names.joined(separator: ", ")) have long tails to the right and are"
    return [subject + " put on a logarithmic scale."]
  }
}

extension Preprocessing {
  /// The samples of a table, of the given rows or of all, in that order, with a weight above 0 for each or none. The
  /// table's columns may stand in any order, and there may be more.
  ///
  /// - Throws: `InputError` for a column that is not there, or a cell that does not fit.
  public func dataset(from table: Table, rows: [Int]? = nil, weights: [Double]? = nil) throws -> Dataset {
    Dataset(
      inputs: try inputs(from: table, rows: rows),
      targets: try target.outputs(from: table, rows: rows),
      task: task, weights: weights, columns: columns, zeros: target.zeros)
  }

  /// The columns of the features.
  private var columns: InputColumns {
    let names = fittedColumns ?? inputs.map(\.name)
    let places = Dictionary(names.enumerated().map { ($0.element, $0.offset) }) { first, _ in first }
    return InputColumns(names: names, ofFeatures: features.map { places[$0.column] ?? 0 })
  }
}

extension TargetEncoding {
  /// Where raw numbers are 0, standardised; nil of classes.
  fileprivate var zeros: [Double]? {
    guard case .numbers(let targets) = self else { return nil }
    return targets.map { $0.scaling.standardised(0) }
  }

  /// What the task is: a sentence.
  fileprivate var summary: String {
    switch self {
    case .numbers(let targets): "Task: regression of \(listed(targets.map(\.name)))."
    case .classes(let column, let names):
      "Task: classification of \(quoted(column)) into \(names.count) classes: \(listed(names))."
    case .oneHot(let columns): "Task: classification into \(columns.count) classes: \(listed(columns))."
    }
  }
}
