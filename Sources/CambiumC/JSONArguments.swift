internal import CambiumCore
internal import CambiumExport

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Values that cross the interface as JSON.
enum JSONArguments {
  /// The value of a text.
  ///
  /// - Throws: `InputError` with the key path that is at fault.
  static func decode<Value: Decodable>(
    _ type: Value.Type, from text: String, named name: String
  ) throws -> Value {
    try JSONText.decode(type, from: Array(text.utf8), file: name)
  }

  /// A value as JSON, its keys sorted.
  static func text(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}
