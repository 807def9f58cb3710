internal import CambiumCore

/// A learner of an experiment: one column of its table, or several where it has factors.
public struct LearnerChoice: Codable, Sendable, Equatable {
  /// The name in tables and figures.
  public var name: String
  /// The kind of learner, by its name in the catalogue; by default `name` itself.
  public var learner: String
  /// The keys of the learner's own spec that differ from its defaults.
  public var settings: SpecTree
  /// The data sets that it is run on, by name; empty for all, the default. A learner of some alone is left out of ranks and of
  /// comparisons over all sets.
  public var data: [String] = []
  /// What is varied: for each factor its levels. Default: nothing.
  public var factors: [String: [FactorLevel]]
  /// Which combinations of levels there are. Default `grid`.
  public var combine: FactorDesign
  /// The settings that are searched on the training rows of each split; nil for none.
  public var search: SearchSpec?

  /// The level of each factor, where this is one combination of a learner with factors.
  public private(set) var levels: [String: String] = [:]
  /// Its place in the file's list of learners.
  var origin = 0

  /// A learner by name, with its defaults.
  public init(name: String, learner: String? = nil, settings: SpecTree = .mapping([:])) {
    self.name = name
    self.learner = learner ?? name
    self.settings = settings
    factors = [:]
    combine = .grid
  }

  private enum CodingKeys: String, CodingKey { case name, learner, settings, data, factors, combine, search }

  /// Reads a mapping, or a bare name.
  public init(from decoder: any Decoder) throws {
    if let name = try? decoder.singleValueContainer().decode(String.self) {
      self.init(name: name)
      return
    }
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let learner = try container.decodeIfPresent(String.self, forKey: .learner)
    self.init(
      name: try learner.map { try container.value(.name, or: $0) }
        ?? container.decode(String.self, forKey: .name),
      learner: learner,
      settings: try container.value(.settings, or: .mapping([:])))
    data = try container.value(.data, or: [])
    factors = try container.value(.factors, or: [:])
    combine = try container.choice(.combine, or: .grid)
    search = try container.decodeIfPresent(SearchSpec.self, forKey: .search)
  }

  /// Whether it is run on a data set.
  func isRun(on name: String) -> Bool { data.isEmpty || data.contains(name) }

  func validate(at key: String, among names: [String]) throws {
    for name in data where !names.contains(name) {
      try require(
        false, "\(key).data", "\"\(name)\"", NearMiss.expectation("a data set", for: name, among: names))
    }
    for (factor, levels) in factors {
      try require(!levels.isEmpty, "\(key).factors.\(factor)", "no levels", "at least one")
    }
    try require(
      combinationCount <= ExperimentSpec.largestLearnerCount, "\(key).factors",
      "\(combinationCount) combinations", "at most \(ExperimentSpec.largestLearnerCount)")
    try search.map { search in try validating("\(key).search") { try search.validate() } }
  }
}

/// A level of a factor: settings that it lays over the learner's own.
public struct FactorLevel: Codable, Sendable, Equatable {
  /// The level's name; nil where it is a value of the setting that the factor names.
  public var name: String?
  /// The settings of a level with a name.
  public var settings: SpecTree
  /// The value of a level without a name.
  private var value: SpecTree?

  private enum CodingKeys: String, CodingKey { case name, settings }

  /// Reads a value, or a mapping of `name` and `settings`.
  public init(from decoder: any Decoder) throws {
    let tree = try SpecTree(from: decoder)
    guard case .mapping = tree else {
      settings = .mapping([:])
      value = tree
      return
    }
    let container = try decoder.container(keyedBy: CodingKeys.self)
    name = try container.decode(String.self, forKey: .name)
    settings = try container.value(.settings, or: .mapping([:]))
  }

  /// Writes what was read.
  public func encode(to encoder: any Encoder) throws {
    if let value { return try value.encode(to: encoder) }
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(settings, forKey: .settings)
  }

  /// What tables call the level of a factor.
  func title(ofFactor factor: String) -> String {
    if let name { return name }
    // A word says by itself what it is, a number does not.
    if case .text(let word)? = value { return word }
    let key = factor.split(separator: ".").last.map(String.init) ?? factor
    return "\(key) = \(value?.title ?? "")"
  }

  /// The level alone, without its factor.
  var label: String { name ?? value?.title ?? "" }

  /// A learner's settings with the level laid over them; nil where the factor's key leads nowhere.
  func laid(over tree: SpecTree, factor: String) -> SpecTree? {
    guard let value else { return tree.laying(settings) }
    return tree.laying(value, at: factor.split(separator: ".").map(String.init))
  }
}

/// Which combinations of the levels of factors there are.
public enum FactorDesign: String, Codable, Sendable, CaseIterable {
  /// Every level of each factor with every level of the others.
  case grid
  /// The first level of all factors, and each other level alone with the first ones of the other factors.
  case single
}

extension LearnerChoice {
  /// How many learners the choice stands for; counted in floating point, so that no product is too large.
  var combinationCount: Double {
    switch combine {
    case .grid: factors.values.reduce(1) { $0 * Double($1.count) }
    case .single: factors.values.reduce(1) { $0 + Double($1.count - 1) }
    }
  }

  /// One learner for each combination of levels; the factors in the order of their names.
  func expanded() throws -> [LearnerChoice] {
    let names = factors.keys.sorted()
    guard !names.isEmpty else { return [self] }
    let counts = names.map { factors[$0, default: []].count }
    return try combinations(of: counts).map { chosen in
      var choice = self
      choice.factors = [:]
      choice.combine = .grid
      var titles: [String] = []
      for (factor, index) in zip(names, chosen) {
        let level = factors[factor, default: []][index]
        guard let laid = level.laid(over: choice.settings, factor: factor) else {
          throw InputError(
            .content, at: .init(column: "learners.\(origin).factors.\(factor)"),
            found: "\"\(factor)\"", expected: "the key path of a setting, or levels with names")
        }
        choice.settings = laid
        choice.levels[factor] = level.label
        if combine == .grid || index > 0 { titles.append(level.title(ofFactor: factor)) }
      }
      choice.name = ([name] + titles).joined(separator: ", ")
      return choice
    }
  }

  private func combinations(of counts: [Int]) -> [[Int]] {
    switch combine {
    case .grid:
      return counts.reduce([[]]) { partial, count in
        partial.flatMap { chosen in (0..<count).map { chosen + [$0] } }
      }
    case .single:
      let first = counts.map { _ in 0 }
      return [first]
        + counts.indices.flatMap { factor in
          (1..<max(1, counts[factor])).map { level in
            var chosen = first
            chosen[factor] = level
            return chosen
          }
        }
    }
  }
}

extension SpecTree {
  /// The value in a few words, as names of levels and decisions show it.
  var title: String {
    switch self {
    case .nothing: "none"
    case .boolean(let value): value ? "yes" : "no"
    case .integer(let value): "\(value)"
    case .number(let value): NumberFormat.significant(value, digits: 3)
    case .text(let value): value
    case .list(let elements): elements.map(\.title).joined(separator: "+")
    case .mapping: canonicalText
    }
  }
}
