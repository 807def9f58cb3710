internal import CambiumCore
internal import Foundation
internal import Synchronization

/// The records of one process or task, appended each with one flushed write, by any of its threads.
final class RecordShard: Sendable {
  static let prefix = "records."
  static let suffix = ".shard.jsonl"

  let path: String
  private let descriptor: Int32
  private let writing = Mutex(())

  /// Makes a shard that nobody else writes to.
  ///
  /// - Parameters:
  ///   - folder: The folder of results, made where there is none.
  ///   - owner: Who writes to it.
  ///   - start: How often the owner has been started before, so that no start takes up the file of another.
  /// - Throws: `InputError` of kind unwritable.
  init(in folder: String, of owner: ShardOwner = .thisProcess, start: Int = 0) throws {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw InputError(
        .unwritable, at: .init(file: folder), found: "a folder that cannot be made",
        expected: "a place for results")
    }
    // A process may run several experiments into one folder, and names of processes come again.
    for count in start... {
      let path = "\(folder)/\(Self.prefix)\(owner.name).\(count)\(Self.suffix)"
      let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
      if descriptor < 0, errno == EEXIST { continue }
      guard descriptor >= 0 else { throw Self.unwritable(path) }
      self.path = path
      self.descriptor = descriptor
      return
    }
    preconditionFailure("whole numbers do not end")
  }

  deinit { close(descriptor) }

  func append(_ record: RunRecord) throws {
    let bytes = [UInt8](RecordStore.line(of: record))
    try writing.withLock { _ in try write(bytes) }
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

  /// Who writes to a shard, by its path; nil where the file is none.
  static func owner(of path: String) -> ShardOwner? {
    let name = path.split(separator: "/").last.map(String.init) ?? ""
    guard name.hasPrefix(prefix), name.hasSuffix(suffix), name.count > prefix.count + suffix.count else {
      return nil
    }
    let parts = name.dropFirst(prefix.count).dropLast(suffix.count).split(
      separator: ".", omittingEmptySubsequences: false)
    guard Int(parts.last ?? "") != nil else { return nil }
    return ShardOwner(name: parts.dropLast().joined(separator: "."))
  }

  private static func unwritable(_ path: String) -> InputError {
    InputError(
      .unwritable, at: .init(file: path),
      found: "a file that cannot be written (\(String(cString: strerror(errno))))",
      expected: "a file to append records to")
  }
}
