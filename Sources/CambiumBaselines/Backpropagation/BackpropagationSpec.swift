public import CambiumCore

/// How backpropagation trains a network that is no perceptron. The keys mean what those of ``MultilayerPerceptronSpec``
/// do; the defaults suit networks whose epochs cost more.
public struct BackpropagationSpec: Codable, Sendable, Equatable {
  /// How steps follow from gradients. Default Adam.
  public var optimizer = PerceptronOptimizer.adam
  /// Samples in a mini-batch, 1…1 000 000; RPROP and L-BFGS take all. Default 32.
  public var batchSize = 32
  /// The rates of Adam. Default 0.002, halved after 20 epochs.
  public var adam = LearningRate(initial: 0.002, decay: 0.05)
  /// The rates of gradient descent, whose momentum is 0.9. Default 0.05, halved after 50 epochs.
  public var descent = LearningRate(initial: 0.05, decay: 0.02)
  /// The penalty on weights, 0…1e6; where there are several, the one with the least held-out loss is taken. Default 1e-4.
  public var weightDecay = [1e-4]
  /// The share of the penalty that is on absolute values instead of squares, 0…1. Default 0.
  public var absoluteShare = 0.0
  /// The largest length of what a hidden unit reads, 0…1e6; 0: no limit. Default 0.
  public var largestNorm = 0.0
  /// The share of the units of fully connected hidden layers that drop out in training, 0…0.95. Default 0.
  public var dropout = 0.0
  /// The deviation of noise on the inputs in training, 0…10. Default 0.
  public var inputNoise = 0.0
  /// The most passes over the samples, 1…10 000 000. Default 100.
  public var epochs = 100
  /// Training ends after this many epochs without less held-out loss, 1…10 000 000. Default 15.
  public var patience = 15
  /// The share of the samples held out to choose the number of epochs by, 0…0.9, where the caller keeps none apart.
  /// Default 0.2.
  public var validationFraction = 0.2
  /// The most hold-outs that the choice is averaged over, 1…100. Default 1.
  public var holdOuts = 1
  /// Whether the chosen number of epochs is trained again on all samples. Default true.
  public var refit = true

  /// The defaults.
  public init() {}

  /// Throws an `InputError` that names the first key whose value is out of range.
  public func validate() throws {
    try require(!weightDecay.isEmpty, "weightDecay", "an empty list", "at least one penalty")
    try rules(activation: .tanh).validate()
  }

  /// The same as a perceptron's, for units of a function.
  func rules(activation: Activation) -> MultilayerPerceptronSpec {
    var spec = MultilayerPerceptronSpec()
    spec.layers = []
    spec.activations = [activation]
    spec.optimizer = optimizer
    spec.batchSize = batchSize
    spec.adam = adam
    spec.descent = descent
    spec.weightDecay = weightDecay
    spec.absoluteShare = absoluteShare
    spec.largestNorm = largestNorm
    spec.dropout = dropout
    spec.inputNoise = inputNoise
    spec.initialisation = activation == .relu ? .he : .glorot
    spec.epochs = epochs
    spec.ending = .heldOutLoss
    spec.patience = patience
    spec.validationFraction = validationFraction
    spec.holdOuts = holdOuts
    spec.refit = refit
    return spec
  }
}
