internal import Cambium
internal import CambiumCore

/// What an answer in its own unit is of a clipped score: constant + factor · score, or constant + factor · e^score.
struct AnswerFormula {
  let constant: Double
  let factor: Double
  let isExponential: Bool

  /// What rounding leaves of a constant that is 0, as a share of what it was the sum of.
  private static let rounding = 1e-12

  init(of network: Network, output: Int, scaling: Scaling) {
    guard let link = network.link(ofOutput: output) else {
      (constant, factor, isExponential) = (scaling.mean, scaling.standardDeviation, false)
      return
    }
    let sum = scaling.restored(link.origin)
    constant = abs(sum) <= Self.rounding * abs(scaling.mean) ? 0 : sum
    factor = scaling.standardDeviation * link.factor
    isExponential = true
  }
}
