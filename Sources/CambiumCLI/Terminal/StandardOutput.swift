import CambiumExport

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Where data goes.
enum StandardOutput {
  /// Standard output could not be written to.
  struct Failure: Error {
    /// The system's reason.
    let reason: String
    /// The reader has gone: nobody wants to hear of it.
    let isBrokenPipe: Bool
  }

  /// Writes all of `text`.
  static func write(_ text: String) throws { try write(Array(text.utf8)) }

  /// Writes all of `bytes`.
  static func write(_ bytes: [UInt8]) throws {
    guard FileWriting.writeAll(bytes, to: STDOUT_FILENO) else {
      throw Failure(reason: String(cString: strerror(errno)), isBrokenPipe: errno == EPIPE)
    }
  }
}
