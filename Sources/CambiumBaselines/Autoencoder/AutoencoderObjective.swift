internal import CambiumCore

/// What one layer of an autoencoder is trained on, as a perceptron of one hidden layer whose targets are its inputs.
///
/// Its parameters are the way there, (1 + d) × h, and the way back, (1 + h) × d; where the latter's weights are tied to
/// the former's, of the way back the d biases alone.
struct AutoencoderObjective {
  /// d, h, d.
  let shape: LayerShape
  let spec: AutoencoderTrainingSpec

  private var inputs: Int { shape.widths[0] }
  private var units: Int { shape.widths[1] }
  private var decoderStart: Int { shape.offset(ofLayer: 1) }

  /// The number of parameters.
  var parameterCount: Int { spec.tied ? decoderStart + inputs : shape.parameterCount }

  /// Random ones, as ``WeightInitialisation/glorot`` has them.
  func start(random: RandomStream) -> [Double] {
    let all = WeightInitialisation.glorot.parameters(for: shape.layout, range: 0, random: random)
    return spec.tied ? Array(all[0..<decoderStart]) + [Double](repeating: 0, count: inputs) : all
  }

  /// All weights, laid out as the shape says.
  func expanded(_ parameters: [Double]) -> [Double] {
    guard spec.tied else { return parameters }
    var all =
      parameters[0..<decoderStart] + [Double](repeating: 0, count: shape.parameterCount - decoderStart)
    for i in 0..<inputs {
      let column = decoderStart + i * (1 + units)
      all[column] = parameters[decoderStart + i]
      for u in 0..<units { all[column + 1 + u] = parameters[u * (1 + inputs) + 1 + i] }
    }
    return Array(all)
  }

  /// The gradient in the parameters, of that in all weights.
  func folded(_ gradient: [Double]) -> [Double] {
    guard spec.tied else { return gradient }
    var own = Array(gradient[0..<decoderStart + inputs])
    for i in 0..<inputs {
      let column = decoderStart + i * (1 + units)
      own[decoderStart + i] = gradient[column]
      for u in 0..<units { own[u * (1 + inputs) + 1 + i] += gradient[column + 1 + u] }
    }
    return own
  }

  /// What gives the loss on samples with these inputs in place of their own.
  func samples(_ data: Dataset, reading inputs: Matrix, workers: WorkerPool) -> BackpropagationObjective {
    var shape = shape
    shape.activityPenalty = spec.sparsity
    return BackpropagationObjective(
      shape,
      data: Dataset(features: inputs, targets: data.features, task: .regression, weights: data.weights),
      largestBatch: max(min(spec.batchSize, data.sampleCount), 1),
      workers: workers)
  }

  /// The loss on a batch, decay included, and its gradient in the parameters.
  func evaluate(
    _ parameters: [Double], _ samples: BackpropagationObjective, on batch: ArraySlice<Int>
  ) -> (loss: Double, gradient: [Double]) {
    let all = expanded(parameters)
    var gradient = all
    var loss = samples.loss(of: all, on: batch, gradient: &gradient)
    loss += shape.addDecay(spec.weightDecay * (1 - spec.absoluteShare), of: all, to: &gradient)
    loss += shape.layout.addAbsolutePenalty(spec.weightDecay * spec.absoluteShare, of: all, to: &gradient)
    return (loss, folded(gradient))
  }
}
