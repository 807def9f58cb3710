internal import CambiumCore

/// Trains single layers to give back what they read.
public struct AutoencoderTraining: Sendable {
  /// A loss of this many times what it costs to give back nothing belongs to no layer that learns.
  private static let largestLoss = 1e4

  /// How to train.
  public let spec: AutoencoderTrainingSpec
  /// What stands before the spec's keys in error messages.
  private let keyPath: String

  /// Checks the spec; throws an `InputError` that names the key that is out of range, after `keyPath`.
  public init(spec: AutoencoderTrainingSpec = .init(), keyPath: String = "") throws {
    try spec.validate()
    self.spec = spec
    self.keyPath = keyPath
  }

  /// The way there, (1 + d) × units, and the way back, (1 + units) × d, of a layer trained on the inputs of `data`;
  /// targets are not looked at. An epoch costs about 12 · N · d · units operations.
  ///
  /// - Throws: `InputError` where the loss runs away: with the epoch and the step size.
  func layer(
    of units: Int, _ activation: Activation, on data: Dataset, in context: FitContext
  ) throws -> (encoder: Matrix, decoder: Matrix) {
    let shape = LayerShape(
      widths: [data.featureCount, units, data.featureCount], activation: activation, slope: 1)
    let objective = AutoencoderObjective(shape: shape, spec: spec)
    var parameters = objective.start(random: context.random.child("weights"))
    var adam = Adam(count: parameters.count)
    var samples = objective.samples(data, reading: data.features, workers: context.workers)
    let bound = Self.largestLoss * (Self.lossOfNothing(data) + spec.sparsity * Double(units))
    for epoch in 1...spec.epochs {
      adam.learningRate = spec.adam.value(after: Double(epoch - 1))
      if spec.corruption > 0 {
        let corrupted = Self.corrupted(
          data.features, spec.corruption, context.random.child("corruption", epoch))
        samples = objective.samples(data, reading: corrupted, workers: context.workers)
      }
      let order = context.random.child("order", epoch).generator().permutation(data.sampleCount)
      var sum = 0.0
      for start in stride(from: 0, to: order.count, by: spec.batchSize) {
        let batch = order[start..<min(start + spec.batchSize, order.count)]
        let (loss, gradient) = objective.evaluate(parameters, samples, on: batch)
        adam.step(&parameters, gradient: gradient)
        if spec.largestNorm > 0 { shape.layout.limitNorms(to: spec.largestNorm, of: &parameters) }
        sum += loss * Double(batch.count)
      }
      let loss = sum / Double(max(data.sampleCount, 1))
      guard loss <= max(bound, 1), parameters.allSatisfy(\.isFinite) else {
        throw InputError(
          .content, at: .init(column: keyPath + "adam.initial"),
          found: "a loss that ran away in epoch \(epoch), at a step size of \(adam.learningRate)",
          expected: "a smaller one, or a bounded activation")
      }
      context.observer.observe(.epoch(index: epoch, trainLoss: loss, validationLoss: nil))
      if context.observer.isInterrupted { break }
    }
    let all = objective.expanded(parameters)
    let split = shape.offset(ofLayer: 1)
    return (
      Matrix(rows: 1 + data.featureCount, columns: units, values: Array(all[0..<split])),
      Matrix(rows: 1 + units, columns: data.featureCount, values: Array(all[split...]))
    )
  }

  /// The mean of ½ Σ x².
  private static func lossOfNothing(_ data: Dataset) -> Double {
    0.5 * data.features.values.reduce(0) { $0 + $1 * $1 } / Double(max(data.sampleCount, 1))
  }

  /// The inputs, of which about a share is set to 0.
  static func corrupted(_ features: Matrix, _ share: Double, _ random: RandomStream) -> Matrix {
    let generator = random.generator()
    var corrupted = features
    for k in corrupted.values.indices where generator.uniform() < share { corrupted.values[k] = 0 }
    return corrupted
  }
}
