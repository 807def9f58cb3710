extension Table {
  /// The table in a tile file: its cells are read when they are asked for. Columns that `reading` passes over stay unread;
  /// numbers that it wants as texts become texts. Of all others cost and memory are those of the directory.
  ///
  /// - Throws: `InputError`: no such file, no tile file, one cut short, damaged, of another version or byte order.
  static func open(tileFile path: String, as reading: ColumnReading) throws -> Table {
    let file = try TileFile(path)
    let header = try TileFileHeader(of: file)
    let directory = try TileFileDirectory(of: file, header)
    let wanted = directory.columns.filter { reading.includes($0.name) }
    let columns = try wanted.map { column in
      let numbers = NumberColumn(blocks: column.blocks, count: header.rowCount)
      let values: Values
      if let levels = column.levels {
        guard numbers.arePlaces(among: levels.count) else {
          throw file.trouble
            ?? InputError(
              .content, at: .init(file: path, column: column.name),
              found: "a text that is not in the directory", expected: "one of \(levels.count)")
        }
        values = .texts(TextColumn(levels: levels, places: numbers))
      } else if reading.texts.contains(column.name) {
        let spellings = column.spellings
        values = .texts(TextColumn(numbers.lazy.map { $0.isNaN ? nil : spellings[$0] ?? levelText($0) }))
      } else {
        values = .numbers(numbers)
      }
      return Column(name: column.name, values: values, spellings: column.spellings)
    }
    if let trouble = file.trouble { throw trouble }
    return Table(
      file: path, columns: columns, rowCount: header.rowCount, header: directory.columns.map(\.name),
      lines: [], tileFile: file,
      fingerprint: columns.count == directory.columns.count ? directory.fingerprint : nil)
  }
}

extension NumberColumn {
  /// Whether all numbers are places among so many, or missing.
  fileprivate func arePlaces(among count: Int) -> Bool {
    allBlocksSatisfy { $0.allSatisfy { $0.isNaN || ($0 >= 0 && $0 < Double(count) && $0 == $0.rounded()) } }
  }
}
