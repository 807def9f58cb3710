internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// A table in a binary file, `DATA.cbm`, that is read block by block, so that it may be larger than the memory.
///
/// A header of 64 bytes; then blocks, each of up to 4096 numbers of one column as ``NumberBlock`` keeps them, those of
/// one stretch of rows side by side; then the directory: the columns, and where each of their blocks lies and how its numbers
/// are kept. docs/tile-files.md describes it byte by byte. Numbers come back to the same bits. Blocks are read
/// when they are asked for, and not mapped: what is resident is then what is in use, and a file that is cut short while
/// it is read is an error and not the end of the program.
package final class TileFile: Sendable {
  /// Its path as the user wrote it.
  package let path: String
  private let descriptor: Int32
  private let firstTrouble = Mutex<InputError?>(nil)

  /// Opens a file for reading.
  ///
  /// - Throws: `InputError` of kind missing.
  package init(_ path: String) throws {
    guard !path.utf8.contains(0) else {
      throw InputError(.missing, at: .init(file: path), found: "no such file", expected: "a tile file")
    }
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw InputError(
        .missing, at: .init(file: path),
        found: errno == ENOENT ? "no such file" : String(cString: strerror(errno)).lowercased(),
        expected: "a readable file")
    }
  }

  deinit { close(descriptor) }

  /// Whether that is a plain file: to open a pipe would take from its reader.
  package static func isPlain(_ path: String) -> Bool {
    var information = stat()
    return !path.utf8.contains(0) && stat(path, &information) == 0 && information.st_mode & S_IFMT == S_IFREG
  }

  /// What went wrong first while the file was read; nil where nothing did. What was learned from it then is worth nothing.
  package var trouble: InputError? { firstTrouble.withLock { $0 } }

  /// The bytes in the file.
  package var length: Int {
    var information = stat()
    return fstat(descriptor, &information) == 0 ? Int(information.st_size) : 0
  }

  /// Reads bytes from a place in the file; false, and ``trouble``, where that fails.
  func read(_ buffer: UnsafeMutableRawBufferPointer, at offset: Int) -> Bool {
    var filled = 0
    while filled < buffer.count {
      let count = pread(
        descriptor, buffer.baseAddress.map { $0 + filled }, buffer.count - filled, off_t(offset + filled))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let found = count == 0 ? "a file cut short" : String(cString: strerror(errno)).lowercased()
        note(
          InputError(.missing, at: .init(file: path), found: found, expected: "\(buffer.count) more bytes"))
        return false
      }
      filled += count
    }
    return true
  }

  private func note(_ error: InputError) { firstTrouble.withLock { $0 = $0 ?? error } }

  /// The bytes of a stretch of the file; nil where they cannot be read.
  package func bytes(_ count: Int, at offset: Int) -> [UInt8]? {
    var isRead = false
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, written in
      isRead = read(UnsafeMutableRawBufferPointer(buffer), at: offset)
      written = isRead ? count : 0
    }
    return isRead ? bytes : nil
  }
}
