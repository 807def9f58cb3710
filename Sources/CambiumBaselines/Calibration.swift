internal import CambiumCore

/// What held-out samples say of a network: its mean loss once its confidence is right, and by how much the
/// scores are to shrink for that.
///
/// A classifier grows overconfident before it stops to learn: its held-out log-loss turns up while it still
/// sorts the classes better from epoch to epoch. Overconfidence is undone by one factor on all scores, so what
/// an epoch is judged by is the log-loss with the best such factor (temperature scaling, Guo and others 2017;
/// as a rule to stop by, Berta and others 2025). The factor never exceeds 1: a few samples that are all right
/// would ask for boundless confidence.
struct Calibration: Sendable, Equatable {
  /// The least factor.
  static let leastScale = 1.0 / 64
  private static let bisections = 12

  /// The mean loss of the samples with all scores times `scale`.
  var loss: Double
  /// The factor, 1/64…1; regression: 1.
  var scale: Double

  /// Judges N × m scores of the samples of `data`. O(N · m).
  init(scores: Matrix, data: Dataset) {
    let loss = Loss(task: data.task)
    let weight = data.weights?.reduce(0, +) ?? Double(max(data.sampleCount, 1))
    // The mean loss at a factor, and whether a smaller factor would lessen it: it is convex in the factor.
    func evaluate(_ scale: Double) -> (loss: Double, isOverconfident: Bool) {
      var scaled = scores
      if scale != 1 { for k in scaled.values.indices { scaled.values[k] *= scale } }
      let (value, gradient) = loss.valueAndGradient(
        scores: scaled, targets: data.targets, weights: data.weights)
      var slope = 0.0
      for k in scores.values.indices { slope += gradient.values[k] * scores.values[k] }
      return (value / weight, slope > 0)
    }
    let plain = evaluate(1)
    self.loss = plain.loss
    scale = 1
    guard loss != .squared, plain.isOverconfident else { return }
    var bounds = (low: logarithm(Self.leastScale), high: 0.0)
    for _ in 0..<Self.bisections {
      let middle = 0.5 * (bounds.low + bounds.high)
      if evaluate(exponential(middle)).isOverconfident { bounds.high = middle } else { bounds.low = middle }
    }
    let best = exponential(bounds.low)
    self.loss = evaluate(best).loss
    scale = best
  }
}
