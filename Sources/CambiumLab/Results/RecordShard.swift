internal import CambiumCore
internal import Foundation
internal import Synchronization

/// The records of one process, appended each with one flushed write, by any of its threads.
final class RecordShard: Sendable {
  static let prefix = "records."
  static let suffix = ".shard.jsonl"
  /// The machine's name, without the dots that part a shard's name.
  private static let host = ProcessInfo.processInfo.hostName.filter {
    $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-")
  }

  let path: String
  private let descriptor: Int32
  private let writing = Mutex(())

  /// Makes a shard that no other process writes to.
  ///
  /// - Throws: `InputError` of kind unwritable.
  init(in folder: String) throws {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw InputError(
        .unwritable, at: .init(file: folder), found: "a folder that cannot be made",
        expected: "a place for results")
    }
    let process = ProcessInfo.processInfo.processIdentifier
    // A process may run several experiments into one folder, and names of processes come again.
    for count in 0... {
      let name = "\(Self.prefix)\(Self.host).\(process).\(count)\(Self.suffix)"
      let path = "\(folder)/\(name)"
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

  /// Whether a shard is one of this machine whose process has ended.
  static func isAbandoned(_ path: String) -> Bool {
    let name = path.split(separator: "/").last.map(String.init) ?? ""
    let parts = name.dropFirst(prefix.count).dropLast(suffix.count).split(separator: ".")
    guard parts.count == 3, parts[0] == host, let process = pid_t(parts[1]) else { return false }
    return kill(process, 0) != 0 && errno == ESRCH
  }

  private static func unwritable(_ path: String) -> InputError {
    InputError(
      .unwritable, at: .init(file: path),
      found: "a file that cannot be written (\(String(cString: strerror(errno))))",
      expected: "a file to append records to")
  }
}
