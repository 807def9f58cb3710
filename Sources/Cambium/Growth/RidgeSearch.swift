internal import CambiumCore

/// Looks for the readout's ridge with the least held-out loss, size after size, near where it was for the size before.
///
/// The loss has one valley over the ridges, and it moves little from a size to the next: a few fits a size find it, each
/// from the one before. Half of the time went to fits under every ridge before.
struct RidgeSearch {
  /// Rising.
  private let ridges: [Double]
  private var walks: [Walk]
  /// The index of the best ridge so far.
  private var best: Int

  /// A search along paths that grew under the same ridge, one of `ridges`, which rise.
  init(of paths: [GrowthPath], ridges: [Double]) {
    self.ridges = ridges
    walks = paths.map { Walk(path: $0) }
    best = ridges.firstIndex(of: paths[0].last.ridge) ?? 0
  }

  /// The points looked at for networks of so many rounds; sizes are to be asked for in rising order.
  mutating func points(after rounds: Int) -> [SizeChoice.Point] {
    var losses: [Int: Double] = [:]
    func isBetter(_ index: Int, than other: Int) -> Bool {
      losses[index] ?? .infinity < losses[other] ?? .infinity
    }
    for step in [-1, 1] {
      var index = best
      while ridges.indices.contains(index) {
        if losses[index] == nil { losses[index] = meanLoss(rounds, index) }
        if index != best, isBetter(best, than: index) { break }
        best = index
        index += step
      }
    }
    return losses.sorted { $0.key < $1.key }.map {
      SizeChoice.Point(rounds: rounds, ridge: ridges[$0.key], loss: $0.value)
    }
  }

  private mutating func meanLoss(_ rounds: Int, _ index: Int) -> Double {
    var sum = 0.0
    for walk in walks.indices { sum += walks[walk].loss(after: rounds, ridge: ridges[index]) }
    return sum / Double(walks.count)
  }
}

/// The readouts along a path under each ridge, as far as they were asked for.
private struct Walk {
  private struct Fitted {
    var rounds: Int
    var readout: Matrix
    var loss: Double
  }

  private let path: GrowthPath
  /// The last of each ridge.
  private var fitted: [Double: Fitted] = [:]

  init(path: GrowthPath) {
    self.path = path
  }

  /// The held-out loss after so many rounds; that after the last, where there were fewer.
  mutating func loss(after rounds: Int, ridge: Double) -> Double {
    let rounds = min(rounds, path.networks.count - 1)
    if let last = fitted[ridge], last.rounds == rounds { return last.loss }
    let grown = path.networks[rounds].readout
    let start = (fitted[ridge]?.readout ?? grown).extended(toRows: grown.rows)
    let readout = path.last.readout(from: start, ridge: ridge)
    let loss = path.last.heldOutLoss(with: readout)
    fitted[ridge] = Fitted(rounds: rounds, readout: readout, loss: loss)
    return loss
  }
}
