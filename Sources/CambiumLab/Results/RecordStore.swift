internal import CambiumCore
internal import Foundation

/// The records of an experiment, one JSON object a line, in its folder of results.
///
/// Each process or task that runs cells appends to a shard of its own, so that many can write without a lock, on one machine or on
/// several that share the folder; reading puts all together. A line is written at once and flushed to the disk: a process that
/// is killed leaves its last line cut short at most, which is passed over, and its cell is run again. At the end of a run its
/// shard is merged into `records.jsonl`, in the order of the experiment's cells, so that the file does not tell in how many
/// attempts or by how many processes it was made.
public struct RecordStore: Sendable {
  /// The folder.
  public let folder: String

  /// The store in a folder of results.
  public init(folder: String) { self.folder = folder }

  /// The file of all records but those of shards.
  public var path: String { "\(folder)/records.jsonl" }

  /// What a store holds.
  public struct Contents: Sendable {
    /// The records by identity; of several with one identity a result rather than a failure, else the last.
    public var records: [String: RunRecord] = [:]
    /// Lines that could not be read: damaged, or of another program.
    public var unreadable: [String] = []

    /// How many lines could not be read.
    public var unreadableLines: Int { unreadable.count }

    /// The records of the given identities in their order; then, where they are wanted, all others in the order of theirs.
    public func ordered(by identities: [String], includingOthers: Bool) -> [RunRecord] {
      let places = Dictionary(zip(identities, 0...), uniquingKeysWith: min)
      return records.values.filter { includingOthers || places[$0.identity] != nil }.sorted {
        (places[$0.identity] ?? .max, $0.identity) < (places[$1.identity] ?? .max, $1.identity)
      }
    }

    fileprivate mutating func take(_ record: RunRecord) {
      if let known = records[record.identity], known.failure == nil, record.failure != nil { return }
      records[record.identity] = record
    }
  }

  /// Reads all records; a folder without any holds none.
  ///
  /// - Throws: `InputError` of kind missing where a file is there but cannot be read.
  public func contents() throws -> Contents { try contents { _ in true } }

  /// Reads the file of all records, unless it is left out, and the shards of some.
  ///
  /// - Throws: `InputError` of kind missing where the file is there but cannot be read.
  func contents(includingMerged: Bool = true, shardsOf isWanted: (ShardOwner?) -> Bool) throws -> Contents {
    // Shards are read first: one that is merged meanwhile is then found in the file of all.
    let shards = shardPaths().filter { isWanted(RecordShard.owner(of: $0)) }.map {
      (try? Data(contentsOf: URL(fileURLWithPath: $0))) ?? Data()
    }
    var whole = Data()
    if includingMerged, FileManager.default.fileExists(atPath: path) {
      guard let data = FileManager.default.contents(atPath: path) else {
        throw InputError(
          .missing, at: .init(file: path), found: "no readable file", expected: "records of runs")
      }
      whole = data
    }
    var contents = Contents()
    for data in [whole] + shards { Self.read(data, into: &contents) }
    return contents
  }

  private static func read(_ data: Data, into contents: inout Contents) {
    let newline = UInt8(ascii: "\n")
    let lines = data.split(separator: newline)
    let decoder = decoder()
    for (index, line) in lines.enumerated() {
      if let record = try? decoder.decode(RunRecord.self, from: Data(line)),
        record.identity == Fingerprint.of(record.conditions.canonicalText)
      {
        contents.take(record)
      } else if index < lines.count - 1 || data.last == newline {
        contents.unreadable.append(String(decoding: line, as: UTF8.self))
      }
    }
  }

  /// Opens a new shard for appending; makes the folder where there is none.
  ///
  /// - Throws: `InputError` of kind unwritable.
  func shard() throws -> RecordShard { try RecordShard(in: folder) }

  /// Merges all shards into the file of all records, and removes those of owners that write no more.
  ///
  /// Whoever merges holds a lock on the folder. Where the file system has no locks, shards stay as they are: they are read all
  /// the same.
  ///
  /// - Parameters:
  ///   - shard: The shard of this process, which writes no more; nil where it has none.
  ///   - identities: The order in which records are to stand; others follow in the order of their identities.
  ///   - isEnded: Whether an owner has ended; by default it has where it is a process that this machine no longer has.
  /// - Throws: `InputError` of kind unwritable.
  func merge(
    _ shard: RecordShard?, inOrderOf identities: [String],
    isEnded: (ShardOwner) -> Bool = { $0.isEndedProcess }
  ) throws {
    guard let lock = FolderLock(folder) else { return }
    defer { lock.release() }
    let ended = shardPaths().filter { path in
      path == shard?.path || RecordShard.owner(of: path).map(isEnded) ?? false
    }
    let contents = try contents()
    let records = contents.ordered(by: identities, includingOthers: true)
    var unreadable: [String] = []
    for line in contents.unreadable where !unreadable.contains(line) { unreadable.append(line) }
    var data = records.reduce(into: Data()) { $0 += Self.line(of: $1) }
    data += Data(unreadable.map { $0 + "\n" }.joined().utf8)
    do {
      if data != FileManager.default.contents(atPath: path) {
        try data.write(to: URL(fileURLWithPath: path), options: .atomic)
      }
      for path in ended { try FileManager.default.removeItem(atPath: path) }
    } catch {
      throw InputError(
        .unwritable, at: .init(file: path), found: "a file that cannot be written",
        expected: "a place for all records; they are kept in \(shard?.path ?? "the shards beside it")")
    }
  }

  /// Does what no two processes should do at once; makes the folder where there is none.
  ///
  /// Where the file system has no locks, it is done all the same. Merging meanwhile would wait for ever.
  ///
  /// - Throws: `InputError` of kind unwritable, and what `body` throws.
  public func whileLocked<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw InputError(
        .unwritable, at: .init(file: folder), found: "a folder that cannot be made",
        expected: "a place for results")
    }
    let lock = FolderLock(folder)
    defer { lock?.release() }
    return try body()
  }

  /// Whether a process of this machine left a shard behind when it ended.
  var hasAbandonedShards: Bool {
    shardPaths().contains { RecordShard.owner(of: $0)?.isEndedProcess ?? false }
  }

  private func shardPaths() -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasPrefix(RecordShard.prefix) && $0.hasSuffix(RecordShard.suffix) }.sorted()
      .map { "\(folder)/\($0)" }
  }

  /// A record as it stands in a file, its newline included.
  static func line(of record: RunRecord) -> Data {
    guard let line = try? encoder().encode(record) else {
      preconditionFailure("a record can always be encoded")
    }
    return line + Data([UInt8(ascii: "\n")])
  }

  /// Numbers that are not finite become words; records themselves hold none but in histories of rounds.
  static func encoder() -> JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    return encoder
  }

  /// Reads what ``encoder()`` writes.
  static func decoder() -> JSONDecoder {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    return decoder
  }
}
