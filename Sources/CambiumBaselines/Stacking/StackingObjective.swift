internal import CambiumCore

/// What a block's hidden weights are trained on: the error that is left with the best readout for them.
///
/// Since that readout is where the error has no slope in it, the slope in the hidden weights is that of a readout that
/// stays as it is (the envelope theorem): what backpropagation gives.
struct StackingObjective {
  let shape: LayerShape
  private let spec: StackingSpec
  private let data: Dataset
  private let decay: Double
  private let weights: [Double]?
  private let samples: BackpropagationObjective
  private let workers: WorkerPool

  /// Of blocks that read the features of `data`.
  init(_ spec: StackingSpec, data: Dataset, decay: Double, workers: WorkerPool) {
    self.spec = spec
    shape = LayerShape(
      widths: [data.featureCount, spec.units, data.outputCount], activation: spec.activation, slope: 1)
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
    var gram = weighted.transposedTimes(responses)
    for u in 1..<gram.rows { gram[u, u] *= 1 + dropoutFactor }
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

  /// What dropout multiplies the penalty ½ Σ h² w² by.
  private var dropoutFactor: Double { spec.dropout / (1 - spec.dropout) }

  /// The error with the best readout, penalties included, its gradient in the hidden weights, and that readout.
  func evaluate(_ hidden: Matrix) -> (value: Double, gradient: [Double], readout: Matrix) {
    let readout = readout(for: hidden)
    let all = hidden.values + readout.values
    var gradient = all
    var value = samples.loss(of: all, on: Array(0..<data.sampleCount)[...], gradient: &gradient)
    gradient.removeLast(readout.values.count)
    let layout = WeightLayout([WeightBlock(fanIn: hidden.rows - 1, fanOut: hidden.columns)])
    value += layout.addDecay(decay * (1 - spec.absoluteShare), of: hidden.values, to: &gradient)
    value += layout.addAbsolutePenalty(decay * spec.absoluteShare, of: hidden.values, to: &gradient)
    for o in 0..<readout.columns {
      for u in 1..<readout.rows { value += 0.5 * decay * readout[u, o] * readout[u, o] }
    }
    if spec.dropout > 0 { value += addDropout(hidden, readout, to: &gradient) }
    return (value, gradient, readout)
  }

  /// Adds the slope of what dropout adds to the error, q · ½ · mean of Σ h² w², and returns that.
  private func addDropout(_ hidden: Matrix, _ readout: Matrix, to gradient: inout [Double]) -> Double {
    let seen = data.features.withOnes()
    var (responses, deltas) = seen.times(hidden).mappedWithSlopes(by: shape.activation)
    let count = Double(max(data.sampleCount, 1))
    var penalty = 0.0
    for u in 0..<hidden.columns {
      let square = (0..<readout.columns).reduce(0) { $0 + readout[1 + u, $1] * readout[1 + u, $1] }
      let factor = dropoutFactor * square / count
      for i in 0..<data.sampleCount {
        let weighted = (weights?[i] ?? 1) * factor * responses[i, u]
        penalty += 0.5 * weighted * responses[i, u]
        deltas[i, u] *= weighted
      }
    }
    let slopes = seen.transposedTimes(deltas)
    for k in gradient.indices { gradient[k] += slopes.values[k] }
    return penalty
  }

  /// Shortens what each unit reads to the largest length.
  private func limitNorms(of hidden: inout Matrix) {
    if spec.largestNorm > 0 { shape.layout.limitNorms(to: spec.largestNorm, of: &hidden.values) }
  }

  /// The same with noise on the leading columns of what is seen, the inputs.
  private func disturbed(inputs: Int, _ random: RandomStream) -> StackingObjective {
    let generator = random.generator()
    var features = data.features
    for k in 0..<inputs * features.rows { features.values[k] += spec.inputNoise * generator.gaussian() }
    return StackingObjective(
      spec,
      data: Dataset(
        features: features, targets: data.targets, task: data.task, weights: data.weights),
      decay: decay, workers: workers)
  }

  /// The best block that the steps of RPROP from random weights come by; where there is noise, the last. Hears of each.
  ///
  /// - Parameter inputs: How many of the columns that it sees are inputs.
  func trained(inputs: Int, in context: FitContext) -> StackingBlock {
    let epochs = spec.epochs
    let count = shape.offset(ofLayer: 1)
    let start = WeightInitialisation.glorot.parameters(
      for: shape.layout, range: 0, random: context.random.child("weights"))
    var hidden = Matrix(rows: 1 + shape.widths[0], columns: shape.widths[1], values: Array(start[0..<count]))
    limitNorms(of: &hidden)
    var steps = ResilientPropagation(count: count, initialStep: 0.01)
    var best: (value: Double, block: StackingBlock)?
    for epoch in 0...epochs {
      let objective =
        spec.inputNoise > 0 ? disturbed(inputs: inputs, context.random.child("noise", epoch)) : self
      let (value, gradient, readout) = objective.evaluate(hidden)
      if best.map({ value < $0.value || spec.inputNoise > 0 && value.isFinite }) ?? true {
        best = (value, StackingBlock(hidden: .init(weights: hidden), readout: .init(weights: readout)))
      }
      context.observer.observe(.epoch(index: epoch + 1, trainLoss: value, validationLoss: nil))
      guard epoch < epochs, value.isFinite, !context.observer.isInterrupted else { break }
      steps.step(&hidden.values, gradient: gradient)
      limitNorms(of: &hidden)
    }
    guard let best else { preconditionFailure("nothing was tried") }
    return best.block
  }
}
