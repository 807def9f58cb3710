internal import CambiumCore

/// What keeps candidates from fitting noise while they are trained; all of it off by default, since pruning, held-out samples
/// and the readout's ridge do the same. Candidates are ranked, and the readout fitted, without it.
///
/// What a candidate climbs is then J − λ ((1 − a) · ½ Σ w² + a · Σ |w|), λ the `weightDecay`, a the `absoluteShare`, w its
/// weights but biases, or a radial candidate's widths. J is a share of 1, so that λ of about 0.001 to 0.1 matters.
public struct RegularisationSpec: Codable, Sendable, Equatable {
  /// λ, the penalty on weights, 0…1e6. Default 0.
  public var weightDecay = 0.0
  /// a, the share of the penalty that is on absolute values instead of squares, 0…1: between, the elastic net's (Zou and
  /// Hastie 2005). Default 0.
  public var absoluteShare = 0.0
  /// The largest length of what a candidate reads, its bias aside, 0…1e6: longer weights are shortened to it after each
  /// step (Srebro and Shraibman 2005). 0: no limit, the default.
  public var largestNorm = 0.0
  /// The share of what candidates read that drops out, anew in each round, 0…0.95; what is left is divided by the share that
  /// stays (Srivastava and others 2014). Default 0.
  public var dropout = 0.0
  /// The deviation of normal noise that is added to the standardised inputs that candidates learn from, anew in each round,
  /// 0…10 (Bishop 1995: near a penalty on slopes). Default 0.
  public var inputNoise = 0.0

  /// Nothing of it.
  public init() {}

  /// Whether weights cost something.
  var isPenalised: Bool { weightDecay > 0 }
  /// Whether what candidates read is disturbed.
  var isNoisy: Bool { dropout > 0 || inputNoise > 0 }

  func validate() throws {
    try require(weightDecay, in: 0...1e6, "training.regularisation.weightDecay")
    try require(absoluteShare, in: 0...1, "training.regularisation.absoluteShare")
    try require(largestNorm, in: 0...1e6, "training.regularisation.largestNorm")
    try require(dropout, in: 0...0.95, "training.regularisation.dropout")
    try require(inputNoise, in: 0...10, "training.regularisation.inputNoise")
  }
}

// MARK: - What it does to a pool

extension RegularisationSpec {
  /// Takes the penalty off the objectives, and its gradient off theirs; a candidate of no worth has none.
  func penalise(_ objectives: inout [Double], _ gradient: inout [Double], of pool: CandidatePool) {
    guard isPenalised else { return }
    objectives = penalised(objectives, of: pool)
    addPenalty(share: 1, to: &gradient, of: pool)
  }

  /// The objectives less the penalty.
  func penalised(_ objectives: [Double], of pool: CandidatePool) -> [Double] {
    guard isPenalised else { return objectives }
    return objectives.enumerated().map { candidate, objective in
      guard objective > 0 else { return objective }
      return pool.prunableRanges(of: candidate).joined().reduce(objective) { value, k in
        let weight = pool.parameters[k]
        return value - weightDecay
          * ((1 - absoluteShare) * 0.5 * weight * weight + absoluteShare * abs(weight))
      }
    }
  }

  /// Adds a share of the gradient of minus the penalty.
  func addPenalty(share: Double, to gradient: inout [Double], of pool: CandidatePool) {
    guard isPenalised else { return }
    for k in (0..<pool.count).flatMap(pool.prunableRanges).joined() {
      let weight = pool.parameters[k]
      let sign: Double = weight > 0 ? 1 : weight < 0 ? -1 : 0
      gradient[k] -= share * weightDecay * ((1 - absoluteShare) * weight + absoluteShare * sign)
    }
  }

  /// Shortens weights that are too long.
  func limitNorms(of pool: inout CandidatePool) {
    guard largestNorm > 0 else { return }
    for range in (0..<pool.count).flatMap(pool.prunableRanges) {
      let square = range.reduce(0.0) { $0 + pool.parameters[$1] * pool.parameters[$1] }
      guard square > largestNorm * largestNorm else { continue }
      let factor = largestNorm / square.squareRoot()
      for k in range { pool.parameters[k] *= factor }
    }
  }
}
