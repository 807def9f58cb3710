public import CambiumCore

/// How a network whose hidden layers learned from inputs alone then learns its targets, by backpropagation.
///
/// The keys mean what those of ``MultilayerPerceptronSpec`` do.
public struct FineTuningSpec: Codable, Sendable, Equatable {
  /// Which weights learn. Default all.
  public var weights = TunedWeights.all
  /// Samples in a mini-batch, 1…1 000 000. Default 32.
  public var batchSize = 32
  /// The rates of Adam. Default 0.005, halved after 100 epochs.
  public var adam = LearningRate(initial: 0.005, decay: 0.01)
  /// The penalty on squared weights, 0…1e6; where there are several, the one with the least held-out loss is taken.
  /// Default 1e-5 and 0.01.
  public var weightDecay = [1e-5, 1e-2]
  /// The share of the penalty that is on absolute values, 0…1. Default 0.
  public var absoluteShare = 0.0
  /// The largest length of what a hidden unit reads, 0…1e6; 0: no limit, the default.
  public var largestNorm = 0.0
  /// The share of hidden units that drop out of each sample's passage in training, 0…0.95. Default 0.
  public var dropout = 0.0
  /// The deviation of normal noise on the standardised inputs, 0…10. Default 0.
  public var inputNoise = 0.0
  /// The most passes over the samples, 1…10 000 000. Default 1000.
  public var epochs = 1000
  /// It ends after this many epochs without less held-out loss, 1…10 000 000. Default 60.
  public var patience = 60
  /// The share of the samples held out to choose by, 0…0.9, where the caller keeps none apart. Layers below have then
  /// seen the inputs of these samples, never their targets. Default 0.2.
  public var validationFraction = 0.2
  /// The most hold-outs that the choice is averaged over, 1…100. Default 5.
  public var holdOuts = 5
  /// Whether the chosen number of epochs is trained again on all samples. Default true.
  public var refit = true
  /// Whether the report tells how much epochs moved each layer. Default false.
  public var tellsUpdates = false

  /// The defaults.
  public init() {}

  /// The defaults, with other weights to tune.
  public init(weights: TunedWeights) { self.weights = weights }

  /// Throws an `InputError` that names the first key whose value is out of range.
  public func validate() throws {
    try require(!weightDecay.isEmpty, "weightDecay", "an empty list", "at least one penalty")
    try perceptron(layers: [], activation: .logistic).validate()
  }

  /// The spec of a perceptron of these hidden layers that is trained so.
  func perceptron(layers: [Int], activation: Activation) -> MultilayerPerceptronSpec {
    var spec = MultilayerPerceptronSpec()
    spec.layers = layers
    spec.activations = [activation]
    spec.batchSize = batchSize
    spec.adam = adam
    spec.weightDecay = weightDecay
    spec.absoluteShare = absoluteShare
    spec.largestNorm = largestNorm
    spec.dropout = dropout
    spec.inputNoise = inputNoise
    spec.epochs = epochs
    spec.ending = .heldOutLoss
    spec.patience = patience
    spec.validationFraction = validationFraction
    spec.holdOuts = holdOuts
    spec.refit = refit
    spec.tellsUpdates = tellsUpdates
    return spec
  }
}

/// Which weights of a pretrained network learn the targets.
public enum TunedWeights: String, Codable, Sendable, CaseIterable {
  /// All of them: what was learned from the inputs is where backpropagation starts.
  case all
  /// Those of the outputs alone, a linear or logistic regression on what the hidden units say, standardised: a convex
  /// problem.
  case readout
}
