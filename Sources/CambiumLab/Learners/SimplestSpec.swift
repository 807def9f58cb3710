internal import CambiumCore

/// The spec of a learner with several settings, of which the simplest that is good enough is taken.
struct SimplestSpec: Spec {
  /// What is good enough. Default `oneStandardError`.
  var rule = SimplicityRule.oneStandardError
  /// The settings to choose among, the simplest first: for each the keys of the learner's spec that it sets. At least one.
  var candidates: [SpecTree] = []
  /// Keys of the learner's spec that all candidates have in common.
  var settings = SpecTree.mapping([:])
  /// `oneStandardError`: folds that errors are measured by, 2…100. Default 5.
  var folds = 5

  init() {}

  func validate() throws { try require(folds, in: 2...100, "folds") }

  /// The learner of each candidate, all of whose models are of one kind.
  func members(of kind: LearnerKind) throws -> [ConfiguredLearner] {
    try require(
      !candidates.isEmpty, "candidates", "an empty list", "settings of \(kind.name), the simplest first")
    let members = try candidates.enumerated().map { index, candidate in
      do {
        return try kind.configured(by: SpecDocument(tree: settings.laying(candidate), file: nil))
      } catch var error as InputError {
        error.location.column = "candidates.\(index)" + (error.location.column.map { ".\($0)" } ?? "")
        throw error
      }
    }
    try require(
      Set(members.map(\.modelKind)).count == 1, "candidates", "models of several kinds",
      "settings with models of one")
    return members
  }
}

/// What makes a simpler model good enough.
enum SimplicityRule: String, Codable, Sendable, CaseIterable {
  /// By cross-validation, its loss is not above the least by more than that one's standard error over the folds (Breiman
  /// and others 1984, *Classification and Regression Trees*). Each candidate is fitted once for each fold.
  case oneStandardError
  /// Schwarz's (1978) criterion −2 log L + k log N on the samples that it learned, k its connections, is the least. Each
  /// candidate is fitted once.
  case bic
  /// The least description length, by prequential coding (Dawid 1984; Rissanen 1986): the targets are told block by block,
  /// each twice as long as all before, as −log p by the model of those before. Each candidate is fitted to a sixteenth, an
  /// eighth, a quarter and half of the samples.
  case mdl
}
