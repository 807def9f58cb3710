/// Units that drop out of a sample's passage in training (Srivastava and others 2014): others say so much more that the mean
/// over what drops out is what all units say.
package struct Dropout: Sendable {
  /// The share of the units that drop out, 0 ≤ share < 1.
  package let share: Double

  /// Of such a share.
  package init(share: Double) { self.share = share }

  /// A share of the responses becomes 0, the others grow by as much; their slopes too, so that the way back is right.
  package func apply(
    count: Int, _ responses: UnsafeMutablePointer<Double>, _ slopes: UnsafeMutablePointer<Double>,
    _ mode: PassageMode
  ) {
    guard share > 0, case .training(let generator?) = mode else { return }
    let factor = 1 / (1 - share)
    for k in 0..<count {
      let kept = generator.uniform() < share ? 0 : factor
      responses[k] *= kept
      slopes[k] *= kept
    }
  }
}
