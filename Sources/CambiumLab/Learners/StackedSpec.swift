internal import CambiumCore

/// The spec of several learners whose models answer together.
struct StackedSpec: Spec {
  /// Folds by which the weights are found, 2…100. Cost: each learner is fitted once for each, and once more on all samples.
  /// Default 5.
  var folds = 5
  /// For each learner, by its name, the keys of its own spec that differ from its defaults.
  var settings = SpecTree.mapping([:])

  init() {}

  func validate() throws { try require(folds, in: 2...100, "folds") }

  /// The learner of each kind.
  func members(of kinds: [LearnerKind]) throws -> [ConfiguredLearner] {
    guard case .mapping(let settings) = settings else {
      throw InputError(
        .content, at: .init(column: "settings"), found: settings.finding, expected: "settings by learner")
    }
    for key in settings.keys.sorted() where !kinds.contains(where: { $0.name == key }) {
      throw InputError(
        .content, at: .init(column: "settings.\(key)"), found: "unknown learner \"\(key)\"",
        expected: NearMiss.expectation("a learner", for: key, among: kinds.map(\.name)))
    }
    return try kinds.map { kind in
      do {
        return try kind.configured(by: SpecDocument(tree: settings[kind.name] ?? .mapping([:]), file: nil))
      } catch var error as InputError {
        error.location.column = "settings.\(kind.name)" + (error.location.column.map { ".\($0)" } ?? "")
        throw error
      }
    }
  }
}

extension LearnerKind {
  /// The kind whose models are those of several kinds together.
  init(named name: String, stacking kinds: [LearnerKind]) {
    self.init(
      name: name, summary: "several learners, each as far as it deserves", predictor: StackedModel.self,
      validationKey: nil, gridKey: nil, ground: .mapping([:]),
      completed: { (spec: StackedSpec, settings) in
        let members = try spec.members(of: kinds)
        let own = zip(kinds, members).map { ($0.name, $1.settings) }
        return settings.laying(.mapping(["settings": .mapping(Dictionary(uniqueKeysWithValues: own))]))
      },
      learner: { StackedLearner(members: try $0.members(of: kinds), folds: $0.folds) })
  }
}
