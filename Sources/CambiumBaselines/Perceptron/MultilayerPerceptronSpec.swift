public import CambiumCore

/// How to train a fixed multilayer perceptron by backpropagation.
///
/// What is minimised: (Σ v · loss) / (Σ v) + λ · ((1 − a) · ½ Σ w² + a · Σ |w|), λ the `weightDecay`, a the
/// `absoluteShare`, v the samples' weights and w all weights but biases; the loss is half the squared error of
/// standardised targets, or the cross-entropy.
public struct MultilayerPerceptronSpec: Codable, Sendable, Equatable {
  /// Units of each hidden layer, from the inputs on, each 1…16 384; none makes a linear model. Default one of 50.
  public var layers = [50]
  /// The function of every hidden unit: any of z = w·φ. Where there are several, a network is trained with each
  /// and the one with the least held-out loss kept; with nothing held out the first is taken. Cost grows in
  /// proportion. Default tanh and the rectifier: which is ahead depends on the data.
  public var activations: [Activation] = [.tanh, .relu]
  /// β, by which z is multiplied before the function is applied, above 0, up to 100. Default 1.
  public var slope = 1.0
  /// How steps follow from gradients. Default Adam.
  public var optimizer = PerceptronOptimizer.adam
  /// How many samples make a step. RPROP and L-BFGS take the whole batch always. Default `miniBatch`.
  public var updates = PerceptronUpdates.miniBatch
  /// Samples in a mini-batch, 1…1 000 000. Default 32.
  public var batchSize = 32
  /// The rates of gradient descent. Default 0.05, halved after 50 epochs.
  public var descent = LearningRate(initial: 0.05, decay: 0.02)
  /// The share of gradient descent's last step that is repeated, 0 ≤ momentum < 1. Default 0.9.
  public var momentum = 0.9
  /// The rates of Adam. Default 0.005, halved after 100 epochs.
  public var adam = LearningRate(initial: 0.005, decay: 0.01)
  /// How the error is carried back through hidden units. Default `exact`.
  public var gradient = GradientRule.exact
  /// λ, the penalty on weights, 0…1e6; see what is minimised. Where there are several, chosen among as
  /// `activations` are, and with them. Default none, which stands for those that suit the task: 1e-5 and 0.01 for numbers,
  /// 1e-4, 0.01 and 0.1 for classes.
  public var weightDecay: [Double] = []
  /// a, the share of the penalty that is on absolute values instead of squares, 0…1: between, the elastic net's (Zou and
  /// Hastie 2005). Default 0.
  public var absoluteShare = 0.0
  /// The largest length of what a hidden unit reads, its bias aside, 0…1e6: longer weights are shortened to it after each
  /// step (Srebro and Shraibman 2005). 0: no limit, the default.
  public var largestNorm = 0.0
  /// The share of hidden units that drop out of each sample's passage in training, 0…0.95 (Srivastava and others 2014).
  /// Default 0.
  public var dropout = 0.0
  /// The deviation of normal noise that is added to the standardised inputs anew in each epoch, 0…10 (Bishop 1995: near a
  /// penalty on the slopes of the network). Default 0.
  public var inputNoise = 0.0
  /// How weights start. Default `glorot`.
  public var initialisation = WeightInitialisation.glorot
  /// `smallRandom` draws evenly from −range…range, 0…10. Default 0.1.
  public var initialRange = 0.1
  /// The most passes over the samples, 1…10 000 000. Default 1000.
  public var epochs = 1000
  /// What ends a training before the last epoch. Default `automatic`.
  public var ending = PerceptronEnding.automatic
  /// Training ends after this many epochs without less of the loss that ends it, 1…10 000 000. Default 60. (Where the
  /// training loss ends it and held-out samples choose the decay, 20 are enough.)
  public var patience = 60
  /// The share of the samples held out to choose the number of epochs by, 0…0.9, where the caller keeps none
  /// apart. 0: training ends when its own loss no longer falls. Default 0.2.
  public var validationFraction = 0.2
  /// The most hold-outs that the choice is averaged over, 1…100. They are drawn until 500 samples were held out
  /// in all, so large data has one; without `refit` there is one always. Cost grows in proportion. Default 5.
  public var holdOuts = 5
  /// Whether the chosen number of epochs is trained again on all samples, those included that were held out or kept
  /// apart to choose by, from the same starting weights. Default true.
  public var refit = true
  /// Whether the report tells how much the epochs 1, 2, 4, 8 and so on moved each layer. Costs a copy of the weights for each
  /// step of these epochs. Default false.
  public var tellsUpdates = false

  /// The defaults.
  public init() {}

  /// The penalties to choose among for a task.
  func decays(for task: Task) -> [Double] {
    if !weightDecay.isEmpty { return weightDecay }
    return task == .regression ? [1e-5, 1e-2] : [1e-4, 1e-2, 1e-1]
  }

  /// Throws an `InputError` that names the first key whose value is out of range.
  public func validate() throws {
    try require(layers.count <= 64, "layers", "\(layers.count) layers", "at most 64")
    for units in layers { try require(units, in: 1...16_384, "layers") }
    try require(!activations.isEmpty, "activations", "an empty list", "at least one function")
    for activation in activations {
      try require(activation.form == .ridge, "activations", activation.rawValue, "functions of z = w·φ")
    }
    try require(
      Set(activations).count == activations.count, "activations", "a function named twice", "each once")
    try require(slope > 0 && slope <= 100, "slope", "\(slope)", "a value above 0, up to 100")
    try require(batchSize, in: 1...1_000_000, "batchSize")
    try validate(descent, "descent")
    try require(momentum >= 0 && momentum < 1, "momentum", "\(momentum)", "a value from 0 to below 1")
    try validate(adam, "adam")
    for decay in weightDecay { try require(decay, in: 0...1e6, "weightDecay") }
    try require(
      Set(weightDecay).count == weightDecay.count, "weightDecay", "a penalty given twice", "each once")
    try require(absoluteShare, in: 0...1, "absoluteShare")
    try require(largestNorm, in: 0...1e6, "largestNorm")
    try require(dropout, in: 0...0.95, "dropout")
    try require(inputNoise, in: 0...10, "inputNoise")
    try require(initialRange, in: 0...10, "initialRange")
    try require(epochs, in: 1...10_000_000, "epochs")
    try require(patience, in: 1...10_000_000, "patience")
    try require(validationFraction, in: 0...0.9, "validationFraction")
    try require(holdOuts, in: 1...100, "holdOuts")
  }

  private func validate(_ rate: LearningRate, _ key: String) throws {
    try require(
      rate.initial > 0 && rate.initial <= 1000, "\(key).initial", "\(rate.initial)",
      "a value above 0, up to 1000")
    try require(rate.decay, in: 0...1000, "\(key).decay")
  }
}

/// What ends a training before its last epoch, where samples are held out. Where none are it is the training loss always.
public enum PerceptronEnding: String, Codable, Sendable, CaseIterable {
  /// `trainingLoss` for classes, `heldOutLoss` for numbers.
  ///
  /// On twelve small sets of classes, six hold-outs of the training rows of each, the first had 19.9 % of the rows wrong and
  /// the second 20.7; on five of numbers they were level.
  case automatic
  /// The epoch with the least held-out loss is kept: early stopping (Prechelt 1998).
  case heldOutLoss
  /// Training goes on until its own loss stands still; held-out samples choose the decay and the function alone.
  case trainingLoss

  /// Whether the held-out loss ends the training for a task.
  func isByHeldOutLoss(for task: Task) -> Bool {
    switch self {
    case .automatic: task == .regression
    case .heldOutLoss: true
    case .trainingLoss: false
    }
  }
}

/// How steps follow from gradients.
public enum PerceptronOptimizer: String, Codable, Sendable, CaseIterable {
  /// The generalised delta rule: gradient descent with momentum and a learning rate that decreases.
  case descent
  /// Adam, with a learning rate that decreases.
  case adam
  /// RPROP: a step for each weight, from the signs of the whole batch's gradients.
  case rprop
  /// L-BFGS on the whole batch, with a search along each direction; an epoch costs two passes or more.
  case lbfgs
}

/// How many samples make a step.
public enum PerceptronUpdates: String, Codable, Sendable, CaseIterable {
  /// One: on-line training, in a new order each epoch.
  case online
  /// As many as `batchSize` says, drawn without repeats in a new order each epoch.
  case miniBatch
  /// All.
  case batch
}

/// How the error is carried back through hidden units, and enters a weight's gradient.
public enum GradientRule: String, Codable, Sendable, CaseIterable {
  /// The chain rule: δ_i = f'(z_i) Σ_j w_ij δ_j, and ∂/∂w_hi = δ_i x_h.
  case exact
  /// The lecture's slides as printed: δ_i = Σ_j w_ij δ_j, and ∂/∂w_hi = δ_i f'(z_i) x_h. The derivatives of the
  /// units that δ passes through are missing, so from two hidden layers on this is not the gradient.
  case literal
}
