internal import CambiumCore

/// What a block's hidden weights are trained on: the error that is left with the best readout for them.
///
/// Since that readout is where the error has no slope in it, the slope in the hidden weights is that of a readout that
/// stays as it is (the envelope theorem): what backpropagation gives.
struct StackingObjective {
  let shape: LayerShape
  private let data: Dataset
  private let decay: Double
  private let weights: [Double]?
  private let samples: BackpropagationObjective
  private let workers: WorkerPool

  /// Of blocks of `units` units that read the features of `data`.
  init(units: Int, _ activation: Activation, data: Dataset, decay: Double, workers: WorkerPool) {
    shape = LayerShape(
      widths: [data.featureCount, units, data.outputCount], activation: activation, slope: 1)
    // Classes are numbers here.
    self.data = Dataset(
      features: data.features, targets: data.targets, task: .regression, weights: data.weights)
    self.decay = decay
    self.workers = workers
    weights = data.weights.map { given in
      let mean = given.reduce(0, +) / Double(max(given.count, 1))
      return given.map { $0 / mean }
    }
    samples = BackpropagationObjective(
      shape, data: self.data, largestBatch: max(data.sampleCount, 1), workers: workers)
  }

  /// The best readout for hidden weights (1 + inputs) × units: (1 + units) × outputs. O(N · units²).
  func readout(for hidden: Matrix) -> Matrix {
    let responses = data.features.withOnes().times(hidden).mapped(by: shape.activation).withOnes()
    let weighted = responses.scalingRows(by: weights)
    let count = Double(max(data.sampleCount, 1))
    let gram = weighted.transposedTimes(responses)
    let moments = weighted.transposedTimes(data.targets)
    // Units that all but repeat others, or say too much, take a larger penalty to tell apart.
    for penalty in [decay, max(decay, 1e-6), max(decay, 1e-3), max(decay, 1)] {
      var equations = gram.values.map { $0 / count }
      for u in 1..<gram.rows { equations[u * (gram.rows + 1)] += penalty }
      guard let factor = Cholesky(equations, order: gram.rows) else { continue }
      let solution = factor.solve(moments.values.map { $0 / count }, columns: moments.columns)
      guard solution.allSatisfy(\.isFinite) else { continue }
      return Matrix(rows: gram.rows, columns: moments.columns, values: solution)
    }
    return Matrix(rows: gram.rows, columns: moments.columns)
  }

  /// The error with the best readout, decay included, its gradient in the hidden weights, and that readout.
  func evaluate(_ hidden: Matrix) -> (value: Double, gradient: [Double], readout: Matrix) {
    let readout = readout(for: hidden)
    let all = hidden.values + readout.values
    var gradient = all
    var value = samples.loss(of: all, on: Array(0..<data.sampleCount)[...], gradient: &gradient)
    value += shape.addDecay(decay, of: all, to: &gradient)
    return (value, Array(gradient[0..<hidden.values.count]), readout)
  }

  /// The best block that `epochs` steps of RPROP from random weights come by; hears of each.
  func trained(epochs: Int, in context: FitContext) -> StackingBlock {
    let count = shape.offset(ofLayer: 1)
    let start = WeightInitialisation.glorot.parameters(
      for: shape.layout, range: 0, random: context.random.child("weights"))
    var hidden = Matrix(rows: 1 + shape.widths[0], columns: shape.widths[1], values: Array(start[0..<count]))
    var steps = ResilientPropagation(count: count, initialStep: 0.01)
    var best: (value: Double, block: StackingBlock)?
    for epoch in 0...epochs {
      let (value, gradient, readout) = evaluate(hidden)
      if best.map({ value < $0.value }) ?? true {
        best = (value, StackingBlock(hidden: .init(weights: hidden), readout: .init(weights: readout)))
      }
      context.observer.observe(.epoch(index: epoch + 1, trainLoss: value, validationLoss: nil))
      guard epoch < epochs, value.isFinite, !context.observer.isInterrupted else { break }
      steps.step(&hidden.values, gradient: gradient)
    }
    guard let best else { preconditionFailure("nothing was tried") }
    return best.block
  }
}
