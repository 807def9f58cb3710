internal import CambiumCore

/// How to train a Boltzmann machine as a classifier, with its inputs clamped.
///
/// Its units are the inputs, of which each range becomes 0…1, one for each class (of two classes one in all), of which one
/// is on, and hidden ones; hidden units are connected with all others, each other among them, and inputs with classes.
/// (Connections among inputs say nothing of the class.) With the inputs x clamped, p(y | x) ∝ Σ_h e^(−E(x, y, h)); of the
/// sum over the states of the hidden units counts the best bound by independent ones, their mean field (Peterson and
/// Anderson 1987): log Σ_h e^(−E) ≥ max_μ −⟨E⟩_μ + Σ H(μ_u), where μ_u = logistic(c_u + Σ_i w_iu s_i + Σ_v u_uv μ_v).
///
/// The gradient of log p(y | x) is that of the machine's learning rule for pairs of input and output (Ackley, Hinton and
/// Sejnowski 1985): ⟨s_i s_j⟩ with inputs and class clamped − ⟨s_i s_j⟩ with the inputs clamped alone.
public struct BoltzmannClassifierSpec: Codable, Sendable, Equatable {
  /// H, the hidden units, 1…2048. Default 40.
  public var units = 40
  /// Turns over the hidden units in which their means settle, 1…1000. Default 8.
  public var sweeps = 8
  /// How the weights are trained.
  public var training: BackpropagationSpec = {
    var spec = BackpropagationSpec()
    spec.adam.initial = 0.01
    return spec
  }()

  /// The defaults.
  public init() {}

  /// Throws an `InputError` that names the first key whose value is out of range.
  public func validate() throws {
    try require(units, in: 1...2048, "units")
    try require(sweeps, in: 1...1000, "sweeps")
    try require(
      training.dropout == 0, "training.dropout", "\(training.dropout)", "0: the units of a machine stay")
    try validating("training") { try training.validate() }
  }
}
