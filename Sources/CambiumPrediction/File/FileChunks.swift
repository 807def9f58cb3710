#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Hands a file's bytes to `body` in chunks, in order, until it returns false; never holds more than one chunk.
///
/// - Throws: `InputError` of kind `missing` where the file is not there, is a directory, or cannot be read.
package func forEachChunk(
  ofFile path: String, size: Int = 1 << 20, _ body: (UnsafeRawBufferPointer) throws -> Bool
) throws {
  func failure(_ found: String) -> InputError {
    InputError(.missing, at: InputLocation(file: path), found: found, expected: "a readable file")
  }
  // A NUL would cut the path short, and another file would be read.
  guard !path.utf8.contains(0) else { throw failure("no such file") }
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else {
    throw failure(errno == ENOENT ? "no such file" : String(cString: strerror(errno)).lowercased())
  }
  defer { close(descriptor) }
  var information = stat()
  guard fstat(descriptor, &information) == 0 else { throw failure("a file without a status") }
  guard information.st_mode & S_IFMT != S_IFDIR else { throw failure("a directory") }

  let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
  defer { buffer.deallocate() }
  while true {
    let count = try fill(buffer, from: descriptor, orThrow: failure)
    guard count > 0, try body(UnsafeRawBufferPointer(rebasing: buffer[0..<count])) else { return }
  }
}

/// Reads until the buffer is full or the file ends; pipes give less than asked for at a time.
private func fill(
  _ buffer: UnsafeMutableRawBufferPointer, from descriptor: Int32, orThrow failure: (String) -> InputError
) throws -> Int {
  var filled = 0
  while filled < buffer.count {
    let count = read(descriptor, buffer.baseAddress?.advanced(by: filled), buffer.count - filled)
    if count < 0, errno == EINTR { continue }
    guard count >= 0 else { throw failure(String(cString: strerror(errno)).lowercased()) }
    guard count > 0 else { break }
    filled += count
  }
  return filled
}
