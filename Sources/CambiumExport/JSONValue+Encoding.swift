public import CambiumPrediction

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

extension JSONValue {
  /// What `value` looks like as JSON; throws where it cannot be written so (a number that is not finite).
  public init(encoding value: some Encodable) throws {
    self = try JSONText.decode(JSONValue.self, from: [UInt8](JSONEncoder().encode(value)), file: nil)
  }
}
