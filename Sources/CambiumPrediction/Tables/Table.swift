/// A table in memory: named columns of numbers or texts, mostly read from a CSV file.
public struct Table: Sendable {
  /// The cells of a column.
  public enum Values: Sendable {
    /// Numbers, all finite; not-a-number where the cell is missing.
    case numbers(NumberColumn)
    /// Texts; nil where the cell is missing.
    case texts(TextColumn)

    /// How many cells there are.
    public var count: Int {
      switch self {
      case .numbers(let numbers): numbers.count
      case .texts(let texts): texts.count
      }
    }
  }

  /// A named column.
  public struct Column: Sendable {
    /// Its name, as in the header.
    public let name: String
    /// Its cells, one for each row.
    public let values: Values
    /// How whole numbers were written where that is not how they would be written anew: `007`.
    package let spellings: [Double: String]

    /// Makes a column.
    public init(name: String, values: Values) {
      self.init(name: name, values: values, spellings: [:])
    }

    package init(name: String, values: Values, spellings: [Double: String]) {
      self.name = name
      self.values = values
      self.spellings = spellings
    }

    /// The cell of a row as a text, as classes are named; nil where it is missing.
    public func text(ofRow row: Int) -> String? {
      switch values {
      case .numbers(let numbers): numbers[row].isNaN ? nil : text(of: numbers[row])
      case .texts(let texts): texts[row]
      }
    }

    /// A number of the column as the name of a class.
    package func text(of number: Double) -> String { spellings[number] ?? levelText(number) }
  }

  /// The file's path as the user wrote it; nil for a table made in code.
  public let file: String?
  /// The columns, in order.
  public let columns: [Column]
  /// The number of rows, the header not counted.
  public let rowCount: Int
  /// The names of all columns of the file, those that were passed over among them.
  package let header: [String]
  /// The line of each row; empty where row `i` is on line `i + 2`.
  package let lines: [Int]
  /// The file that cells are read from when they are asked for; nil where they are in memory.
  package let tileFile: TileFile?
  /// The fingerprint where it is known.
  package let knownFingerprint: String?

  /// Makes a table of columns of equal length.
  public init(file: String? = nil, columns: [Column]) {
    self.init(
      file: file, columns: columns, rowCount: columns.first?.values.count ?? 0, header: columns.map(\.name),
      lines: [])
  }

  package init(
    file: String?, columns: [Column], rowCount: Int, header: [String], lines: [Int],
    tileFile: TileFile? = nil,
    fingerprint: String? = nil
  ) {
    self.tileFile = tileFile
    knownFingerprint = fingerprint
    self.file = file
    self.columns = columns
    self.rowCount = rowCount
    self.header = header
    self.lines = lines
    precondition(columns.allSatisfy { $0.values.count == rowCount }, "columns of different lengths")
    precondition(lines.isEmpty || lines.count == rowCount, "one line for each row")
  }

  /// The columns' names, in order.
  public var columnNames: [String] { columns.map(\.name) }

  /// The line of the file on which a row starts, counted from 1; the header is line 1.
  public func line(ofRow row: Int) -> Int { lines.isEmpty ? row + 2 : lines[row] }

  /// The place of a cell, for an error.
  public func location(row: Int? = nil, column: String? = nil) -> InputLocation {
    InputLocation(file: file, line: row.map { line(ofRow: $0) }, column: column)
  }

  /// The column of that name.
  ///
  /// - Throws: `InputError` where there is none; it names what was perhaps meant.
  public func column(named name: String) throws -> Column {
    guard let column = columns.first(where: { $0.name == name }) else {
      throw InputError(
        .content, at: location(), found: "no column \(quoted(name))",
        expected: NearMiss.expectation("a column", for: name, among: header))
    }
    return column
  }

  /// Throws an `InputError` unless the file has columns of those names, whether they were read or passed over.
  package func checkColumns(_ names: [String]) throws {
    for name in names where !header.contains(name) { _ = try column(named: name) }
  }

  /// The given rows, in the given order; a row may be asked for more than once. Lines stay those of the file.
  public func selecting(rows: [Int]) -> Table {
    let selected = columns.map { column in
      switch column.values {
      case .numbers(let numbers):
        Column(
          name: column.name, values: .numbers(NumberColumn(numbers.numbers(ofRows: rows))),
          spellings: column.spellings)
      case .texts(let texts):
        Column(name: column.name, values: .texts(TextColumn(texts.texts(ofRows: rows))))
      }
    }
    return Table(
      file: file, columns: selected, rowCount: rows.count, header: header,
      lines: rows.map { line(ofRow: $0) })
  }
}
