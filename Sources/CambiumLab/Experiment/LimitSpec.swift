internal import CambiumCore

/// What ends a single run: its record is then a failure that says so, and the other runs go on.
///
/// Limits decide no result, so that they are no part of a cell's identity. They hold where runs have processes of their own.
public struct LimitSpec: Codable, Sendable, Equatable {
  /// The seconds after which a run is ended; 0 for no limit.
  public var seconds = 0.0
  /// The megabytes of memory that a run may ask for; 0 for no limit.
  public var megabytes = 0

  /// No limits.
  public init() {}

  func validate() throws {
    try require(seconds, in: 0...1e9, "seconds")
    try require(megabytes, in: 0...1_000_000_000, "megabytes")
  }
}
