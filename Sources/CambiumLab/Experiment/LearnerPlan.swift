internal import CambiumCore

/// Configures the learners of an experiment: their settings, what a data set holds out, the budget, the search.
struct LearnerPlan {
  let spec: ExperimentSpec
  let document: SpecDocument
  let catalogue: LearnerCatalogue

  /// The learner of a choice on a data set.
  ///
  /// - Parameter validationFraction: The share that the data set has learners hold out; below 0 each learner's own.
  /// - Throws: `InputError` with its place in the file.
  func learner(of choice: LearnerChoice, validationFraction: Double) throws -> ConfiguredLearner {
    let path = ["learners", "\(choice.origin)"]
    let kind: LearnerKind
    do {
      kind = try catalogue.kind(named: choice.learner)
    } catch let error as InputError {
      throw document.error(at: path + ["learner"], found: error.found, expected: error.expected)
    }
    var settings = document.part(at: path + ["settings"])
    // Levels of factors lie over what the file has there.
    settings.tree = choice.settings
    if validationFraction >= 0, let key = kind.validationKey {
      settings.assignments.append(try SpecAssignment("\(key)=\(validationFraction)"))
    }
    settings.assignments += try budgetAssignments(of: kind, over: settings.tree)
    let own = try kind.configured(by: settings)
    guard let search = choice.search else { return own }
    return try searched(search, kind: kind, own: own, settings: settings, path: path)
  }

  /// The bounds that the learner keeps by itself, unless its settings are stricter.
  private func budgetAssignments(of kind: LearnerKind, over tree: SpecTree) throws -> [SpecAssignment] {
    try spec.budget.bounds.compactMap { quantity, bound in
      guard let key = kind.budgetKeys[quantity] else { return nil }
      if let own = tree[key.split(separator: ".").map(String.init)]?.asNumber, own > 0, own <= bound {
        return nil
      }
      return try SpecAssignment(
        "\(key)=\(quantity == .seconds ? "\(bound)" : "\(Int(bound))")")
    }
  }

  private func searched(
    _ search: SearchSpec, kind: LearnerKind, own: ConfiguredLearner, settings: SpecDocument, path: [String]
  ) throws -> ConfiguredLearner {
    let trial = settings.laying(search.settings)
    @Sendable func configured(_ values: [String: SpecTree], _ isTrial: Bool = false) throws
      -> ConfiguredLearner
    {
      var document = isTrial ? trial : settings
      for (key, value) in values {
        document.assignments.append(
          SpecAssignment(path: key.split(separator: ".").map(String.init), value: value))
      }
      return try kind.configured(by: document)
    }
    do {
      _ = try configured([:], true)
    } catch let error as InputError {
      throw document.error(at: path + ["search", "settings"], found: error.found, expected: error.expected)
    }
    for (key, range) in search.space {
      for example in range.examples {
        do {
          _ = try configured([key: example])
        } catch let error as InputError {
          throw document.error(
            at: path + ["search", "space", key], found: error.found, expected: error.expected)
        }
      }
    }
    let searched = SpecTree.mapping(["search": try SpecTree(encoding: search)])
    return ConfiguredLearner(
      kind: own.kind, modelKind: own.modelKind, settings: own.settings.laying(searched),
      own: own.own.laying(searched),
      learner: SearchedLearner(search: search, budget: spec.budget) { try configured($0, $1).learner })
  }
}
