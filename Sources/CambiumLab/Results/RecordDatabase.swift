internal import CSQLite
internal import CambiumCore
internal import Foundation

/// Records as an SQLite database, for those who query them: a table `runs` with a column for each name of ``RecordRow``, and a
/// table `rounds` with the history of grown networks.
public enum RecordDatabase {
  /// Writes records to a file, all or not at all; a file that is there is replaced.
  ///
  /// - Parameters:
  ///   - records: The records.
  ///   - path: The file.
  /// - Throws: `InputError` of kind unwritable.
  public static func write(_ records: [RunRecord], to path: String) throws {
    let temporary = "\(path).\(ProcessInfo.processInfo.processIdentifier)"
    do {
      try fill(temporary, with: records)
    } catch let error as Trouble {
      unlink(temporary)
      throw InputError(
        .unwritable, at: .init(file: path), found: "a database that cannot be written (\(error.message))",
        expected: "a file for a database")
    }
    guard rename(temporary, path) == 0 else {
      unlink(temporary)
      throw InputError(
        .unwritable, at: .init(file: path), found: "a file that cannot be replaced",
        expected: "a file for a database")
    }
  }

  private static func fill(_ path: String, with records: [RunRecord]) throws {
    let connection = try Connection(path)
    let rows = records.map(RecordRow.init)
    let names = RecordRow.names(of: rows, includingSettings: true)
    try connection.execute("BEGIN")
    // At most 2000 columns fit an SQLite table; specs have far fewer keys.
    try connection.create("runs", columns: names)
    try connection.insert(
      into: "runs", rows.map { row in names.map { row.values[$0] ?? .nothing } }, width: names.count)
    let history = [
      "identity", "round", "unit", "activation", "connections", "pruned", "candidates", "coverage",
      "trainError",
      "validationError", "seconds",
    ]
    try connection.create("rounds", columns: history)
    try connection.insert(into: "rounds", records.flatMap(rounds), width: history.count)
    try connection.execute("COMMIT")
  }

  /// One row for each unit that was kept.
  private static func rounds(of record: RunRecord) -> [[SpecTree]] {
    (record.result?.report.rounds ?? []).flatMap { round in
      round.kept.enumerated().map { index, kept in
        [
          .text(record.identity), .integer(round.index), .integer(index + 1), .text(kept.activation.rawValue),
          .integer(kept.connections), .integer(kept.pruned), .integer(round.candidates),
          .number(round.coverage),
          .number(round.trainError), round.validationError.map { .number($0) } ?? .nothing,
          .number(round.seconds),
        ]
      }
    }
  }

  private struct Trouble: Error {
    let message: String
  }

  private final class Connection {
    private var handle: OpaquePointer?

    init(_ path: String) throws {
      unlink(path)
      guard sqlite3_open(path, &handle) == SQLITE_OK else { throw trouble }
    }

    deinit { sqlite3_close(handle) }

    var trouble: Trouble { Trouble(message: String(cString: sqlite3_errmsg(handle))) }

    func execute(_ statement: String) throws {
      guard sqlite3_exec(handle, statement, nil, nil, nil) == SQLITE_OK else { throw trouble }
    }

    func create(_ table: String, columns: [String]) throws {
      let names = columns.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ", ")
      try execute("CREATE TABLE \(table) (\(names))")
    }

    func insert(into table: String, _ rows: [[SpecTree]], width: Int) throws {
      var statement: OpaquePointer?
      let places = Array(repeating: "?", count: width).joined(separator: ", ")
      guard
        sqlite3_prepare_v2(handle, "INSERT INTO \(table) VALUES (\(places))", -1, &statement, nil)
          == SQLITE_OK
      else { throw trouble }
      defer { sqlite3_finalize(statement) }
      for row in rows {
        for (index, value) in row.enumerated() { try bind(value, at: Int32(index + 1), of: statement) }
        guard sqlite3_step(statement) == SQLITE_DONE else { throw trouble }
        sqlite3_reset(statement)
      }
    }

    private func bind(_ value: SpecTree, at place: Int32, of statement: OpaquePointer?) throws {
      let status: Int32
      switch value {
      case .nothing: status = sqlite3_bind_null(statement, place)
      case .boolean(let value): status = sqlite3_bind_int64(statement, place, value ? 1 : 0)
      case .integer(let value): status = sqlite3_bind_int64(statement, place, Int64(value))
      case .number(let value): status = sqlite3_bind_double(statement, place, value)
      default:
        // −1 stands for SQLITE_TRANSIENT: SQLite makes a copy of the text.
        status = sqlite3_bind_text(
          statement, place, value.asText ?? "", -1, unsafeBitCast(-1, to: sqlite3_destructor_type.self))
      }
      guard status == SQLITE_OK else { throw trouble }
    }
  }
}
