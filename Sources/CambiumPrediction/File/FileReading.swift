/// Reads whole files.
public enum FileReading {
  /// The bytes of a file or a pipe.
  ///
  /// - Throws: `InputError`: of kind missing where it cannot be read, of kind content where it is longer than
  ///   `limit` bytes.
  public static func bytes(of path: String, atMost limit: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    try forEachChunk(ofFile: path) { chunk in
      bytes += chunk
      return bytes.count <= limit
    }
    guard bytes.count <= limit else {
      throw InputError(
        .content, at: .init(file: path), found: "more than \(limit >> 20) MiB", expected: "a smaller file")
    }
    return bytes
  }
}
