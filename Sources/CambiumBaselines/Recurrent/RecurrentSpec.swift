public import CambiumCore

/// How to train a recurrent network, which reads a row as a sequence, step after step.
///
/// A state h of `units` numbers, 0 at first, changes with each step's inputs x:
///
/// - `elman` (Elman 1990): h ← f(b + W x + U h);
/// - `gru`, gated units (Cho and others 2014): z = logistic(b_z + W_z x + U_z h), r = logistic(b_r + W_r x + U_r h),
///   c = f(b + W x + U (r ∘ h)), h ← (1 − z) ∘ h + z ∘ c.
///
/// Fully connected layers read the last state. The weights are trained by backpropagation through all steps.
public struct RecurrentSpec: Codable, Sendable, Equatable {
  /// Steps, and inputs of each step, that the table's input columns fill, step by step. A constant column has a place too.
  /// Default: none, a step for each column; columns of texts, as many different ones in each, have an input for each text.
  public var shape: [Int] = []
  /// What the units are. Default gated ones.
  public var kind = RecurrentKind.gru
  /// Numbers in the state, 1…4096. Default 32.
  public var units = 32
  /// Units of each fully connected hidden layer on the last state, up to 16 numbers of 1…16 384. Default none.
  public var layers: [Int] = []
  /// f, and the function of the units of layers: any of z = w·φ; bounded ones keep the state bounded. Default tanh.
  public var activation = Activation.tanh
  /// How the weights are trained.
  public var training: BackpropagationSpec = {
    var spec = BackpropagationSpec()
    spec.adam.initial = 0.005
    return spec
  }()

  /// The defaults.
  public init() {}

  /// Throws an `InputError` that names the first key whose value is out of range.
  public func validate() throws {
    try require(
      [0, 2].contains(shape.count) && shape.allSatisfy { (1...1_000_000).contains($0) }, "shape", "\(shape)",
      "steps and inputs of each step, each from 1 to 1000000")
    try require(units, in: 1...4096, "units")
    try require(layers.count <= 16, "layers", "\(layers.count) layers", "at most 16")
    for count in layers { try require(count, in: 1...16_384, "layers") }
    try require(activation.form == .ridge, "activation", activation.rawValue, "a function of z = w·φ")
    try validating("training") { try training.validate() }
  }
}

/// What the units of a recurrent network are.
public enum RecurrentKind: String, Codable, Sendable, CaseIterable {
  /// Each is a function of the step's inputs and of all units' values before.
  case elman
  /// Gated ones, which learn when to keep their value and when to take a new one.
  case gru
}
