internal import CambiumCore

/// What others have published of their models on an experiment's data sets.
struct PublishedFigures: Sendable, Equatable {
  /// What is known of a model on a data set.
  struct Figure: Sendable, Equatable {
    var error: Double?
    var units: Double?
    var connections: Double?
  }

  /// The models' names, in the file's order.
  let models: [String]
  /// For each data set that the file names, one figure for each model.
  let figures: [String: [Figure]]

  /// Reads a file.
  ///
  /// Data sets that the experiment does not have are passed over.
  /// - Throws: `InputError` with the file and its line: a table that cannot be read, no column `data`, no model, no data set
  ///   of the experiment, one that stands there twice, sizes of a model without errors.
  init(reading file: String, data names: [String]) throws {
    let table = try Table.read(file, as: ColumnReading(texts: ["data"]))
    func failure(column: String? = nil, _ found: String, _ expected: String) -> InputError {
      InputError(
        .content, at: .init(file: file, column: column), found: found, expected: expected)
    }
    guard let keys = table.columns.first(where: { $0.name == "data" }) else {
      throw failure("no column data", "a column data that names data sets")
    }
    var columns: [String: [Double]] = [:]
    for column in table.columns where column.name != "data" {
      guard case .numbers(let numbers) = column.values else {
        throw failure(column: column.name, "texts", "numbers, or empty cells")
      }
      columns[column.name] = numbers.array
    }
    let suffixes = [" units", " connections"]
    let models = table.columns.map(\.name).filter { name in
      name != "data" && !suffixes.contains { name.hasSuffix($0) }
    }
    guard !models.isEmpty else { throw failure("no model", "a column of errors for each model") }
    for name in columns.keys.sorted() where !models.contains(name) {
      guard
        suffixes.contains(where: { models.contains(String(name.dropLast($0.count))) && name.hasSuffix($0) })
      else { throw failure(column: name, "sizes of no model", "a column of errors for the model as well") }
    }
    var figures: [String: [Figure]] = [:]
    for row in 0..<table.rowCount {
      let key = keys.text(ofRow: row) ?? ""
      guard names.contains(key) else { continue }
      guard figures[key] == nil else {
        throw failure(column: "data", "\"\(key)\" again", "each data set once")
      }
      func value(_ column: String) -> Double? { columns[column].flatMap { $0[row].isNaN ? nil : $0[row] } }
      figures[key] = models.map {
        Figure(error: value($0), units: value("\($0) units"), connections: value("\($0) connections"))
      }
    }
    guard !figures.isEmpty else {
      throw failure(
        column: "data", "no data set of the experiment", "one of \(names.prefix(8).joined(separator: ", "))")
    }
    self.models = models
    self.figures = figures
  }
}
