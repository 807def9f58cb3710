public import CambiumCore

/// What a small machine says exactly, by going through all states of one layer: of Gaussian visible units the hidden
/// one, else that with fewer units. O(2^units · D · H).
extension RestrictedBoltzmannMachine {
  /// The most units of the layer whose states are gone through.
  public static let largestEnumeration = 24

  private var goesThroughHidden: Bool { visible == .gaussian || hiddenCount < visibleCount }
  private var enumeratedCount: Int { goesThroughHidden ? hiddenCount : visibleCount }

  /// log Z. Throws an `InputError` where the layer has more than ``largestEnumeration`` units.
  public func logPartition() throws -> Double {
    try checkSize()
    let parts = blocks.map { logOfSum(logWeights($0)) }
    return logOfSum(parts)
  }

  /// The mean of log p(v) over the rows of N × D visible values, weighted; for Gaussian units of the density.
  public func meanLogLikelihood(of visible: Matrix, weights: [Double]? = nil) throws -> Double {
    let partition = try logPartition()
    let energies = freeEnergies(ofVisible: visible)
    let weights = weights ?? [Double](repeating: 1, count: visible.rows)
    let sum = zip(energies, weights).reduce(0) { $0 - $1.0 * $1.1 }
    return sum / weights.reduce(0, +) - partition
  }

  /// The gradient of ``meanLogLikelihood(of:weights:)`` in the parameters, laid out as they are: E_data(v hᵀ) −
  /// E_model(v hᵀ), with a 1 before v and before h.
  public func logLikelihoodGradient(of visible: Matrix, weights: [Double]? = nil) throws -> Matrix {
    let partition = try logPartition()
    let total = weights?.reduce(0, +) ?? Double(visible.rows)
    let data = visible.withOnes()
    var gradient = data.scalingRows(by: weights).transposedTimes(hiddenMeans(data))
    for k in gradient.values.indices { gradient.values[k] /= total }
    for block in blocks {
      let states = block.withOnes()
      let probabilities = logWeights(block).map { exponential($0 - partition) }
      let expectation =
        goesThroughHidden
        ? visibleMeans(states).scalingRows(by: probabilities).transposedTimes(states)
        : states.scalingRows(by: probabilities).transposedTimes(hiddenMeans(states))
      for k in gradient.values.indices { gradient.values[k] -= expectation.values[k] }
    }
    gradient[0, 0] = 0
    return gradient
  }

  private func checkSize() throws {
    try require(
      enumeratedCount <= Self.largestEnumeration, "units", "\(enumeratedCount) to go through all states of",
      "at most \(Self.largestEnumeration); annealed importance sampling estimates the partition function of more"
    )
  }

  private func logWeights(_ states: Matrix) -> [Double] {
    (goesThroughHidden ? freeEnergies(ofHidden: states) : freeEnergies(ofVisible: states)).map { -$0 }
  }

  private var blocks: some Collection<Matrix> { BinaryStates.blocks(of: enumeratedCount) }
}

/// log Σ e^x, without overflow.
func logOfSum(_ logarithms: [Double]) -> Double {
  guard let largest = logarithms.max(), largest.isFinite else { return -.infinity }
  return largest + logarithm(logarithms.reduce(0) { $0 + exponential($1 - largest) })
}
