package import CambiumCore

/// Writes down the weights of a pool's candidates after each epoch, for those who want to see how connections were pruned.
///
/// Costs a number for each connection, candidate and epoch, so growth keeps one only where its observer asks for paths.
package final class WeightRecorder {
  /// A connection of a candidate.
  private struct Place: Hashable {
    var isSecondFactor: Bool
    var source: Int
  }

  private var weights: [Int: [Place: [Double]]] = [:]
  private var epochs: [Int: Int] = [:]

  package init() {}

  /// Notes the pool after an epoch.
  ///
  /// - Parameters:
  ///   - candidates: Where the pool's candidates stand among all that there were.
  ///   - sources: Where the pool's sources stand among all.
  func note(_ pool: CandidatePool, candidates: [Int], sources: [Int]) {
    for (index, candidate) in candidates.enumerated() {
      epochs[candidate, default: 0] += 1
      for connection in pool.connections(of: index) {
        let place = Place(isSecondFactor: connection.factor == .second, source: sources[connection.source])
        weights[candidate, default: [:]][place, default: []].append(connection.weight)
      }
    }
  }

  /// The path of a candidate, by its place in the pool that training began with.
  package func path(of candidate: Int, activation: Activation, round: Int) -> WeightPath {
    let lines = weights[candidate, default: [:]].sorted { a, b in
      (a.key.isSecondFactor ? 1 : 0, a.key.source) < (b.key.isSecondFactor ? 1 : 0, b.key.source)
    }
    return WeightPath(
      round: round, activation: activation, epochs: epochs[candidate, default: 0],
      lines: lines.map { .init(source: $0.key.source, weights: $0.value) })
  }
}
