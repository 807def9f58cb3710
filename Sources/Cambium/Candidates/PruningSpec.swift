internal import CambiumCore

/// Which connections are cut while a candidate is trained, and which units once a network has grown. A connection is cut
/// where any rule says so; the survivors train on, and a cut connection stays cut.
public struct PruningSpec: Codable, Sendable, Equatable {
  /// A connection is cut whose weight is below this share of the root mean square of its unit's weights (in a product those of
  /// its factor), all sources being standardised: it approaches zero. 0…1, 0 cuts nothing. Default 0.5.
  public var nearZero = 0.5
  /// A connection is cut whose weight has |mean| / standard deviation below this over the epochs since the
  /// last cut: it fluctuates. ≥ 0, 0 cuts nothing. Default 1.
  public var fluctuation = 1.0
  /// The same over resampled batches (Finnoff, Hergert and Zimmermann 1993, *Improving model selection by nonconvergent
  /// methods*): a connection is cut where w + Δ_b, its weight after one step on batch b, has |mean| / standard deviation
  /// below this over `batches` batches. Δ_b is the batch's gradient over the Gauss–Newton curvature of that weight, so the
  /// figure has no unit; it grows with the root of `batchSize`. 0…1e6, 0 cuts nothing. Default 0.
  public var batchFluctuation = 0.0
  /// How many batches, each drawn with replacement, 2…1000. Default 16. A batch costs its share of a pass.
  public var batches = 16
  /// The samples of a batch, 1…1e9. Default 64.
  public var batchSize = 64
  /// A connection is cut whose w² / var(w) is below this: Wald's statistic, of χ² with one degree of freedom for a weight
  /// that is 0 but for noise; 3.84 is its 95th percentile. var(w) is the diagonal of σ² H⁻¹ with H the Gauss–Newton Hessian
  /// of ½ Σ r² in the candidate's parameters, σ² what it leaves; its largest weight, which is never cut, is held fixed, since
  /// of powers the size of all weights is not determined. O(k³) for k connections. 0…1e6, 0 cuts nothing. Default 0.
  public var wald = 0.0
  /// A connection is cut whose saliency ½ h w² (LeCun, Denker and Solla 1990, *Optimal brain damage*), h the Hessian's
  /// diagonal, is below this share of ½ Σ r² that the candidate takes away. 0…1, 0 cuts nothing. Default 0.
  public var brainDamage = 0.0
  /// Once a network has grown whose size held-out samples chose, weights of the readout, biases apart, are cut, always the one
  /// whose ½ w² / [H⁻¹] is least, as long as all of that is below this share of the loss and each is below what chance
  /// gains, σ² of numbers and 1 of a log-loss (Akaike 1974); the others take over what a cut weight did (Hassibi and Stork
  /// 1993, *Optimal brain surgeon*). H is the Hessian of the loss in the weights of one output,
  /// ridge included, [H⁻¹] its inverse's entry for the weight. O(N p² m + p³ m). 0…1, 0 cuts nothing. Default 0.005.
  public var readout = 0.005
  /// When to cut, as shares of the epochs, each in 0 < t < 1, rising. Default 0.5 and 0.7.
  public var schedule = [0.5, 0.7]
  /// Once a network has grown, units that no other reads are taken out, the cheapest first and the readout refitted, while
  /// all of that costs less than this share of what all units gained: of the loss on held-out samples, where the network
  /// has them (as with `stopping.regrow` off), else of the Bayesian information criterion, which is the stricter: of noisy
  /// classes it may leave none. 0…1, 0 takes out none. Default 0.
  public var units = 0.0

  /// The defaults.
  public init() {}

  /// Whether a rule is on that needs the candidates' gradients and curvature.
  var needsEvidence: Bool { batchFluctuation > 0 || wald > 0 || brainDamage > 0 }

  func validate() throws {
    try require(nearZero, in: 0...1, "pruning.nearZero")
    try require(fluctuation, in: 0...1e6, "pruning.fluctuation")
    try require(batchFluctuation, in: 0...1e6, "pruning.batchFluctuation")
    try require(batches, in: 2...1000, "pruning.batches")
    try require(batchSize, in: 1...1_000_000_000, "pruning.batchSize")
    try require(wald, in: 0...1e6, "pruning.wald")
    try require(brainDamage, in: 0...1, "pruning.brainDamage")
    try require(readout, in: 0...1, "pruning.readout")
    let rising = zip(schedule, schedule.dropFirst()).allSatisfy { $0 < $1 }
    try require(
      rising && schedule.allSatisfy { $0 > 0 && $0 < 1 }, "pruning.schedule", "\(schedule)",
      "rising shares between 0 and 1")
    try require(units, in: 0...1, "pruning.units")
  }
}
