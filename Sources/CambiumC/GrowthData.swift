internal import CambiumCore
internal import CambiumExport
internal import CCambium

/// Arrays as samples: a table, the rows of it that count, and how they are encoded.
struct GrowthData {
  /// The names of the input columns, in order.
  let columns: [String]
  let fingerprint: String
  let preprocessing: Preprocessing
  let samples: Dataset
  /// What was chosen by itself: imputation, columns left out.
  let notes: [String]

  /// Reads the caller's arrays.
  ///
  /// - Throws: `InputError` where shapes, names or numbers do not fit.
  init(
    features: CallerMatrix, targets: CallerMatrix, weights: UnsafePointer<Double>?, request: GrowthRequest
  ) throws {
    guard features.rows == targets.rows else {
      throw InputError(
        .content, found: "\(features.rows) rows of features and \(targets.rows) of targets",
        expected: "a target for each sample")
    }
    columns = request.columns ?? (0..<features.columns).map { "x\($0)" }
    let targetNames =
      request.targets ?? (targets.columns == 1 ? ["y"] : (0..<targets.columns).map { "y\($0)" })
    try Self.check(names: columns + targetNames)
    let inputs = try features.tableColumns(named: columns, "features")
    var outputs = try targets.tableColumns(named: targetNames, "targets")
    if let classes = request.classes {
      outputs = [try Self.classColumn(outputs, classes)]
    }
    let table = Table(columns: inputs + outputs)
    let (rows, counts) = try Self.weighted(features.rows, by: weights)
    let fitted =
      if let classes = request.classes {
        try Preprocessing.fit(to: table, classes: classes, of: targetNames[0], rows: rows, weights: counts)
      } else {
        try Preprocessing.fit(
          to: table, targets: targetNames, task: .regression, rows: rows, weights: counts)
      }
    preprocessing = fitted.preprocessing
    notes = fitted.notes
    fingerprint = table.fingerprint
    samples = try preprocessing.dataset(from: table, rows: rows, weights: counts)
  }

  private static func check(names: [String]) throws {
    var seen: Set<String> = []
    if let name = names.first(where: { !seen.insert($0).inserted }) {
      throw InputError(
        .content, found: "two columns of the name \"\(name)\"",
        expected: "different names of inputs and targets")
    }
  }

  /// The names of the samples' classes in place of their numbers.
  private static func classColumn(_ columns: [Table.Column], _ classes: [String]) throws -> Table.Column {
    guard columns.count == 1, let column = columns.first, case .numbers(let numbers) = column.values else {
      throw InputError(.content, found: "\(columns.count) target columns of classes", expected: "one")
    }
    return Table.Column(
      name: column.name,
      values: .texts(
        TextColumn(
          try numbers.enumerated().map { row, number in
            guard let index = Int(exactly: number), classes.indices.contains(index) else {
              throw InputError(
                .content, at: .init(line: row + 1, column: column.name),
                found: number.isNaN ? "a missing class" : numberText(number),
                expected: "the place of a class, from 0 to \(classes.count - 1)")
            }
            return classes[index]
          })))
  }

  /// The rows that count, and what each of them does; nil where all count once.
  private static func weighted(
    _ count: Int, by weights: UnsafePointer<Double>?
  ) throws -> (rows: [Int], weights: [Double]?) {
    guard let weights else { return (Array(0..<count), nil) }
    var total = 0.0
    for row in 0..<count {
      guard weights[row] >= 0, weights[row].isFinite else {
        throw InputError(
          .content, at: .init(line: row + 1), found: "the sample weight \(weights[row])",
          expected: "a finite number from 0 on")
      }
      total += weights[row]
    }
    let rows = (0..<count).filter { weights[$0] > 0 }
    guard !rows.isEmpty, total.isFinite else {
      throw InputError(
        .content, found: "sample weights of the sum \(total)", expected: "a finite sum above 0")
    }
    return (rows, rows.map { weights[$0] })
  }
}
