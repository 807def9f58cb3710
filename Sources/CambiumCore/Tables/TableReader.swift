internal import CCSV

extension Table {
  /// Reads a CSV file with a header (RFC 4180, UTF-8), in chunks, so that only the cells are held in memory.
  ///
  /// Cells that are empty or `NA`, `N/A`, `NaN`, `nan`, `null`, `NULL` or `?` are missing. The first other cell of a
  /// column says whether it is a column of numbers or of texts. Space around a cell outside quotes, empty lines, a
  /// byte order mark and any kind of line end are ignored. `reading` says which columns are read, and which are
  /// texts whatever their cells look like.
  ///
  /// - Throws: `InputError`: no such file, no rows, rows of another length than the header, two columns of one
  ///   name or one without a name, text or an infinity among numbers, a quote that does not end, a byte that is
  ///   not UTF-8. It says file, line and column.
  ///
  /// A tile file (``convert(_:to:as:)``) is told from a CSV file by its first bytes; its cells are read when they are
  /// asked for.
  public static func read(_ path: String, as reading: ColumnReading = ColumnReading()) throws -> Table {
    try TileFile.isTileFile(path)
      ? open(tileFile: path, as: reading) : readCSV(path, as: reading, writingTo: nil)
  }

  /// Turns a CSV file, read as ``read(_:as:)`` does, into a tile file, in memory that does not grow with its rows but for
  /// different texts. Returns its rows and columns.
  ///
  /// - Throws: What reading throws, and `InputError` of kind unwritable.
  public static func convert(
    _ path: String, to destination: String, as reading: ColumnReading = ColumnReading()
  ) throws -> (rows: Int, columns: Int) {
    let writer = try TileFileWriter(destination)
    let table = try readCSV(path, as: reading, writingTo: writer)
    try writer.finish(table)
    return (table.rowCount, table.columns.count)
  }

  private static func readCSV(_ path: String, as reading: ColumnReading, writingTo writer: TileFileWriter?)
    throws -> Table
  {
    let reader = TableReader(file: path, reading: reading, writer: writer)
    try forEachChunk(ofFile: path) { chunk in
      reader.parse(chunk)
      return !reader.hasFailed
    }
    return try reader.finish()
  }

  /// Reads a CSV text as ``read(_:)`` reads a file; `file` is what errors call it.
  public static func parse(
    _ text: String, file: String? = nil, as reading: ColumnReading = ColumnReading()
  ) throws -> Table {
    let reader = TableReader(file: file, reading: reading, writer: nil)
    var text = text
    text.withUTF8 { reader.parse(UnsafeRawBufferPointer($0)) }
    return try reader.finish()
  }
}

/// Drives libcsv: bytes in, fields and ends of rows out to a ``TableBuilder``.
private final class TableReader {
  // Both live at fixed addresses, since C holds pointers to them.
  private let parser = UnsafeMutablePointer<csv_parser>.allocate(capacity: 1)
  private let builder = UnsafeMutablePointer<TableBuilder>.allocate(capacity: 1)
  private var isAtStart = true

  init(file: String?, reading: ColumnReading, writer: TileFileWriter?) {
    builder.initialize(to: TableBuilder(file: file, reading: reading, writer: writer))
    parser.initialize(to: csv_parser())
    csv_init(parser, UInt8(CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL))
    csv_set_blk_size(parser, 4096)
  }

  deinit {
    csv_free(parser)
    parser.deallocate()
    builder.deinitialize(count: 1)
    builder.deallocate()
  }

  var hasFailed: Bool { builder.pointee.hasFailed }

  func parse(_ chunk: UnsafeRawBufferPointer) {
    var chunk = chunk
    if isAtStart {
      isAtStart = false
      let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
      if chunk.starts(with: byteOrderMark) { chunk = UnsafeRawBufferPointer(rebasing: chunk.dropFirst(3)) }
    }
    guard !hasFailed, !chunk.isEmpty else { return }
    let parsed = csv_parse(parser, chunk.baseAddress, chunk.count, Self.field, Self.rowEnd, builder)
    if parsed < chunk.count { failParsing() }
  }

  func finish() throws -> Table {
    if !hasFailed, csv_fini(parser, Self.field, Self.rowEnd, builder) != 0 {
      builder.pointee.fail(found: "a quote that does not end", expected: "a quote at the field's end")
    }
    return try builder.pointee.table()
  }

  private func failParsing() {
    switch csv_error(parser) {
    case CSV_EPARSE:
      builder.pointee.fail(
        found: parser.pointee.quoted != 0
          ? "text after a closing quote" : "a quote inside a field without quotes",
        expected: "quotes around the whole field, and quotes inside it doubled")
    default:
      builder.pointee.fail(found: "a field too large for the memory", expected: "a smaller one")
    }
  }

  private static let field: @convention(c) (UnsafeMutableRawPointer?, Int, UnsafeMutableRawPointer?) -> Void =
    {
      bytes, count, builder in
      builder?.assumingMemoryBound(to: TableBuilder.self).pointee.addField(
        UnsafeBufferPointer(start: bytes?.assumingMemoryBound(to: UInt8.self), count: count))
    }

  private static let rowEnd: @convention(c) (Int32, UnsafeMutableRawPointer?) -> Void = {
    terminator, builder in
    builder?.assumingMemoryBound(to: TableBuilder.self).pointee.endRow(terminator: terminator)
  }
}
