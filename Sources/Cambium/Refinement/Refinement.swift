internal import CambiumCore

/// What the evidence has settled on: one decay for each group of weights, and the noise of the targets.
struct Evidence: Codable {
  /// α of each group: the precision of its weights' prior.
  var decays: [WeightSpace.Group: Double]
  /// β: the precision of the targets' noise; 1 for classes.
  var noisePrecision: Double
}

/// Tunes all weights of a grown network together: Levenberg–Marquardt (Marquardt 1963) on
///
///   F(θ) = β Σ_n v_n loss_n + ½ Σ_g α_g Σ_(i in g) θ_i²,
///
/// with the decays α and the noise precision β adapted by the evidence (MacKay 1992): γ_g = |g| − α_g tr_g A⁻¹
/// weights of a group are determined by the data, α_g = γ_g / Σ θ², β = (N m − γ) / (2 Σ loss). Biases have no
/// decay. A step costs O(N |θ|² + |θ|³).
///
/// Of large data a sample is tuned on, and the readout then fitted to all of it: what a sample many times the number of
/// weights leaves undetermined is little, and each step's cost is that of the sample. The Gauss–Newton matrix of a
/// sample is summed in single precision.
struct Refinement {
  let spec: RefinementSpec
  let workers: WorkerPool

  /// Decays may raise the loss, but where it is more than this many times what it was, the evidence has taken all for
  /// noise: with about as many weights as different samples it may run off to decays under which every weight vanishes.
  private static let largestLossRatio = 4.0

  /// Tunes `network` as ``tune(_:evidence:random:)`` does, where the spec's `keeping` lets that stand.
  func refine(_ network: inout GrowingNetwork, evidence: inout Evidence?, random: RandomStream) -> Int {
    guard spec.keeping == .heldOut else { return tune(&network, evidence: &evidence, random: random) }
    guard network.heldOut == nil else {
      var (tried, found) = (network, evidence)
      let passes = tune(&tried, evidence: &found, random: random)
      if !tried.isWorse(than: network) { (network, evidence) = (tried, found) }
      return passes
    }
    let split = Split.holdOut(
      network.data, fraction: spec.heldOutShare, random: random.child("held out"))
    var before = network.restricted(to: split.training, heldOut: split.heldOut)
    before.refitReadout()
    var (tried, found) = (before, evidence)
    let passes = tune(&tried, evidence: &found, random: random)
    return tried.isWorse(than: before)
      ? passes : passes + tune(&network, evidence: &evidence, random: random)
  }

  /// Tunes `network` in place, from and to `evidence`. Returns the passes over the samples that it took; the
  /// network is left as it was where tuning fails.
  func tune(_ network: inout GrowingNetwork, evidence: inout Evidence?, random: RandomStream) -> Int {
    let space = WeightSpace(
      units: network.units, inputCount: network.data.featureCount, outputCount: network.data.outputCount)
    guard space.count <= spec.largestWeightCount else { return 0 }
    let isSampled = network.data.sampleCount > spec.sampleLimit
    let tuned =
      isSampled ? network.sampled(spec.sampleCount(forWeights: space.count), random: random) : network
    let problem = GaussNewton(
      data: tuned.data, design: tuned.design, space: space, isSinglePrecision: isSampled, workers: workers)
    let start = space.vector(readout: network.readout)
    let startLoss = problem.loss(start)
    var descent = Descent(problem: problem, theta: start, loss: startLoss, evidence: evidence)
    var passes = 0
    for _ in 0..<spec.steps {
      let (count, moved) = descent.step()
      passes += count
      guard moved else { break }
    }
    guard descent.theta.allSatisfy(\.isFinite), descent.accepted > 0,
      problem.loss(descent.theta) <= Self.largestLossRatio * startLoss
    else { return passes }
    let units = space.units(from: descent.theta)
    guard network.replace(units: units, readout: space.readout(from: descent.theta)) else { return passes }
    evidence = descent.evidence
    let beta = descent.evidence.noisePrecision
    if let inputs = descent.evidence.decays[.input] { network.decay.inputs = inputs / beta }
    if let units = descent.evidence.decays[.unit] { network.decay.units = units / beta }
    if isSampled { network.refitReadout() }
    return passes
  }
}

extension GrowingNetwork {
  /// Whether its held-out loss is larger than another's; never without held-out samples.
  fileprivate func isWorse(than other: GrowingNetwork) -> Bool {
    guard let own = heldOutLoss(), let others = other.heldOutLoss() else { return false }
    return own > others
  }
}

/// A descent on F, and the evidence that shapes it.
private struct Descent {
  let problem: GaussNewton
  var theta: [Double]
  var evidence: Evidence
  /// Steps taken.
  private(set) var accepted = 0
  private var damping = 1e-2
  /// Σ v · m: N m where every sample counts once.
  private let sampleWeight: Double

  /// A descent from a point with its loss.
  init(problem: GaussNewton, theta: [Double], loss: Double, evidence: Evidence?) {
    self.problem = problem
    self.theta = theta
    let m = Double(problem.space.outputCount)
    sampleWeight = problem.data.totalWeight * m
    let isRegression = problem.data.task == .regression
    var start = evidence ?? Evidence(decays: [:], noisePrecision: 1)
    if evidence == nil, isRegression {
      start.noisePrecision = sampleWeight / max(2 * loss, 1e-9 * sampleWeight)
    }
    for group in WeightSpace.Group.allCases where start.decays[group] == nil {
      start.decays[group] = group == .bias ? 0 : 0.01 * start.noisePrecision
    }
    self.evidence = start
  }

  /// One accepted step, and the evidence adapted after it. Returns the passes over the samples and whether F
  /// still falls.
  mutating func step() -> (passes: Int, moved: Bool) {
    var (loss, slope, system) = problem.expand(theta)
    guard loss.isFinite, slope.allSatisfy(\.isFinite) else { return (1, false) }
    let decay = problem.space.groups.map { evidence.decays[$0] ?? 0 }
    let current = objective(loss, theta, decay)
    let gradient = theta.indices.map { evidence.noisePrecision * slope[$0] + decay[$0] * theta[$0] }
    let w = theta.count
    for k in system.indices { system[k] *= evidence.noisePrecision }
    for attempt in 1...8 {
      var damped = system
      for i in 0..<w {
        let diagonal = system[i * (w + 1)] + decay[i]
        damped[i * (w + 1)] = diagonal + damping * max(diagonal, 1e-8)
      }
      if let factor = Cholesky(consume damped, order: w) {
        let move = factor.solve(gradient)
        let next = theta.indices.map { theta[$0] - move[$0] }
        let nextLoss = problem.loss(next)
        let value = objective(nextLoss, next, decay)
        if value.isFinite, value < current {
          theta = next
          accepted += 1
          damping = max(damping * 0.2, 1e-8)
          adaptEvidence(system, loss: nextLoss)
          return (1 + attempt, current - value > 1e-6 * abs(current))
        }
      }
      damping *= 5
      if damping > 1e8 { break }
    }
    return (9, false)
  }

  private func objective(_ loss: Double, _ theta: [Double], _ decay: [Double]) -> Double {
    var penalty = 0.0
    for i in theta.indices { penalty += decay[i] * theta[i] * theta[i] }
    return evidence.noisePrecision * loss + 0.5 * penalty
  }

  private mutating func adaptEvidence(_ system: [Double], loss: Double) {
    let w = theta.count
    var posterior = system
    for i in 0..<w { posterior[i * (w + 1)] += (evidence.decays[problem.space.groups[i]] ?? 0) + 1e-10 }
    guard let variances = Cholesky(consume posterior, order: w)?.inverseDiagonal() else { return }
    var determined = 0.0
    for group in WeightSpace.Group.allCases {
      let members = theta.indices.filter { problem.space.groups[$0] == group }
      guard !members.isEmpty else { continue }
      guard group != .bias, let decay = evidence.decays[group] else {
        determined += Double(members.count)
        continue
      }
      let squares = members.reduce(0) { $0 + theta[$1] * theta[$1] }
      let undetermined = members.reduce(0) { $0 + decay * variances[$1] }
      let gamma = min(max(Double(members.count) - undetermined, 0), Double(members.count))
      determined += gamma
      // A weak Gamma prior keeps the decay of weights that vanish finite.
      evidence.decays[group] = (gamma + 1e-2) / (squares + 1e-2 * squares / Double(members.count) + 1e-8)
    }
    guard problem.data.task == .regression else { return }
    let freedom = max(sampleWeight - determined, 0.05 * sampleWeight)
    evidence.noisePrecision = freedom / max(2 * loss, 1e-12 * sampleWeight)
  }
}
