public import CambiumCore

extension RestrictedBoltzmannMachine {
  /// Visible values after `steps` turns of Gibbs sampling: hidden given visible, visible given hidden.
  ///
  /// - Parameters:
  ///   - visible: N × D values that N chains start from.
  ///   - steps: Turns, at least 0. The more, the closer to draws from p(v).
  ///   - random: Where the draws come from.
  /// - Returns: N × D values. O(steps · N · D · H).
  public func sampled(from visible: Matrix, steps: Int, random: RandomStream) -> Matrix {
    precondition(
      visible.columns == visibleCount, "\(visible.columns) values for \(visibleCount) visible units")
    let generator = random.generator()
    var values = visible.withOnes()
    for _ in 0..<steps { values = drawnVisible(drawnHidden(values, generator), generator) }
    return values.columns(from: 1)
  }

  /// Hidden states given visible values, both with a column of ones before them.
  func drawnHidden(_ visible: Matrix, _ generator: RandomGenerator) -> Matrix {
    hiddenMeans(visible).drawnAsProbabilities(generator)
  }

  /// Visible states given hidden ones, both with a column of ones before them.
  func drawnVisible(_ hidden: Matrix, _ generator: RandomGenerator) -> Matrix {
    let means = visibleMeans(hidden)
    return visible == .binary ? means.drawnAsProbabilities(generator) : means.withNoise(generator)
  }
}

extension Matrix {
  /// 1 with the probability that each entry is, else 0.
  func drawnAsProbabilities(_ generator: RandomGenerator) -> Matrix {
    var states = self
    for k in states.values.indices { states.values[k] = generator.uniform() < states.values[k] ? 1 : 0 }
    return states
  }

  /// Normal noise of variance 1 on all columns but the first.
  func withNoise(_ generator: RandomGenerator) -> Matrix {
    var states = self
    for k in rows..<max(states.values.count, rows) { states.values[k] += generator.gaussian() }
    return states
  }
}
