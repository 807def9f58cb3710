/// How a committee is made of copies of one learner.
public struct CommitteeSpec: Codable, Sendable, Equatable {
  /// How many copies are fitted, 1…1000; by folds at least 2. Cost grows in proportion. Default 5.
  public var members = 5
  /// What the members differ in. Default `seeds`: grown networks differ enough by their random numbers, and what a member
  /// does not learn costs more than the greater difference gains (`experiments/committees`).
  public var kind = CommitteeKind.seeds
  /// Whether a single model, fitted by the same learner to what the committee says, takes the committee's place: nearly
  /// as accurate, of the size of one, but without intervals. Cost: one more fit, to 1 + `mixedSamples` times the
  /// samples. Default false.
  public var condense = false
  /// Condensing: how many mixed samples are drawn for each training sample, 0…100, so that the single model also
  /// learns what the committee says between the samples. Default 2.
  public var mixedSamples = 2

  /// The defaults.
  public init() {}

  /// Throws an `InputError` that names the first key whose value is out of range.
  public func validate() throws {
    try require(members, in: 1...1000, "committee.members")
    try require(
      kind != .folds || members >= 2, "committee.members", "1", "at least 2, since each leaves a fold out")
    try require(mixedSamples, in: 0...100, "committee.mixedSamples")
  }
}

/// What the members of a committee differ in beside their random numbers.
public enum CommitteeKind: String, Codable, Sendable, CaseIterable {
  /// Each learns as many samples as there are, drawn with replacement (Breiman 1996, "Bagging predictors"): about 37 %
  /// of the samples are left out, and the others weigh as often as they were drawn. Classes are drawn from one by
  /// one, so that no member misses a class.
  case bagging
  /// The samples are dealt into as many folds as there are members, and each leaves one out (Krogh and Vedelsby 1995).
  case folds
  /// Nothing: each learns all samples. What is known of the error is what their learner finds out by its own hold-outs.
  case seeds
}
