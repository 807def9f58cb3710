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
  /// Writes `bytes` to `path`: into a new file beside it that then takes its name. What is not a regular file
  /// (a terminal, a pipe) is written to directly. Throws an `InputError` of the kind `unwritable`.
  public static func write(_ bytes: [UInt8], to path: String) throws {
    let target = resolved(path)
    guard isReplaceable(target) else { return try writeDirectly(bytes, to: path) }
    let temporary = "\(target).\(getpid()).tmp"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw trouble(path) }
    guard writeAll(bytes, to: descriptor), fsync(descriptor) == 0 else {
      let error = trouble(path)
      close(descriptor)
      unlink(temporary)
      throw error
    }
    guard close(descriptor) == 0, rename(temporary, target) == 0 else {
      let error = trouble(path)
      unlink(temporary)
      throw error
    }
  }

  /// Throws at once where ``write(_:to:)`` would fail for want of a folder or of permission, so that nobody
  /// waits for a result that cannot be kept.
  public static func check(_ path: String) throws {
    guard !path.isEmpty else {
      throw InputError(.unwritable, found: "an empty path", expected: "a file's name")
    }
    let target = resolved(path)
    guard isReplaceable(target) else {
      guard access(path, W_OK) == 0 else { throw trouble(path) }
      return
    }
    if isDirectory(target) {
      throw InputError(.unwritable, at: .init(file: path), found: "a folder", expected: "a file's name")
    }
    guard access(folder(of: target), W_OK | X_OK) == 0 else { throw trouble(path) }
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

  private static func writeDirectly(_ bytes: [UInt8], to path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw trouble(path) }
    defer { close(descriptor) }
    guard writeAll(bytes, to: descriptor) else { throw trouble(path) }
  }

  /// The path behind links, so that a link stays a link.
  private static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  /// True where there is nothing yet, or a regular file or a folder (which then fails with its own reason).
  private static func isReplaceable(_ path: String) -> Bool {
    mode(path).map { $0 & S_IFMT == S_IFREG || $0 & S_IFMT == S_IFDIR } ?? true
  }

  private static func isDirectory(_ path: String) -> Bool {
    mode(path).map { $0 & S_IFMT == S_IFDIR } ?? false
  }

  private static func mode(_ path: String) -> mode_t? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode : nil
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func trouble(_ path: String) -> InputError {
    InputError(
      .unwritable, at: .init(file: path), found: String(cString: strerror(errno)).lowercased(),
      expected: "a file that can be written")
  }
}

private func systemWrite(_ descriptor: Int32, _ base: UnsafeRawPointer, _ count: Int) -> Int {
  write(descriptor, base, count)
}
