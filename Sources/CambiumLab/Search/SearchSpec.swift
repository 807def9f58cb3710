internal import CambiumCore

/// How the settings of a learner are searched: on the training rows of each split alone, test rows have no part in it.
///
/// The learner's own settings are the first trial, so that a search does worse than they on the held-out rows never.
public struct SearchSpec: Codable, Sendable, Equatable {
  /// How trials are drawn. Default `random`.
  public var method = SearchMethod.random
  /// How many settings are tried, the learner's own among them, 1…10 000. Default 20.
  public var trials = 20
  /// The share of the training rows that trials are judged on, 0.05…0.9. Default 0.25.
  public var fraction = 0.25
  /// Settings that are laid over those of each trial but not of the last fit: a trial may be cheaper, as with one hold-out
  /// and no training anew on all samples. Default: nothing.
  public var settings = SpecTree.mapping([:])
  /// For each key path that is searched its choices or its range.
  public var space: [String: SearchRange] = [:]

  private enum CodingKeys: String, CodingKey { case method, trials, fraction, settings, space }

  /// A search of nothing.
  public init() {}

  /// Reads a mapping; what it leaves out has its default.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    method = try container.choice(.method, or: .random)
    trials = try container.value(.trials, or: 20)
    fraction = try container.value(.fraction, or: 0.25)
    settings = try container.value(.settings, or: .mapping([:]))
    space = try container.value(.space, or: [:])
  }

  func validate() throws {
    try require(trials, in: 1...10_000, "trials")
    try require(fraction, in: 0.05...0.9, "fraction")
    try require(!space.isEmpty, "space", "nothing to search", "the key path of a setting with its choices")
    for (key, range) in space where method == .grid {
      guard case .numbers = range else { continue }
      try require(false, "space.\(key)", "a range", "a list of choices, as a grid needs")
    }
    try require(
      method != .sobol || space.count <= SobolSequence.largestDimension, "space", "\(space.count) settings",
      "at most \(SobolSequence.largestDimension) for Sobol points")
    for (key, range) in space { try range.validate(at: "space.\(key)") }
  }

  /// The settings of all trials but the first: for each the value of each key path.
  ///
  /// Random points are independent; Sobol's are shifted by one random vector (Cranley and Patterson 1976); a grid has each
  /// combination of choices once, the last key's choices changing first.
  func draws(random: RandomStream) -> [[String: SpecTree]] {
    let keys = space.keys.sorted()
    guard method != .grid else { return Array(combinations(of: keys).prefix(trials - 1)) }
    let generator = random.generator()
    let shift = keys.map { _ in generator.uniform() }
    let sobol = method == .sobol ? SobolSequence(dimension: keys.count) : nil
    return (1..<max(1, trials)).map { _ in
      let point =
        sobol.map { zip($0.next(), shift).map { ($0 + $1).truncatingRemainder(dividingBy: 1) } }
        ?? keys.map { _ in generator.uniform() }
      return Dictionary(
        uniqueKeysWithValues: zip(keys, point).compactMap { key, share in
          space[key].map { (key, $0.value(at: share)) }
        })
    }
  }
}

extension SearchSpec {
  private func combinations(of keys: [String]) -> [[String: SpecTree]] {
    keys.reduce([[:]]) { partial, key in
      guard case .choices(let choices)? = space[key] else { return partial }
      // No more than can be tried: the product of many lists is too long to be made.
      return partial.prefix(trials).flatMap { values in choices.map { values.merging([key: $0]) { $1 } } }
    }
  }
}

/// How the settings of trials are drawn.
public enum SearchMethod: String, Codable, Sendable, CaseIterable {
  /// Independently and evenly (Bergstra and Bengio 2012).
  case random
  /// At Sobol's points, which fill the space more evenly.
  case sobol
  /// Every combination of choices, as many as there are trials.
  case grid
}
