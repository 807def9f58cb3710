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

  /// What stands before a learner's name where a committee of it is meant.
  public static let committeePrefix = "committee:"
  /// The same, where the members are to learn bootstrap samples.
  private static let baggedPrefix = "bagged:"

  /// The kinds that are made of others: what is written for their names, and what they are, in one line.
  public static let wrappers = [
    (
      name: committeePrefix + "LEARNER",
      summary: "several models of LEARNER and the mean of their answers; keys of its own: committee.members, "
        + "committee.kind (seeds, folds, bagging), committee.condense"
    ), (name: baggedPrefix + "LEARNER", summary: "a committee whose members learn bootstrap samples"),
  ]

  /// The kind of a name.
  ///
  /// - Throws: `InputError` of kind usage that names the near misses.
  public func kind(named name: String) throws -> LearnerKind {
    for prefix in [Self.committeePrefix, Self.baggedPrefix] where name.hasPrefix(prefix) {
      let member = String(name.dropFirst(prefix.count))
      guard let kind = try self.kind(named: member).committee else {
        throw InputError(.usage, found: "learner \"\(name)\"", expected: "a committee of single models")
      }
      return prefix == Self.baggedPrefix ? kind.differing(in: .bagging) : kind
    }
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
