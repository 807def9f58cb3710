internal import CambiumCore

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Writes whole files: a reader finds the old content or the new, never a part.
public enum FileWriting {
  /// Writes `bytes` to `path`: into a new file beside it that then takes its name, and the permissions of the file
  /// that had it. Links are followed. What is not a plain file (a terminal, a pipe), or is open already as
  /// standard output is, is written to directly. Throws an `InputError` of the kind `unwritable`.
  public static func write(_ bytes: [UInt8], to path: String) throws {
    try check(path)
    let place = FilePlace(path)
    if let descriptor = place.descriptor {
      guard writeAll(bytes, to: descriptor) else { throw trouble(path) }
    } else if place.isReplaceable {
      try replace(place, by: bytes)
    } else {
      let descriptor = open(path, O_WRONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw trouble(path) }
      defer { close(descriptor) }
      guard writeAll(bytes, to: descriptor) else { throw trouble(path) }
    }
  }

  /// Throws at once where ``write(_:to:)`` would fail for want of a folder or of permission, so that nobody
  /// waits for a result that cannot be kept; and, as an error of usage, where `path` is one of the files that
  /// are `read`, which the result would replace.
  public static func check(_ path: String, reading read: [String] = []) throws {
    guard !path.isEmpty else {
      throw InputError(.unwritable, found: "an empty path", expected: "a file's name")
    }
    let place = FilePlace(path)
    guard !place.isFolder else {
      throw InputError(.unwritable, at: .init(file: path), found: "a folder", expected: "a file's name")
    }
    if let input = read.first(where: { place.isSame(as: FilePlace($0)) }) {
      throw InputError(
        .usage, at: .init(file: path),
        found: "the name of a file that is read\(input == path ? "" : ", \(input)")",
        expected: "another file to write to")
    }
    guard place.trouble == 0 else { throw trouble(path, place.trouble) }
    guard place.descriptor == nil else { return }
    guard place.isWritable else { throw trouble(path) }
    if place.isReplaceable, access(FilePlace.folder(of: place.destination), W_OK | X_OK) != 0 {
      throw trouble(path)
    }
  }

  /// Writes all bytes to an open file; false where the system refuses, with the reason in `errno`.
  public static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while let base = UnsafeRawBufferPointer(rebasing: rest).baseAddress, !rest.isEmpty {
        let count = systemWrite(descriptor, base, rest.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return false }
        rest = rest.dropFirst(count)
      }
      return true
    }
  }

  private static func replace(_ place: FilePlace, by bytes: [UInt8]) throws {
    let destination = place.destination
    let (descriptor, temporary) = newFile(in: FilePlace.folder(of: destination))
    guard descriptor >= 0 else { throw trouble(place.path) }
    let isWritten =
      writeAll(bytes, to: descriptor) && fsync(descriptor) == 0
      && place.permissions.map { fchmod(descriptor, $0) == 0 } ?? true
    let reason = errno
    guard close(descriptor) == 0, isWritten, rename(temporary, destination) == 0 else {
      let error = trouble(place.path, isWritten ? errno : reason)
      unlink(temporary)
      throw error
    }
  }

  /// Opens a new file whose short name nobody else has; a descriptor below 0 where that fails.
  private static func newFile(in folder: String) -> (descriptor: Int32, path: String) {
    var attempt = 0
    while true {
      let path = "\(folder)/.\(getpid())-\(attempt).tmp"
      let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      guard descriptor < 0, errno == EEXIST else { return (descriptor, path) }
      attempt += 1
    }
  }

  private static func trouble(_ path: String, _ reason: Int32 = errno) -> InputError {
    InputError(
      .unwritable, at: .init(file: path), found: String(cString: strerror(reason)).lowercased(),
      expected: "a file that can be written")
  }
}

private func systemWrite(_ descriptor: Int32, _ base: UnsafeRawPointer, _ count: Int) -> Int {
  write(descriptor, base, count)
}
