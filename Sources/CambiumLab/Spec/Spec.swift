/// A spec that a file can hold.
///
/// Its encoding lists every legal key with its default, so it has no optional properties; choices are enums
/// that are encoded as text, parts are structs that are encoded as mappings.
public protocol Spec: Codable, Sendable {
  /// The defaults.
  init()
  /// Checks every value's range.
  ///
  /// - Throws: `InputError` whose column is the key path of the value that is out of range.
  func validate() throws
}
