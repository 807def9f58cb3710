internal import CambiumCore

/// An experiment as a file describes it: which learners on which data, split how, with which seeds.
///
/// Its cells are all combinations: learner × data set × split × seed. A learner with factors stands for several.
public struct ExperimentSpec: Spec, Equatable {
  /// What the experiment asks, in words.
  public var question = ""
  /// Which outcome will count as which answer, in words, written before the run.
  public var decision = ""
  /// The learners, in the order of the table's columns.
  public var learners: [LearnerChoice] = []
  /// The data sets, in the order of the table's rows.
  public var data: [DataChoice] = []
  /// How each data set is split into training and test rows.
  public var splits = SplitSpec()
  /// The seeds; each is one run of a learner on a split. Default 1.
  public var seeds = [1]
  /// What errors are measured by. The first that is defined for a data set's task is what its table, ranks, tests and
  /// figures show; each further one has a table of its own. Default RMSE for numbers, the error rate for classes.
  public var metrics: [Metric] = [.rmse, .errorRate]
  /// Regression: a row is covered where every output is within this many standard deviations of its target,
  /// > 0. Default 0.1.
  public var tolerance = 0.1
  /// Published figures that the results are put beside.
  public var published = PublishedSpec()
  /// Which learner the others are tested against for being as good.
  public var equivalence = EquivalenceSpec()
  /// How large models may be and how long learners may work; the same for all.
  public var budget = BudgetSpec()
  /// What ends a run that goes on for too long or wants too much memory.
  public var limits = LimitSpec()

  /// The most learners that the factors of one may stand for.
  static let largestLearnerCount = 1000.0

  /// An experiment without learners and data.
  public init() {}

  /// Checks that there is something to run, that names are told apart, and every range.
  public func validate() throws {
    try require(!learners.isEmpty, "learners", "no learners", "at least one, such as \"- grown\"")
    try require(!data.isEmpty, "data", "no data sets", "at least one, such as \"- iris\"")
    for (index, choice) in learners.enumerated() {
      try choice.validate(at: "learners.\(index)", among: data.map(\.name))
    }
    let names = try expandedLearners().map(\.name)
    try requireDistinct(names, "learners")
    try equivalence.validate(among: names)
    try validating("published") { try published.validate() }
    try validating("budget") { try budget.validate() }
    try validating("limits") { try limits.validate() }
    try requireDistinct(data.map(\.name), "data")
    for (index, choice) in data.enumerated() { try choice.validate(at: "data.\(index)") }
    try splits.validate(at: "splits")
    try require(!seeds.isEmpty, "seeds", "no seeds", "at least one whole number")
    for (index, seed) in seeds.enumerated() {
      try require(seed >= 0, "seeds.\(index)", "\(seed)", "a whole number from 0 on")
      try require(!seeds[..<index].contains(seed), "seeds.\(index)", "seed \(seed) again", "each seed once")
    }
    try require(!metrics.isEmpty, "metrics", "no metrics", "at least one, such as \"- rmse\"")
    try requireDistinct(metrics.map(\.rawValue), "metrics")
    try require(
      tolerance > 0 && tolerance <= 1e9, "tolerance", "\(tolerance)", "a value above 0, up to 1e9")
  }

  /// The learners, each with factors as one for every combination of their levels.
  func expandedLearners() throws -> [LearnerChoice] {
    try learners.enumerated().flatMap { index, choice in
      var choice = choice
      choice.origin = index
      return try choice.expanded()
    }
  }

  private func requireDistinct(_ names: [String], _ key: String) throws {
    for (index, name) in names.enumerated() {
      try require(!name.isEmpty, "\(key).\(index)", "an empty name", "a name")
      try require(
        !names[..<index].contains(name), "\(key).\(index)", "the name \"\(name)\" again", "names that differ")
    }
  }
}
