internal import CambiumCore

/// The kinds of learner that files and commands know by name.
public struct LearnerCatalogue: Sendable {
  /// The kinds, in the order in which they are listed.
  public let kinds: [LearnerKind]

  /// A catalogue of the given kinds; their names differ.
  public init(_ kinds: [LearnerKind]) {
    precondition(Set(kinds.map(\.name)).count == kinds.count, "kinds of learner have names of their own")
    self.kinds = kinds
  }

  /// The kind of a name.
  ///
  /// - Throws: `InputError` of kind usage that names the near misses.
  public func kind(named name: String) throws -> LearnerKind {
    guard let kind = kinds.first(where: { $0.name == name }) else {
      throw InputError(
        .usage, found: "learner \"\(name)\"",
        expected: NearMiss.expectation("a learner", for: name, among: kinds.map(\.name)))
    }
    return kind
  }

  /// The catalogue with further kinds.
  public func adding(_ more: [LearnerKind]) -> LearnerCatalogue { LearnerCatalogue(kinds + more) }
}
