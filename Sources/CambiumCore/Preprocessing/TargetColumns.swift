/// The target columns of a table, and what they are taken for.
///
/// Nothing is fitted here: which task it is and which classes there are is read from the whole table, so that
/// splits can be stratified and a rare class that a split leaves out of training is still known.
public struct TargetColumns: Sendable, Equatable {
  /// What the targets are.
  public enum Kind: Sendable, Equatable {
    /// Each column is a number to predict.
    case numbers
    /// The one column holds classes: their names, in order.
    case classes([String])
    /// Each column is a class, 1 in the rows that belong to it and else 0.
    case oneHot
  }

  /// The columns' names, in order.
  public let names: [String]
  /// What they are.
  public let kind: Kind
  /// Why they are taken for that: a sentence.
  public let reason: String

  /// Most different classes of one column.
  public static let largestClassCount = 1000

  /// Finds the targets in a table and chooses the task.
  ///
  /// - Parameters:
  ///   - targets: Names of target columns; empty for the last column that is not ignored.
  ///   - task: How to choose.
  ///   - ignored: Columns that are neither target nor input.
  /// - Throws: `InputError` where a target is not there, is named twice or is ignored, where no input is left, or
  ///   where the targets do not fit the task.
  public static func resolve(
    in table: Table, targets: [String], task: TaskChoice, ignoring ignored: [String] = []
  ) throws -> TargetColumns {
    let names = try checkedNames(in: table, targets: targets, ignored: ignored)
    let columns = try names.map { try table.column(named: $0) }
    if columns.count == 1 { return try resolve(columns[0], of: table, task: task) }

    let oddRow = firstRowNotOneHot(columns)
    switch task {
    case .classification:
      if let oddRow {
        throw InputError(
          .content, at: table.location(row: oddRow, column: names.joined(separator: ", ")),
          found: columns.map { $0.text(ofRow: oddRow) ?? "nothing" }.joined(separator: ", "),
          expected: "exactly one 1 and else 0, as several targets of classes are; or a single target")
      }
      return TargetColumns(names: names, kind: .oneHot, reason: "The targets hold one 1 in each row.")
    case .auto where oddRow == nil:
      return TargetColumns(names: names, kind: .oneHot, reason: "The targets hold exactly one 1 in each row.")
    case .auto, .regression:
      return TargetColumns(
        names: names, kind: .numbers,
        reason: task == .regression ? "So it was asked." : "The targets are several columns, not one-hot.")
    }
  }

  /// The class of each row of a table, counted from 0, to stratify splits by; a row without a class has the number
  /// of classes. Empty where the targets are numbers.
  public func strata(of table: Table) throws -> [Int] {
    let columns = try names.map { try table.column(named: $0) }
    switch kind {
    case .numbers: return []
    case .classes(let classes):
      let position = Dictionary(uniqueKeysWithValues: classes.enumerated().map { ($1, $0) })
      return (0..<table.rowCount).map { row in
        columns[0].text(ofRow: row).flatMap { position[$0] } ?? classes.count
      }
    case .oneHot:
      return (0..<table.rowCount).map { row in
        columns.firstIndex { $0.text(ofRow: row) == "1" } ?? columns.count
      }
    }
  }
}

// MARK: - Names

extension TargetColumns {
  private static func checkedNames(in table: Table, targets: [String], ignored: [String]) throws -> [String] {
    func failure(_ found: String, _ expected: String) -> InputError {
      InputError(.content, at: table.location(), found: found, expected: expected)
    }
    try table.checkColumns(ignored)
    let candidates = table.columnNames.filter { !ignored.contains($0) }
    guard let last = candidates.last else {
      throw failure("no column that is not ignored", "a target column")
    }
    let names = targets.isEmpty ? [last] : targets
    guard names.count <= table.columns.count else {
      throw failure(
        counted(names.count, "target"),
        "fewer targets than the table's \(counted(table.columns.count, "column"))")
    }
    var seen: Set<String> = []
    for name in names {
      guard !ignored.contains(name) else {
        throw failure("the target \(quoted(name)), which is to be ignored", "another column as the target")
      }
      _ = try table.column(named: name)
      guard seen.insert(name).inserted else {
        throw failure("the target \(quoted(name)) twice", "each target once")
      }
    }
    guard candidates.count > names.count else {
      throw failure("no column beside \(listed(names))", "at least one input column")
    }
    return names
  }
}

// MARK: - Kinds

extension TargetColumns {
  private static func resolve(
    _ column: Table.Column, of table: Table, task: TaskChoice
  ) throws -> TargetColumns {
    let name = column.name
    func numbers(_ reason: String) -> TargetColumns {
      TargetColumns(names: [name], kind: .numbers, reason: reason)
    }
    func classes(_ classes: [String], _ reason: String) throws -> TargetColumns {
      guard !classes.isEmpty else {
        throw InputError(
          .content, at: table.location(column: name), found: "no value at all", expected: "targets to learn")
      }
      guard classes.count <= largestClassCount else {
        throw InputError(
          .content, at: table.location(column: name), found: "\(classes.count) different classes",
          expected: "at most \(largestClassCount)")
      }
      return TargetColumns(names: [name], kind: .classes(classes), reason: reason)
    }

    switch column.values {
    case .texts(let texts):
      if task == .regression { return numbers("So it was asked.") }
      return try classes(Set(texts.compactMap { $0 }).sorted(), "The target \(quoted(name)) is text.")
    case .numbers(let values):
      if task == .regression { return numbers("So it was asked.") }
      let (present, found) = valuesPresent(in: values, isOnlyForWholes: task == .auto)
      guard found.count <= mostDistinct else {
        return numbers("The target \(quoted(name)) holds more different numbers than classes may be.")
      }
      let distinct = found.sorted()
      let count = counted(distinct.count, "different whole number") + " in \(counted(present, "row"))"
      if task == .classification { return try classes(distinct.map(column.text(of:)), "So it was asked.") }
      guard distinct.allSatisfy({ $0 == $0.rounded() }) else {
        return numbers("The target \(quoted(name)) holds numbers that are not whole.")
      }
      let limit = min(
        TaskChoice.largestAutomaticClassCount, present / TaskChoice.fewestRowsPerAutomaticClass)
      guard distinct.count <= max(2, limit) else {
        return numbers("The target \(quoted(name)) holds \(count), too many for classes.")
      }
      return try classes(distinct.map(column.text(of:)), "The target \(quoted(name)) holds \(count).")
    }
  }

  /// Most different numbers that are counted: far more than classes may be.
  private static let mostDistinct = 1 << 20

  /// How many values there are, and the different ones: not all of them where there are too many, or where only whole numbers
  /// are asked for and another is met.
  private static func valuesPresent(
    in values: NumberColumn, isOnlyForWholes: Bool
  ) -> (present: Int, distinct: Set<Double>) {
    var (present, distinct) = (0, Set<Double>())
    _ = values.allBlocksSatisfy { block in
      for value in block where !value.isNaN {
        present += 1
        if distinct.insert(value).inserted {
          if distinct.count > mostDistinct || (isOnlyForWholes && value != value.rounded()) { return false }
        }
      }
      return true
    }
    return (present, distinct)
  }

  /// The first row without exactly one 1 among zeros; rows with a missing target are passed over.
  private static func firstRowNotOneHot(_ columns: [Table.Column]) -> Int? {
    let rowCount = columns.first?.values.count ?? 0
    var ones = [Int](repeating: 0, count: rowCount)
    var isOdd = [Bool](repeating: false, count: rowCount)
    var isMissing = [Bool](repeating: false, count: rowCount)
    for column in columns {
      guard case .numbers(let numbers) = column.values else { return 0 }
      for row in 0..<rowCount {
        switch numbers[row] {
        case 0: break
        case 1: ones[row] += 1
        case let other: if other.isNaN { isMissing[row] = true } else { isOdd[row] = true }
        }
      }
    }
    return (0..<rowCount).first { !isMissing[$0] && (isOdd[$0] || ones[$0] != 1) }
  }
}
