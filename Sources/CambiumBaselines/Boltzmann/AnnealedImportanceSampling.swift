public import CambiumCore

/// An estimate of log Z for machines too large to enumerate, by annealed importance sampling (Neal 2001; for
/// restricted Boltzmann machines Salakhutdinov and Murray 2008).
///
/// Chains start from the machine without hidden terms, whose Z is known, and are led by Gibbs sampling through machines
/// in which these terms grow from nothing to their size, β = 0…1. The mean over the chains of the product of the
/// ratios p*_β′(v) / p*_β(v) on the way estimates Z / Z₀ without bias.
public struct AnnealedImportanceSampling: Sendable {
  /// What came of it.
  public struct Estimate: Sendable, Equatable {
    /// The estimate of log Z. Its exponential is without bias; it itself is rather too small, the more so the more the
    /// chains differ.
    public var logPartition: Double
    /// Its standard error, from the spread of the chains.
    public var standardError: Double
  }

  /// Chains, 2 or more; the error falls with their root. Default 128.
  public var chains = 128
  /// Steps of β, even ones, 1 or more; each chain's weight varies less the more there are. Default 2000.
  public var steps = 2000

  private static let blockSize = 32

  /// The defaults.
  public init() {}

  /// Estimates log Z of a machine. O(chains · steps · D · H), shared out over the threads by blocks of chains.
  public func estimate(of machine: RestrictedBoltzmannMachine, in context: FitContext) throws -> Estimate {
    try require(chains, in: 2...1_000_000, "chains")
    try require(steps, in: 1...100_000_000, "steps")
    let blocks = (chains + Self.blockSize - 1) / Self.blockSize
    let weights = context.workers.map(blocks) { block in
      let count = min(Self.blockSize, chains - block * Self.blockSize)
      return logWeights(of: machine, chains: count, context.random.child("chains", block).generator())
    }.flatMap { $0 }
    let mean = logOfSum(weights) - logarithm(Double(chains))
    let ratios = weights.map { exponential($0 - mean) }
    let variance = ratios.reduce(0) { $0 + ($1 - 1) * ($1 - 1) } / Double(chains - 1)
    return Estimate(
      logPartition: startingLogPartition(of: machine) + mean,
      standardError: (variance / Double(chains)).squareRoot())
  }

  /// log Z₀: 2^H for hidden units that nothing moves, and Π (1 + e^b) or (2π)^(D/2).
  private func startingLogPartition(of machine: RestrictedBoltzmannMachine) -> Double {
    let hidden = Double(machine.hiddenCount) * logarithm(2)
    let biases = (0..<machine.visibleCount).map { machine.parameters[1 + $0, 0] }
    switch machine.visible {
    case .gaussian: return hidden + 0.5 * Double(machine.visibleCount) * logarithm(2 * .pi)
    case .binary:
      let softened = Matrix(rows: biases.count, columns: 1, values: biases).mapped(by: .softplus)
      return hidden + softened.values.reduce(0, +)
    }
  }

  /// log w of each chain.
  private func logWeights(
    of machine: RestrictedBoltzmannMachine, chains: Int, _ generator: RandomGenerator
  ) -> [Double] {
    var logWeights = [Double](repeating: 0, count: chains)
    var visible = startingStates(of: machine, chains, generator)
    for step in 0..<steps {
      let (before, after) = (Double(step) / Double(steps), Double(step + 1) / Double(steps))
      let sums = visible.times(machine.parameters)
      let softenedBefore = sums.scaled(by: before).mapped(by: .softplus)
      let softenedAfter = sums.scaled(by: after).mapped(by: .softplus)
      for j in 1...machine.hiddenCount {
        for i in 0..<chains { logWeights[i] += softenedAfter[i, j] - softenedBefore[i, j] }
      }
      let hidden = sums.scaled(by: after).mapped(by: .logistic).drawnAsProbabilities(generator)
        .withFirstColumnOfOnes()
      visible = drawn(machine, given: hidden, strength: after, generator)
    }
    return logWeights
  }

  /// v given h, where the hidden terms have a share of their size: of z = b + Wh, the part Wh.
  private func drawn(
    _ machine: RestrictedBoltzmannMachine, given hidden: Matrix, strength: Double,
    _ generator: RandomGenerator
  ) -> Matrix {
    var sums = hidden.timesTransposed(machine.parameters)
    for d in 1..<sums.columns {
      let bias = machine.parameters[d, 0]
      for i in 0..<sums.rows { sums[i, d] = bias + strength * (sums[i, d] - bias) }
    }
    switch machine.visible {
    case .binary: return sums.mapped(by: .logistic).drawnAsProbabilities(generator).withFirstColumnOfOnes()
    case .gaussian: return sums.withFirstColumnOfOnes().withNoise(generator)
    }
  }

  private func startingStates(
    of machine: RestrictedBoltzmannMachine, _ chains: Int, _ generator: RandomGenerator
  ) -> Matrix {
    let nothing = Matrix(rows: chains, columns: machine.hiddenCount).withOnes()
    return drawn(machine, given: nothing, strength: 0, generator)
  }
}

extension Matrix {
  /// Every entry times a factor.
  func scaled(by factor: Double) -> Matrix {
    var result = self
    for k in result.values.indices { result.values[k] *= factor }
    return result
  }
}
