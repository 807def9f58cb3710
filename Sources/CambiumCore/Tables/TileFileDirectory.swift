/// What stands behind the blocks of a tile file: the columns, and where each of their blocks lies and how its numbers are kept.
struct TileFileDirectory {
  struct Column {
    let name: String
    /// The different texts of a column of texts; nil of numbers.
    let levels: [String]?
    /// How whole numbers were written that would be written otherwise anew.
    let spellings: [Double: String]
    let blocks: [NumberBlock]
  }

  /// A name for the table's content.
  let fingerprint: String
  let columns: [Column]

  /// As it stands in the file: numbers of 8 bytes; texts as their length and their bytes in UTF-8; lists as their length and
  /// their elements.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    func append(_ number: UInt64) { withUnsafeBytes(of: number) { bytes += $0 } }
    func append(_ text: String) {
      append(UInt64(text.utf8.count))
      bytes += text.utf8
    }
    append(fingerprint)
    append(UInt64(columns.count))
    for column in columns {
      append(column.name)
      append(column.levels == nil ? 0 : 1)
      append(UInt64(column.levels?.count ?? 0))
      for level in column.levels ?? [] { append(level) }
      append(UInt64(column.spellings.count))
      for (number, text) in column.spellings.sorted(by: { $0.key < $1.key }) {
        append(number.bitPattern)
        append(text)
      }
      for block in column.blocks {
        append(UInt64(block.offset ?? 0) << 8 | UInt64(block.digits) << 2 | UInt64(block.form.rawValue))
      }
    }
    return bytes
  }
}

extension TileFileDirectory {
  init(fingerprint: String, columns: [Table.Column]) {
    self.fingerprint = fingerprint
    self.columns = columns.map { column in
      switch column.values {
      case .numbers(let numbers):
        Column(name: column.name, levels: nil, spellings: column.spellings, blocks: numbers.blocks)
      case .texts(let texts):
        Column(name: column.name, levels: texts.levels, spellings: [:], blocks: texts.places.blocks)
      }
    }
  }

  /// Reads and checks the directory of a file.
  ///
  /// - Throws: `InputError` where it is damaged.
  init(of file: TileFile, _ header: TileFileHeader) throws {
    let damaged = InputError(
      .content, at: .init(file: file.path), found: "a damaged directory", expected: "that of a tile file")
    guard let bytes = file.bytes(header.directoryLength, at: header.directory) else {
      throw file.trouble ?? damaged
    }
    guard ContentHash(of: bytes).value == header.directoryHash else { throw damaged }
    var place = 0
    func number() throws -> UInt64 {
      guard place + 8 <= bytes.count else { throw damaged }
      defer { place += 8 }
      return bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: place, as: UInt64.self) }
    }
    /// A number of things each of which takes at least so many bytes.
    func count(ofBytes width: Int) throws -> Int {
      guard let count = Int(exactly: try number()), count <= (bytes.count - place) / width else {
        throw damaged
      }
      return count
    }
    func text() throws -> String {
      let length = try count(ofBytes: 1)
      defer { place += length }
      guard let text = String(validating: bytes[place..<place + length], as: UTF8.self) else { throw damaged }
      return text
    }
    func block(_ index: Int) throws -> NumberBlock {
      let entry = try number()
      let digits = UInt8(entry >> 2 & 63)
      let rows = min(NumberColumn.blockRows, header.rowCount - index * NumberColumn.blockRows)
      guard let form = NumberBlock.Form(rawValue: UInt8(entry & 3)), digits <= NumberBlock.mostDigits,
        let offset = Int(exactly: entry >> 8), offset >= TileFileHeader.size, offset % 8 == 0,
        offset + rows * form.width <= header.directory
      else { throw damaged }
      return NumberBlock(form, digits: digits, in: file, at: offset)
    }
    fingerprint = try text()
    let blockCount = (header.rowCount + NumberColumn.blockRows - 1) / NumberColumn.blockRows
    columns = try (0..<count(ofBytes: 32)).map { _ in
      let name = try text()
      let isOfTexts = try number() == 1
      let levels = try (0..<count(ofBytes: 8)).map { _ in try text() }
      var spellings: [Double: String] = [:]
      for _ in 0..<(try count(ofBytes: 16)) { spellings[Double(bitPattern: try number())] = try text() }
      return Column(
        name: name, levels: isOfTexts ? levels : nil, spellings: spellings,
        blocks: try (0..<blockCount).map(block))
    }
    guard place == bytes.count, !columns.isEmpty, Set(columns.map(\.name)).count == columns.count else {
      throw damaged
    }
  }
}
