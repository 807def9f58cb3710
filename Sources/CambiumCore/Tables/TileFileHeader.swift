/// The first 64 bytes of a tile file, in the byte order of the machine that wrote it.
struct TileFileHeader {
  /// The bytes that a tile file begins with.
  private static let magic: [UInt8] = Array("CAMBIUM\n".utf8)
  private static let byteOrderMark: UInt32 = 0x0102_0304
  private static let version: UInt32 = 1
  /// The bytes of a header.
  static let size = 64

  let rowCount: Int
  /// Where the directory begins.
  let directory: Int
  /// The bytes of the directory.
  let directoryLength: Int
  /// A hash of the directory's bytes.
  let directoryHash: UInt64

  var bytes: [UInt8] {
    var bytes = Self.magic
    func append(_ value: some FixedWidthInteger) { withUnsafeBytes(of: value) { bytes += $0 } }
    append(Self.byteOrderMark)
    append(Self.version)
    append(UInt64(rowCount))
    append(UInt64(directory))
    append(UInt64(directoryLength))
    append(directoryHash)
    append(UInt64(NumberColumn.blockRows))
    append(UInt64(directory + directoryLength))
    return bytes
  }

  /// Whether a file that begins with these bytes is a tile file.
  static func isHeader(_ bytes: [UInt8]?) -> Bool { bytes == magic }

  /// Reads and checks the header of a file.
  init(of file: TileFile) throws {
    func failure(_ found: String, _ expected: String) -> InputError {
      InputError(.content, at: .init(file: file.path), found: found, expected: expected)
    }
    let length = file.length
    guard length >= Self.size, let bytes = file.bytes(Self.size, at: 0),
      bytes.starts(with: Self.magic)
    else { throw failure("no header of a tile file", "a tile file, as cambium convert makes them") }
    func value<Value: FixedWidthInteger>(at place: Int, _ type: Value.Type) -> Value {
      bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: place, as: type) }
    }
    let mark = value(at: 8, UInt32.self)
    guard mark == Self.byteOrderMark else {
      throw failure(
        mark == Self.byteOrderMark.byteSwapped
          ? "a tile file of a machine with the other byte order" : "a damaged header",
        "one that was made on a machine like this")
    }
    let version = value(at: 12, UInt32.self)
    guard version == Self.version else {
      throw failure("a tile file of version \(version)", "version \(Self.version)")
    }
    let numbers = (0..<6).map { value(at: 16 + 8 * $0, UInt64.self) }
    guard numbers[1] != 0 else { throw failure("a tile file whose writing did not end", "a whole one") }
    guard let rows = Int(exactly: numbers[0]), let directory = Int(exactly: numbers[1]),
      let directoryLength = Int(exactly: numbers[2]), let wanted = Int(exactly: numbers[5]), rows > 0,
      rows <= Int(Int32.max), directory >= Self.size, directoryLength >= 8,
      numbers[4] == UInt64(NumberColumn.blockRows), directory <= wanted, wanted - directory == directoryLength
    else { throw failure("a damaged header", "the sizes of a table") }
    guard length == wanted else {
      throw failure(
        length < wanted ? "a tile file cut short: \(length) bytes" : "a tile file with \(length) bytes",
        "\(wanted) bytes")
    }
    (rowCount, self.directory, self.directoryLength) = (rows, directory, directoryLength)
    directoryHash = numbers[3]
  }

  init(rowCount: Int, directory: Int, directoryLength: Int, directoryHash: UInt64) {
    (self.rowCount, self.directory) = (rowCount, directory)
    (self.directoryLength, self.directoryHash) = (directoryLength, directoryHash)
  }
}

extension TileFile {
  /// Whether the file of that name begins as tile files do.
  static func isTileFile(_ path: String) -> Bool {
    guard TileFile.isPlain(path), let file = try? TileFile(path), file.length >= 8 else { return false }
    return TileFileHeader.isHeader(file.bytes(8, at: 0))
  }
}
