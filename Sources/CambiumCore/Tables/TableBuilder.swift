/// Builds a table from fields and ends of rows, as a CSV parser reports them, and keeps count of the lines.
struct TableBuilder {
  /// The first thing that was wrong; everything after it is ignored.
  private(set) var failure: InputError? { didSet { hasFailed = failure != nil } }
  private(set) var hasFailed = false

  private let file: String?
  private let reading: ColumnReading
  private let writer: TileFileWriter?
  private var names: [String] = []
  private var columns: [ColumnBuilder] = []
  private var isInHeader = true
  private var rowCount = 0
  private var lines: [Int] = []
  /// The line on which the next field starts.
  private var line = 1
  private var rowLine = 1
  private var fieldIndex = 0
  private var lastTerminator: Int32 = 0

  init(file: String?, reading: ColumnReading, writer: TileFileWriter?) {
    (self.file, self.reading, self.writer) = (file, reading, writer)
  }

  /// Takes the next field of the row.
  mutating func addField(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard !hasFailed else { return }
    if fieldIndex == 0 { rowLine = line }
    if !isInHeader, fieldIndex < columns.count, columns[fieldIndex].addNumber(bytes) {
      fieldIndex += 1
      return
    }
    addUncommonField(bytes)
    fieldIndex += 1
    line += lineEnds(in: bytes)
  }

  /// Ends the row; `terminator` is the character that ended it, or negative at the end of the file.
  mutating func endRow(terminator: Int32) {
    guard !hasFailed else { return }
    let isSecondOfPair = terminator == 0x0A && lastTerminator == 0x0D && fieldIndex == 0
    lastTerminator = terminator
    defer {
      fieldIndex = 0
      if terminator >= 0, !isSecondOfPair { line += 1 }
    }
    guard fieldIndex > 0 else { return }
    guard !isInHeader else { return endHeader() }
    guard fieldIndex == columns.count else {
      failure = InputError(
        .content, at: InputLocation(file: file, line: rowLine), found: counted(fieldIndex, "field"),
        expected: "\(counted(columns.count, "field")), as in the header")
      return
    }
    if !lines.isEmpty || rowLine != rowCount + 2 {
      if lines.isEmpty { lines = (0..<rowCount).map { $0 + 2 } }
      lines.append(rowLine)
    }
    rowCount += 1
    if rowCount % NumberColumn.blockRows == 0, let writer, failure == nil { failure = writer.trouble }
  }

  /// Notes that something is wrong in the field that is being read: the first such note counts.
  mutating func fail(found: String, expected: String) {
    let column = fieldIndex < names.count && !isInHeader ? names[fieldIndex] : nil
    let location = InputLocation(file: file, line: line, column: column)
    failure = failure ?? InputError(.content, at: location, found: found, expected: expected)
  }

  /// The table, once all rows are in.
  func table() throws -> Table {
    if let failure { throw failure }
    guard !names.isEmpty else {
      throw InputError(
        .content, at: InputLocation(file: file, line: 1), found: "an empty file",
        expected: "a header with the columns' names, and rows")
    }
    guard rowCount > 0 else {
      throw InputError(
        .content, at: InputLocation(file: file, line: 1), found: "a header and no rows",
        expected: "at least one row")
    }
    let finished = zip(names, columns).compactMap { $1.finished(named: $0, rowCount: rowCount) }
    return Table(file: file, columns: finished, rowCount: rowCount, header: names, lines: lines)
  }

  private mutating func addUncommonField(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard isInHeader || (fieldIndex < columns.count && !columns[fieldIndex].isIgnored) else { return }
    if !isInHeader, isMissing(bytes) { return columns[fieldIndex].addMissing(rowCount: rowCount) }
    guard !bytes.contains(0) else {
      return fail(found: "a NUL byte", expected: "a text file in UTF-8")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      let readable = String(decoding: bytes, as: UTF8.self)
      return fail(found: "bytes that are not UTF-8 (\(quoted(readable)))", expected: "text in UTF-8")
    }
    guard !isInHeader else { return names.append(text) }
    if let problem = columns[fieldIndex].add(text, rowCount: rowCount) {
      fail(found: problem.found, expected: problem.expected)
    }
  }

  private mutating func endHeader() {
    isInHeader = false
    var reading = reading
    if reading.firstNamesRows, let first = names.first { reading.texts.insert(first) }
    columns = names.map { ColumnBuilder(named: $0, reading: reading, writer: writer) }
    let location = InputLocation(file: file, line: rowLine)
    let firstNamed = reading.firstNamesRows ? 1 : 0
    if let empty = names.indices.dropFirst(firstNamed).first(where: { names[$0].isEmpty }) {
      failure = InputError(
        .content, at: location, found: "no name for column \(empty + 1)", expected: "a name for every column")
      return
    }
    var seen: Set<String> = []
    for name in names where !seen.insert(name).inserted {
      failure = InputError(
        .content, at: location, found: "the name \(quoted(name)) twice",
        expected: "a different name for every column")
      return
    }
    // Programs name columns 0, 1, 2, … by default; other numbers are a first row without a header.
    let numbers = names.compactMap { Double($0) }
    let isCounted =
      (0...1).contains(numbers.first ?? -1) && zip(numbers, numbers.dropFirst()).allSatisfy { $0 + 1 == $1 }
    if numbers.count == names.count, !isCounted {
      failure = InputError(
        .content, at: location, found: "a first line of numbers", expected: "a header with the columns' names"
      )
    }
  }
}

/// Whether a cell stands for a missing value.
private func isMissing(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
  guard bytes.count <= 4 else { return false }
  guard !bytes.isEmpty else { return true }
  switch String(decoding: bytes, as: UTF8.self) {
  case "?", "NA", "N/A", "NaN", "nan", "null", "NULL": return true
  default: return false
  }
}

/// The line ends inside a field: line feeds, and carriage returns that no line feed follows.
private func lineEnds(in bytes: UnsafeBufferPointer<UInt8>) -> Int {
  var count = 0
  var previous: UInt8 = 0
  for byte in bytes {
    if byte == 0x0D || (byte == 0x0A && previous != 0x0D) { count += 1 }
    previous = byte
  }
  return count
}
