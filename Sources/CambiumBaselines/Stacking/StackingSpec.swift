public import CambiumCore

/// How to train a deep stacking network (Deng and Yu 2011): blocks of one hidden layer, trained one by one, each of which
/// reads the inputs and what all blocks below it answer.
///
/// What a block minimises: the mean of ½ Σ (ŷ − y)², and λ · ((1 − a) · ½ Σ w² + a · Σ |w|) over the hidden weights and
/// λ · ½ Σ w² over those of the readout, biases aside; λ is the `weightDecay`, a the `absoluteShare`. Classes are numbers to
/// it, 0 and 1. Of given hidden units the best readout is then the solution of linear equations, and hidden units are trained
/// for the error with that readout.
public struct StackingSpec: Codable, Sendable, Equatable {
  /// The most blocks, 1…64; held-out samples choose how many count. Default 6.
  public var blocks = 6
  /// Hidden units of each block, 1…4096. Default 100.
  public var units = 100
  /// The function of every hidden unit: any of z = w·φ. Default logistic.
  public var activation = Activation.logistic
  /// Passes of RPROP over all samples for each block, 0…100 000; 0 leaves hidden units as they were drawn. Default 40.
  public var epochs = 40
  /// λ, 1e-9…1e6; where there are several, the one with the least held-out error is taken. Default 1e-4 and 0.01.
  public var weightDecay = [1e-4, 1e-2]
  /// a, 0…1. Default 0.
  public var absoluteShare = 0.0
  /// The largest length of what a hidden unit reads, 0…1e6; 0: no limit. Default 0.
  public var largestNorm = 0.0
  /// The share of hidden units that drop out of each sample's passage in training, 0…0.95. What that adds to the squared
  /// error on average is known, share / (1 − share) · ½ Σ h² w², and minimised in its place (Wager and others 2013). Default 0.
  public var dropout = 0.0
  /// The deviation of normal noise that is added to the standardised inputs anew in each epoch, 0…10. Default 0.
  public var inputNoise = 0.0
  /// By how many standard errors a further block is to lessen the held-out error for it to count, 0…10 (Breiman and others
  /// 1984, for trees): less may be chance. Default 1.
  public var standardErrors = 1.0
  /// No further block is tried after this many that did not count, 1…64. Default 2.
  public var patience = 2
  /// The share of the samples held out to choose by, 0…0.9, where the caller keeps none apart; of none all blocks count.
  /// Default 0.2.
  public var validationFraction = 0.2
  /// The most hold-outs that blocks are judged by together, 1…100. They are drawn until 500 samples were held out in all, so
  /// large data has one; without `refit` there is one always. Cost grows in proportion. Default 5.
  public var holdOuts = 5
  /// Whether the chosen number of blocks is trained again on all samples. Default true.
  public var refit = true

  /// The defaults.
  public init() {}

  /// Throws an `InputError` that names the first key whose value is out of range.
  public func validate() throws {
    try require(blocks, in: 1...64, "blocks")
    try require(units, in: 1...4096, "units")
    try require(activation.form == .ridge, "activation", activation.rawValue, "a function of z = w·φ")
    try require(epochs, in: 0...100_000, "epochs")
    try require(!weightDecay.isEmpty, "weightDecay", "an empty list", "at least one penalty")
    for decay in weightDecay { try require(decay, in: 1e-9...1e6, "weightDecay") }
    try require(absoluteShare, in: 0...1, "absoluteShare")
    try require(largestNorm, in: 0...1e6, "largestNorm")
    try require(dropout, in: 0...0.95, "dropout")
    try require(inputNoise, in: 0...10, "inputNoise")
    try require(standardErrors, in: 0...10, "standardErrors")
    try require(patience, in: 1...64, "patience")
    try require(validationFraction, in: 0...0.9, "validationFraction")
    try require(holdOuts, in: 1...100, "holdOuts")
  }
}
