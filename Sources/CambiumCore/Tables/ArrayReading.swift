extension Table {
  /// Turns a NumPy array of numbers (`.npy`, of one or two dimensions, rows × columns) into a tile file, in memory that does
  /// not grow with its rows. Returns its rows and columns.
  ///
  /// - Parameter names: The columns' names; nil for x1, x2, …, and y for the last.
  /// - Throws: `InputError` for an array of another kind, one cut short, an infinity, or where writing fails.
  public static func convert(
    array path: String, names: [String]?, to destination: String, as reading: ColumnReading = ColumnReading()
  ) throws -> (rows: Int, columns: Int) {
    let file = try TileFile(path)
    let array = try ArrayHeader(of: file)
    let names = names ?? (1..<max(array.columns, 1)).map { "x\($0)" } + ["y"]
    guard names.count == array.columns, Set(names).count == names.count, !names.contains("") else {
      throw InputError(
        .content, at: .init(file: path), found: "\(counted(array.columns, "column"))",
        expected: "as many different names, and not \(names.joined(separator: ","))")
    }
    let writer = try TileFileWriter(destination)
    var columns = names.map { _ in NumberColumn(writingTo: writer) }
    let wanted = names.indices.filter { reading.includes(names[$0]) }
    guard !wanted.isEmpty else {
      throw InputError(.content, at: .init(file: path), found: "no column left", expected: "at least one")
    }
    let stretch = array.isByColumns ? 1 << 16 : max(1, (1 << 20) / array.columns)
    for column in array.isByColumns ? wanted : [0] {
      for start in stride(from: 0, to: array.rows, by: stretch) {
        let rows = start..<min(array.rows, start + stretch)
        let first = array.isByColumns ? column * array.rows + start : start * array.columns
        let numbers = try array.numbers(
          of: file, first..<first + rows.count * (array.isByColumns ? 1 : array.columns))
        for (place, row) in rows.enumerated() {
          for column in array.isByColumns ? [column] : wanted {
            let number = numbers[array.isByColumns ? place : place * array.columns + column]
            guard !number.isInfinite else {
              throw InputError(
                .content, at: .init(file: path, column: names[column]),
                found: "an infinity in row \(row + 1)",
                expected: "a finite number")
            }
            columns[column].append(number)
          }
        }
        if let trouble = writer.trouble { throw trouble }
      }
    }
    let table = Table(columns: wanted.map { Column(name: names[$0], values: .numbers(columns[$0])) })
    try writer.finish(table)
    return (array.rows, wanted.count)
  }
}

/// The header of a NumPy array file, format 1.0 to 3.0.
private struct ArrayHeader {
  enum Element {
    case float, double, int8, int16, int32, int64, uint8, uint16, uint32

    var width: Int {
      switch self {
      case .int8, .uint8: 1
      case .int16, .uint16: 2
      case .float, .int32, .uint32: 4
      case .double, .int64: 8
      }
    }

    static let names: [String: Element] = [
      "<f4": .float, "<f8": .double, "|i1": .int8, "<i2": .int16, "<i4": .int32, "<i8": .int64,
      "|u1": .uint8, "|b1": .uint8, "<u2": .uint16, "<u4": .uint32,
    ]
  }

  let rows: Int
  let columns: Int
  /// Whether columns, and not rows, stand one after another.
  let isByColumns: Bool
  private let element: Element
  private let start: Int

  init(of file: TileFile) throws {
    func failure(_ found: String) -> InputError {
      InputError(
        .content, at: .init(file: file.path), found: found,
        expected: "a NumPy array of numbers in little-endian order, rows × columns")
    }
    guard file.length >= 12, let head = file.bytes(12, at: 0), head.starts(with: [0x93] + Array("NUMPY".utf8))
    else { throw failure("another file") }
    let isLong = head[6] >= 2
    let length =
      Int(head[8]) | Int(head[9]) << 8 | (isLong ? Int(head[10]) << 16 | Int(head[11]) << 24 : 0)
    start = (isLong ? 12 : 10) + length
    guard start <= file.length, let bytes = file.bytes(length, at: start - length) else {
      throw failure("a header cut short")
    }
    let text = String(decoding: bytes, as: UTF8.self)
    /// What stands behind a key, up to one of the ends.
    func value(of key: String, from opening: Character?, to ending: Character) -> Substring? {
      let parts = text.split(separator: "'\(key)':", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else { return nil }
      var rest = parts[1].drop { $0 == " " }
      if let opening {
        guard rest.first == opening else { return nil }
        rest = rest.dropFirst()
      }
      return rest.prefix { $0 != ending }
    }
    guard let description = value(of: "descr", from: "'", to: "'"),
      let element = Element.names[String(description)]
    else { throw failure("elements of another kind (\(value(of: "descr", from: nil, to: ",") ?? "none"))") }
    self.element = element
    isByColumns = value(of: "fortran_order", from: nil, to: ",") == "True"
    let sizes = (value(of: "shape", from: "(", to: ")") ?? "").split(separator: ",").map {
      Int($0.filter { $0 != " " })
    }
    guard (1...2).contains(sizes.count), let rows = sizes[0], let columns = sizes.count > 1 ? sizes[1] : 1,
      rows > 0, columns > 0, rows <= Int(Int32.max), columns <= 1_000_000
    else { throw failure("the shape (\(value(of: "shape", from: "(", to: ")") ?? ""))") }
    (self.rows, self.columns) = (rows, columns)
    let wanted = start + rows * columns * element.width
    guard file.length >= wanted else { throw failure("\(file.length) bytes of \(wanted)") }
  }

  /// Some of the elements, in the order of the file.
  func numbers(of file: TileFile, _ places: Range<Int>) throws -> [Double] {
    guard let bytes = file.bytes(places.count * element.width, at: start + places.lowerBound * element.width)
    else {
      throw file.trouble
        ?? InputError(.missing, at: .init(file: file.path), found: "no more bytes", expected: "an array")
    }
    return bytes.withUnsafeBytes { bytes in
      func read<Number>(_ number: (Number) -> Double) -> [Double] {
        (0..<places.count).map {
          number(bytes.loadUnaligned(fromByteOffset: $0 * element.width, as: Number.self))
        }
      }
      return switch element {
      case .float: read { (number: Float) in Double(number) }
      case .double: read { (number: Double) in number }
      case .int8: read { (number: Int8) in Double(number) }
      case .int16: read { (number: Int16) in Double(number) }
      case .int32: read { (number: Int32) in Double(number) }
      case .int64: read { (number: Int64) in Double(number) }
      case .uint8: read { (number: UInt8) in Double(number) }
      case .uint16: read { (number: UInt16) in Double(number) }
      case .uint32: read { (number: UInt32) in Double(number) }
      }
    }
  }
}
