internal import CambiumCore

/// One of the networks that held-out samples choose among.
struct NetworkVariant: Sendable {
  /// What is trained.
  let network: any BackpropagatedNetwork
  /// The penalty on weights.
  let weightDecay: Double
  /// The weights that its first matrices start from; the others are drawn.
  var start: [Matrix] = []
  /// Whether these weights were trained before, so that they may stay as they are where no epoch makes the held-out loss less.
  var startIsTrained = false

  /// The weights that training starts from, laid out as the network says.
  func startingParameters(_ spec: MultilayerPerceptronSpec, random: RandomStream) -> [Double] {
    let layout = network.layout
    var parameters = spec.initialisation.parameters(for: layout, range: spec.initialRange, random: random)
    var offset = 0
    for (block, weights) in zip(layout.blocks, start) {
      parameters.replaceSubrange(offset..<offset + block.count, with: weights.values)
      offset += block.count
    }
    return parameters
  }
}

extension NetworkVariant: CustomStringConvertible {
  var description: String { "\(network) and weight decay \(weightDecay)" }
}
