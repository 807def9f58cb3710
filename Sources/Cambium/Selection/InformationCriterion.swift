package import CambiumCore

/// The Bayesian information criterion (Schwarz 1978, *Estimating the dimension of a model*): less is better.
///
///   BIC = −2 log L + k log N,
///
/// k the number of connections, readout included, N the samples by weight. Classes: −2 log L is twice the summed
/// log-loss. Regression: N m log(SSE / (N m)), the noise's variance being that of what is left, and at least 10⁻¹² of the
/// targets'.
package enum InformationCriterion {
  /// The criterion at a loss summed over the samples.
  package static func value(loss: Double, of data: Dataset, connections: Int) -> Double {
    let samples = data.totalWeight
    let penalty = Double(connections) * logarithm(max(samples, 1))
    guard data.task == .regression else { return 2 * loss + penalty }
    let count = samples * Double(data.outputCount)
    return count * logarithm(max(2 * loss / count, 1e-12)) + penalty
  }
}

extension GrowingNetwork {
  /// The connections of all units and of the readout.
  var connectionCount: Int { units.reduce(readout.values.count) { $0 + $1.connections.count } }

  /// How many connections it will have with a unit more.
  func connectionCount(with unit: Network.Unit) -> Int {
    connectionCount + unit.connections.count + data.outputCount
  }

  /// The criterion of the network as it stands.
  var informationCriterion: Double {
    informationCriterion(
      loss: loss.valueAndGradient(scores: scores, targets: data.targets, weights: data.weights).value)
  }

  /// The criterion at its loss, summed over the samples.
  func informationCriterion(loss: Double) -> Double {
    InformationCriterion.value(
      loss: loss / data.totalWeight * data.totalWeight, of: data, connections: connectionCount)
  }
}
