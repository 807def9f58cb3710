public import CambiumCore

/// How to train a snapshot ensemble (Huang and others 2017): one perceptron whose learning rate falls and leaps up again,
/// cycle after cycle; what it is at the end of each cycle is a member, and the answer the mean of theirs.
///
/// Within a cycle of E epochs the rate of the epoch e, from 0 on, is ½ η (1 + cos(π e / E)): it ends near 0, in a minimum,
/// which the next cycle leaves. Members cost no more than one network trained for as many epochs.
public struct SnapshotSpec: Codable, Sendable, Equatable {
  /// Units of each hidden layer, up to 64 numbers of 1…16 384. Default one of 50.
  public var layers = [50]
  /// The function of every hidden unit: any of z = w·φ. Default tanh.
  public var activation = Activation.tanh
  /// Members, 1…100. Default 5.
  public var cycles = 5
  /// Epochs of each cycle, 1…100 000. Default 40.
  public var epochs = 40
  /// η, the rate that each cycle begins with, above 0, up to 1000. Default 0.05.
  public var rate = 0.05
  /// The share of the last step that is repeated, 0 ≤ momentum < 1. Default 0.9.
  public var momentum = 0.9
  /// Samples in a mini-batch, 1…1 000 000. Default 32.
  public var batchSize = 32
  /// The penalty on squared weights, 0…1e6; where there are several, the one with the least held-out error is taken.
  /// Default 1e-5 and 0.01.
  public var weightDecay = [1e-5, 1e-2]
  /// The share of the penalty that is on absolute values, 0…1. Default 0.
  public var absoluteShare = 0.0
  /// The largest length of what a hidden unit reads, 0…1e6; 0: no limit. Default 0.
  public var largestNorm = 0.0
  /// The share of hidden units that drop out of each sample's passage in training, 0…0.95. Default 0.
  public var dropout = 0.0
  /// The deviation of normal noise on the standardised inputs, 0…10. Default 0.
  public var inputNoise = 0.0
  /// The share of the samples held out to choose by, 0…0.9, where the caller keeps none apart; of none the first penalty is
  /// taken. Default 0.2.
  public var validationFraction = 0.2

  /// The defaults.
  public init() {}

  /// Throws an `InputError` that names the first key whose value is out of range.
  public func validate() throws {
    try require(cycles, in: 1...100, "cycles")
    try require(epochs, in: 1...100_000, "epochs")
    try require(rate > 0 && rate <= 1000, "rate", "\(rate)", "a value above 0, up to 1000")
    try require(activation.form == .ridge, "activation", activation.rawValue, "a function of z = w·φ")
    try require(!weightDecay.isEmpty, "weightDecay", "an empty list", "at least one penalty")
    try rules.validate()
  }

  /// The same as a perceptron's.
  var rules: MultilayerPerceptronSpec {
    var spec = MultilayerPerceptronSpec()
    spec.layers = layers
    spec.activations = [activation]
    spec.optimizer = .descent
    spec.momentum = momentum
    spec.batchSize = batchSize
    spec.weightDecay = weightDecay
    spec.absoluteShare = absoluteShare
    spec.largestNorm = largestNorm
    spec.dropout = dropout
    spec.inputNoise = inputNoise
    spec.validationFraction = validationFraction
    return spec
  }

  /// The rate of an epoch, counted from 0 within its cycle.
  func rate(ofEpoch epoch: Int) -> Double { 0.5 * rate * (1 + cosine(.pi * Double(epoch) / Double(epochs))) }
}
