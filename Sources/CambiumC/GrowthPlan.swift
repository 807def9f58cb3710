internal import Cambium
internal import CambiumCore
internal import CambiumExport

/// What a request asks to be grown: a network, or a committee of networks.
struct GrowthPlan {
  /// The learner's name, as in model files.
  let name: String
  /// What grows it.
  let learner: any Learner
  /// Every key of its spec with its value.
  let settings: JSONValue
  /// Within how many deviations of its target an output is right, unless growth finds that out.
  let tolerance: Double

  /// - Throws: `InputError` for a key of a spec that is unknown, or whose value is of another kind or out of range.
  init(_ request: GrowthRequest) throws {
    let spec = try SpecLaying.spec(request.spec, over: GrowthSpec(), named: "spec")
    let grower = try Grower(spec: spec)
    tolerance = spec.selection.tolerance
    let settings = try JSONValue(encoding: spec)
    guard let written = request.committee else {
      (name, learner, self.settings) = ("grown", grower, settings)
      return
    }
    let committee = try SpecLaying.spec(written, over: CommitteeSpec(), named: "committee")
    try committee.validate()
    learner = try Committee(spec: committee, of: grower)
    name = committee.condense ? "grown" : "committee:grown"
    guard case .object(var keys) = settings else { preconditionFailure("a spec is an object") }
    keys["committee"] = try JSONValue(encoding: committee)
    self.settings = .object(keys)
  }
}
