import Foundation
import Testing

@testable import CambiumCore

/// A tile file holds what the table holds that it was made of, and says so where it does not.
@Suite struct TileFileTests {
  private final class Folder {
    let url = FileManager.default.temporaryDirectory.appending(path: "cambium-tiles-\(UUID().uuidString)")
    init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(at: url) }
    func path(_ name: String) -> String { url.appending(path: name).path() }
    func write(_ name: String, _ bytes: some Sequence<UInt8>) throws -> String {
      try Data(bytes).write(to: url.appending(path: name))
      return path(name)
    }
  }

  private static let rowCount = 2 * NumberColumn.blockRows + 100

  /// Numbers of every form, with gaps; a column that begins with gaps; texts; whole numbers with odd spellings.
  private static let text: String = {
    let values = KernelSamples.numbers(rowCount, "tile file")
    let lines = (0..<rowCount).map { row in
      let late = row < 5000 ? "" : "\(row)"
      let word = row % 7 == 0 ? "" : ["elm", "\"ash, grey\"", "oak"][row % 3]
      return
        "\(row % 100 == 3 ? "NA" : "\(values[row])"),\(row % 1000),\(Float(values[row])),\(late),\(word),0\(row % 9)"
    }
    return "any,small,single,late,tree,code\n" + lines.joined(separator: "\n") + "\n"
  }()

  private func converted(_ folder: Folder) throws -> (table: Table, file: Table, path: String) {
    let csv = try folder.write("data.csv", Self.text.utf8)
    let path = folder.path("data.cbm")
    let size = try Table.convert(csv, to: path)
    #expect(size.rows == Self.rowCount && size.columns == 6)
    return (try Table.read(csv), try Table.read(path), path)
  }

  @Test func cellsAndTheirFingerprintComeBack() throws {
    let folder = try Folder()
    let (table, file, path) = try converted(folder)
    #expect(file.columnNames == table.columnNames && file.rowCount == table.rowCount)
    #expect(file.csv() == table.csv())
    #expect(file.fingerprint == table.fingerprint)
    #expect(try file.column(named: "code").text(ofRow: 4) == "04")
    // As texts, and with a column passed over.
    let reading = ColumnReading(ignored: ["any"], texts: ["small", "code"])
    let other = try Table.read(path, as: reading)
    let same = try Table.read(folder.path("data.csv"), as: reading)
    #expect(other.csv() == same.csv() && other.fingerprint == same.fingerprint)
    let rows = [8000, 3, 3, 4096, 0, 8291]
    #expect(file.selecting(rows: rows).csv() == table.selecting(rows: rows).csv())
    // Only whole files have the name.
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path()).count == 2)
  }

  @Test func encodedInputsAndTargetsAreThoseOfTheTable() throws {
    let folder = try Folder()
    let (table, file, _) = try converted(folder)
    let ignored = ["late"]
    let fits = try [table, file].map { try Preprocessing.fit(to: $0, targets: ["single"], ignoring: ignored) }
    #expect(fits[0].preprocessing == fits[1].preprocessing && fits[0].notes == fits[1].notes)
    let data = try zip([table, file], fits).map { try $1.preprocessing.dataset(from: $0) }
    #expect(data[0].features == data[1].features && data[0].targets == data[1].targets)
    let lazy = try fits[1].preprocessing.inputs(from: file, largestMatrixCount: 0)
    #expect(!lazy.isMatrix && lazy.matrix == data[0].features)
    let some = [5, 9000 % Self.rowCount, 4095, 4096, 7]
    #expect(lazy.selecting(some).matrix == data[0].features.selectingRows(some))
    for j in 0..<lazy.columnCount {
      #expect(lazy.column(j, rows: some) == some.map { data[0].features[$0, j] })
    }
  }

  @Test func aFileThatIsNotWholeOrNotOursSaysSo() throws {
    let folder = try Folder()
    let (_, _, path) = try converted(folder)
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
    func expect(_ found: String, _ change: (inout [UInt8]) -> Void) throws {
      var changed = bytes
      change(&changed)
      let other = try folder.write("other.cbm", changed)
      expectInputError(file: other, found: found) { try Table.read(other) }
    }
    try expect("cut short") { $0.removeLast(9) }
    try expect("cut short") { $0.removeLast($0.count / 2) }
    try expect("no header") { $0.removeLast($0.count - 50) }
    try expect("other byte order") { $0.replaceSubrange(8..<12, with: [1, 2, 3, 4]) }
    try expect("version 9") { $0[12] = 9 }
    try expect("did not end") { $0.replaceSubrange(24..<32, with: [UInt8](repeating: 0, count: 8)) }
    try expect("damaged directory") { $0[$0.count - 20] ^= 1 }
    try expect("damaged header") { $0[16 + 7] = 0x7F }
    expectInputError(.missing, file: folder.path("none.cbm"), found: "no such file") {
      try Table.read(folder.path("none.cbm"))
    }
    expectInputError(.unwritable, file: "/nowhere/x.cbm", found: "no such") {
      try Table.convert(folder.path("data.csv"), to: "/nowhere/x.cbm")
    }
  }

  /// Whatever a file says, reading it is an answer or an error.
  @Test func changedBytesDoNoHarm() throws {
    let folder = try Folder()
    let csv = try folder.write(
      "data.csv", Self.text.split(separator: "\n").prefix(40).joined(separator: "\n").utf8)
    let path = folder.path("data.cbm")
    _ = try Table.convert(csv, to: path)
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
    let generator = RandomStream(seed: 1).generator()
    for _ in 0..<2000 {
      var changed = bytes
      for _ in 0...generator.index(below: 3) {
        changed[generator.index(below: changed.count)] = UInt8(generator.index(below: 256))
      }
      let other = try folder.write("other.cbm", changed)
      if let table = try? Table.read(other) { _ = table.csv() }
    }
  }

  @Test func aFileCutShortWhileItIsReadRemembersWhy() throws {
    let folder = try Folder()
    let (_, file, path) = try converted(folder)
    #expect(file.tileFile?.trouble == nil)
    try FileHandle(forWritingTo: URL(filePath: path)).truncate(atOffset: 200)
    _ = file.csv()
    #expect(file.tileFile?.trouble?.found == "a file cut short")
  }

  /// Reference: what numpy.save writes, byte by byte (format 1.0).
  @Test(arguments: [false, true])
  func arraysOfNumPyAreTables(isByColumns: Bool) throws {
    let folder = try Folder()
    let (rows, columns) = (5000, 3)
    let values = KernelSamples.numbers(rows * columns, "array").map { Float($0) }
    var header =
      "{'descr': '<f4', 'fortran_order': \(isByColumns ? "True" : "False"), 'shape': (\(rows), \(columns)), }"
    while (10 + header.utf8.count + 1) % 64 != 0 { header += " " }
    header += "\n"
    var bytes: [UInt8] =
      [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8)
    values.withUnsafeBytes { bytes += $0 }
    let array = try folder.write("data.npy", bytes)
    let path = folder.path("data.cbm")
    let size = try Table.convert(array: array, names: nil, to: path)
    #expect(size.rows == rows && size.columns == columns)
    let table = try Table.read(path)
    #expect(table.columnNames == ["x1", "x2", "y"])
    for (j, name) in table.columnNames.enumerated() {
      let wanted = (0..<rows).map { Double(values[isByColumns ? j * rows + $0 : $0 * columns + j]) }
      #expect(try table.numbers(name) == wanted)
    }
    let short = try folder.write("short.npy", bytes.dropLast(4))
    expectInputError(file: short, found: "bytes of") { try Table.convert(array: short, names: nil, to: path) }
    expectInputError(file: array, found: "3 columns") {
      try Table.convert(array: array, names: ["a"], to: path)
    }
  }
}
