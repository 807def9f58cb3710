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
  static func write(_ text: String) throws {
    guard FileWriting.writeAll(Array(text.utf8), to: STDOUT_FILENO) else {
      throw Failure(reason: String(cString: strerror(errno)), isBrokenPipe: errno == EPIPE)
    }
  }
}
