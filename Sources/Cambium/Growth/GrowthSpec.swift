public import CambiumCore

/// How to grow a network: everything that the lecture leaves open, each with a default.
public struct GrowthSpec: Codable, Sendable, Equatable {
  /// The nonlinear functions of a pool: a list of them, or the name of a set. Default: the set `full`, one or two
  /// functions of each family. Cost grows in proportion to their number.
  public var activations = ActivationSet(.full)
  /// Whether numbers are learned as they are or as their logarithms. Default `automatic`.
  public var targetScale = TargetScale.automatic
  /// Candidates of each activation in a pool, ≥ 1, each started elsewhere. Cost grows in proportion.
  public var restarts = 2
  /// Where they start. Default `sobol`.
  public var start = CandidateStart.sobol
  /// What a new unit may read. Default: `automatic`, the better of flat and cascade on held-out samples.
  public var topology = Topology.automatic
  /// The layered topology: how many units form a ring, 1…10 000. Default 10.
  public var layerWidth = 10
  /// Which of these sources a candidate may read.
  public var fields = ReceptiveFieldSpec()
  /// How candidates are trained.
  public var training = CandidateTrainingSpec()
  /// Which connections are cut while a candidate is trained.
  public var pruning = PruningSpec()
  /// Which trained candidates stay.
  public var selection = SelectionSpec()
  /// How the readout is fitted.
  public var readout = ReadoutSpec()
  /// When growth ends, and which size stays.
  public var stopping = StoppingSpec()
  /// Tuning of all weights together.
  public var refinement = RefinementSpec()
  /// What the network that stays learns from the networks to choose by.
  public var distillation = DistillationSpec()

  /// The defaults.
  public init() {}

  /// Throws an `InputError` that names the first key whose value is out of range.
  public func validate() throws {
    let functions = activations.functions
    try require(!functions.isEmpty, "activations", "an empty list", "at least one nonlinear function")
    try require(Set(functions).count == functions.count, "activations", "a function named twice", "each once")
    try require(restarts, in: 1...1000, "restarts")
    try require(layerWidth, in: 1...10_000, "layerWidth")
    try fields.validate()
    try training.validate()
    try pruning.validate()
    try require(
      !pruning.needsEvidence || training.objective.isShareOfEnergy, "training.objective",
      training.objective.rawValue,
      "errorReduction or logLossReduction, which pruning.batchFluctuation, wald and brainDamage are for")
    try selection.validate()
    try readout.validate()
    try stopping.validate()
    try refinement.validate()
    try distillation.validate()
  }
}
