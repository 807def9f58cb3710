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

  /// What stands before the names of learners whose models are to answer together, each as far as it deserves.
  private static let stackedPrefix = "stacked:"

  /// What stands before the name of a learner of which the simplest model that is good enough is wanted.
  private static let simplestPrefix = "simplest:"

  /// The kinds that are made of others: what is written for their names, and what they are, in one line.
  public static let wrappers = [
    (
      name: committeePrefix + "LEARNER",
      summary: "several models of LEARNER and the mean of their answers; keys of its own: committee.members, "
        + "committee.kind (seeds, folds, bagging), committee.condense"
    ), (name: baggedPrefix + "LEARNER", summary: "a committee whose members learn bootstrap samples"),
    (
      name: stackedPrefix + "LEARNER,LEARNER,…",
      summary:
        "a model of each LEARNER and a weighted mean of their answers, the weights found by folds; keys of its "
        + "own: folds, settings.LEARNER"
    ),
    (
      name: simplestPrefix + "LEARNER",
      summary:
        "of several settings of LEARNER the simplest that is good enough; keys of its own: candidates (a list, the "
        + "simplest first), rule (oneStandardError, bic, mdl), folds, settings (of all candidates)"
    ),
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
    if name.hasPrefix(Self.stackedPrefix) {
      let members = name.dropFirst(Self.stackedPrefix.count).split(
        separator: ",", omittingEmptySubsequences: false
      ).map(String.init)
      guard members.count >= 2, Set(members).count == members.count else {
        throw InputError(
          .usage, found: "learner \"\(name)\"",
          expected: "two or more learners that differ, with commas between")
      }
      return LearnerKind(named: name, stacking: try members.map { try self.kind(named: $0) })
    }
    if name.hasPrefix(Self.simplestPrefix) {
      return LearnerKind(
        named: name, simplestOf: try kind(named: String(name.dropFirst(Self.simplestPrefix.count))))
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
