/// A kind of network that backpropagation trains: where its weights stand, and how samples pass through it.
///
/// Hold-outs, epochs, optimisers, penalties and noise are the same for all of them.
package protocol BackpropagatedNetwork: Sendable, CustomStringConvertible {
  /// The matrices of weights, the readout last.
  var layout: WeightLayout { get }
  /// Samples in each tile but the last: gradients are summed over tiles.
  var tileRows: Int { get }
  /// Memory for at most `capacity` samples on their way.
  func passage(capacity: Int) -> any NetworkPassage
}

extension BackpropagatedNetwork {
  /// The number of weights and biases.
  package var parameterCount: Int { layout.parameterCount }
  /// m, the number of outputs.
  package var outputCount: Int { layout.blocks.last?.fanOut ?? 0 }
}

/// What samples pass through a network for.
package enum PassageMode {
  /// An answer; nothing is kept for the way back.
  case answering
  /// The way back; where there is a generator, it draws which units drop out.
  case training(dropout: RandomGenerator?)

  /// Whether what the way back needs is kept.
  package var keepsSlopes: Bool { if case .training = self { true } else { false } }
}

/// Memory for some samples on their way through a network and back, reused from batch to batch.
///
/// Every matrix has one row for each sample, column after column without gaps. Not to be shared by threads.
package protocol NetworkPassage: AnyObject {
  /// Where the inputs of `rows` samples go, column after column.
  func inputs(rows: Int) -> UnsafeMutablePointer<Double>
  /// Carries the first `rows` samples through and returns their scores, rows × outputs.
  func forward(rows: Int, parameters: UnsafePointer<Double>, mode: PassageMode) -> UnsafeMutablePointer<
    Double
  >
  /// Carries the errors that stand in the scores back, and adds ∂loss/∂w to `gradient`; returns what the network's own
  /// penalty on responses, whose gradient is in it, adds to the loss. `weights`: one for each sample; nil where each is 1.
  func backward(
    rows: Int, parameters: UnsafePointer<Double>, weights: UnsafePointer<Double>?,
    addingTo gradient: UnsafeMutablePointer<Double>
  ) -> Double
}
