import Foundation

/// JSON for other programs, on standard output.
enum JSONOutput {
  /// Prints one object, its keys sorted.
  static func write(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try StandardOutput.write(String(decoding: encoder.encode(value), as: UTF8.self) + "\n")
  }
}
