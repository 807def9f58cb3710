internal import CambiumCore
internal import Foundation

/// The records of an experiment: `records.jsonl` in its folder of results, one JSON object a line.
///
/// Lines are only ever appended, each by one write that is flushed to the disk. A process that is killed can
/// leave its last line cut short, no more: such a line is passed over, and its cell is run again.
public struct RecordStore: Sendable {
  /// The file.
  public let path: String

  /// The store in a folder of results.
  public init(folder: String) { path = "\(folder)/records.jsonl" }

  /// What a store holds.
  public struct Contents: Sendable {
    /// The records by identity; of several with one identity the last.
    public var records: [String: RunRecord] = [:]
    /// How many lines could not be read.
    public var unreadableLines = 0
  }

  /// Reads all records; an absent file holds none.
  ///
  /// - Throws: `InputError` of kind missing where the file is there but cannot be read.
  public func contents() throws -> Contents {
    guard FileManager.default.fileExists(atPath: path) else { return Contents() }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw InputError(
        .missing, at: .init(file: path), found: "no readable file", expected: "records of runs")
    }
    var contents = Contents()
    let decoder = Self.decoder()
    for line in data.split(separator: UInt8(ascii: "\n")) {
      guard let record = try? decoder.decode(RunRecord.self, from: Data(line)),
        record.identity == Fingerprint.of(record.conditions.canonicalText)
      else {
        contents.unreadableLines += 1
        continue
      }
      contents.records[record.identity] = record
    }
    return contents
  }

  /// Opens the store for appending; makes its folder where there is none.
  ///
  /// - Throws: `InputError` of kind unwritable.
  func writer() throws -> RecordWriter { try RecordWriter(path: path) }

  /// Numbers that are not finite become words; records themselves hold none but in histories of rounds.
  static func encoder() -> JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    return encoder
  }

  private static func decoder() -> JSONDecoder {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    return decoder
  }
}

/// Appends records to a file, each with one flushed write.
final class RecordWriter {
  private let path: String
  private let descriptor: Int32

  init(path: String) throws {
    self.path = path
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw InputError(
        .unwritable, at: .init(file: folder.path), found: "a folder that cannot be made",
        expected: "a place for results")
    }
    let endsInside = Self.lastByte(of: path).map { $0 != UInt8(ascii: "\n") } ?? false
    descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Self.unwritable(path) }
    // A line that a kill cut short must not run into the next one.
    if endsInside { try write([UInt8(ascii: "\n")]) }
  }

  deinit { close(descriptor) }

  func append(_ record: RunRecord) throws {
    guard let line = try? RecordStore.encoder().encode(record) else {
      preconditionFailure("a record can always be encoded")
    }
    try write(Array(line) + [UInt8(ascii: "\n")])
  }

  private func write(_ bytes: [UInt8]) throws {
    var start = 0
    while start < bytes.count {
      let written = bytes[start...].withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { throw Self.unwritable(path) }
      start += written
    }
    // Some file systems know no flush; the line is then as safe as they make it.
    _ = fsync(descriptor)
  }

  private static func lastByte(of path: String) -> UInt8? {
    guard let handle = FileHandle(forReadingAtPath: path), let end = try? handle.seekToEnd(), end > 0 else {
      return nil
    }
    try? handle.seek(toOffset: end - 1)
    return try? handle.readToEnd()?.first
  }

  private static func unwritable(_ path: String) -> InputError {
    InputError(
      .unwritable, at: .init(file: path),
      found: "a file that cannot be written (\(String(cString: strerror(errno))))",
      expected: "a file to append records to")
  }
}
