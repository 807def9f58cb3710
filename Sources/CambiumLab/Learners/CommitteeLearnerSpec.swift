internal import CambiumCore

/// The spec of a committee of a learner: the learner's own keys, and beside them `committee`.
///
/// So a learner's spec file serves its committees as well.
struct CommitteeLearnerSpec<LearnerSpec: Spec>: Spec {
  var learner = LearnerSpec()
  var committee = CommitteeSpec()

  private enum CodingKeys: String, CodingKey { case committee }

  init() {}

  init(from decoder: any Decoder) throws {
    learner = try LearnerSpec(from: decoder)
    committee = try decoder.container(keyedBy: CodingKeys.self)
      .decode(CommitteeSpec.self, forKey: .committee)
  }

  func encode(to encoder: any Encoder) throws {
    try learner.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(committee, forKey: .committee)
  }

  func validate() throws {
    try learner.validate()
    try committee.validate()
  }
}

extension CommitteeLearnerSpec: CustomReflectable {
  /// Error messages look up the legal choices of a key here, so the keys stand as they do in files.
  var customMirror: Mirror {
    let own = Mirror(reflecting: learner).children.map { ($0.label, $0.value) }
    return Mirror(self, children: own + [("committee", committee)])
  }
}
