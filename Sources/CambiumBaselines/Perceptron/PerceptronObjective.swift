internal import CKernels
internal import CambiumCore

/// What a layered network is trained on: the mean loss over some samples, and its gradient in the weights.
///
/// Batches are cut into tiles of a fixed number of rows, and the tiles' sums added in the fixed order of a fixed
/// number of shards, so the number of threads changes no bit. One thread at a time may ask.
final class PerceptronObjective {
  /// Rows in each tile but the last.
  static let tileRows = 128
  private static let largestShardCount = 16

  private let shape: LayerShape
  private let loss: Loss
  private let rule: GradientRule
  private let activityPenalty: Double
  private let samples: SampleRows
  private let workers: WorkerPool
  private let passages: [Passage]
  private let targets: [UnsafeMutablePointer<Double>]
  private let weights: [UnsafeMutablePointer<Double>]
  private let partialGradients: UnsafeMutablePointer<Double>
  private let partialLosses: UnsafeMutablePointer<Double>

  /// The number of samples.
  var sampleCount: Int { samples.count }

  /// The mean loss of networks of one shape over `data`, in batches of at most `largestBatch` samples; with it, where
  /// `activityPenalty` is not 0, that much of what the units of the last hidden layer say, as absolute values.
  init(
    shape: LayerShape, data: Dataset, rule: GradientRule = .exact, activityPenalty: Double = 0,
    largestBatch: Int, workers: WorkerPool
  ) {
    self.shape = shape
    self.rule = rule
    self.activityPenalty = activityPenalty
    self.workers = workers
    loss = Loss(task: data.task)
    samples = SampleRows(data)
    let capacity = max(min(Self.tileRows, data.sampleCount, largestBatch), 1)
    let tiles = (min(largestBatch, data.sampleCount) + Self.tileRows - 1) / Self.tileRows
    let shards = max(min(tiles, Self.largestShardCount), 1)
    passages = (0..<shards).map { _ in Passage(shape: shape, capacity: capacity) }
    targets = (0..<shards).map { _ in .allocate(capacity: capacity * data.outputCount) }
    weights = (0..<shards).map { _ in .allocate(capacity: capacity) }
    partialGradients = .allocate(capacity: max(shards * shape.parameterCount, 1))
    partialLosses = .allocate(capacity: shards)
  }

  deinit {
    targets.forEach { $0.deallocate() }
    weights.forEach { $0.deallocate() }
    partialGradients.deallocate()
    partialLosses.deallocate()
  }

  /// The mean loss over a batch of samples, without decay, and in `gradient` the gradient of that mean.
  func loss(of parameters: [Double], on batch: ArraySlice<Int>, gradient: inout [Double]) -> Double {
    let sum = evaluate(batch, parameters)
    let count = shape.parameterCount
    let scale = 1 / Double(max(batch.count, 1))
    gradient.withUnsafeMutableBufferPointer { gradient in
      for k in 0..<count { gradient[k] = partialGradients[k] }
      for shard in 1..<max(shardCount(batch.count), 1) {
        for k in 0..<count { gradient[k] += partialGradients[shard * count + k] }
      }
      for k in 0..<count { gradient[k] *= scale }
    }
    return sum * scale
  }

  private func tileCount(_ rows: Int) -> Int { (rows + Self.tileRows - 1) / Self.tileRows }
  private func shardCount(_ rows: Int) -> Int { min(tileCount(rows), passages.count) }

  /// The loss summed over a batch; each shard leaves its gradient in its part of `partialGradients`.
  private func evaluate(_ batch: ArraySlice<Int>, _ parameters: [Double]) -> Double {
    let shards = shardCount(batch.count)
    let tiles = tileCount(batch.count)
    batch.withUnsafeBufferPointer { batch in
      parameters.withUnsafeBufferPointer { parameters in
        guard let base = parameters.baseAddress else { return }
        nonisolated(unsafe) let (batch, parameters) = (batch, base)
        workers.forEach(shards) { shard in
          let gradient = partialGradients + shard * shape.parameterCount
          gradient.initialize(repeating: 0, count: shape.parameterCount)
          var sum = 0.0
          for tile in shard * tiles / shards..<(shard + 1) * tiles / shards {
            let rows = tile * Self.tileRows..<min((tile + 1) * Self.tileRows, batch.count)
            sum += pass(UnsafeBufferPointer(rebasing: batch[rows]), shard, parameters, gradient)
          }
          partialLosses[shard] = sum
        }
      }
    }
    var sum = 0.0
    for shard in 0..<shards { sum += partialLosses[shard] }
    return sum
  }

  /// One tile through the network and back; its gradient is added to `gradient`.
  private func pass(
    _ rows: UnsafeBufferPointer<Int>, _ shard: Int, _ parameters: UnsafePointer<Double>,
    _ gradient: UnsafeMutablePointer<Double>
  ) -> Double {
    let passage = passages[shard]
    samples.gatherInputs(rows, into: passage.inputs(rows: rows.count))
    samples.gatherTargets(rows, into: targets[shard])
    let weights =
      samples.gatherWeights(rows, into: self.weights[shard])
      ? UnsafePointer(self.weights[shard]) : nil
    let scores = passage.forward(rows: rows.count, parameters: parameters, keepingSlopes: true)
    var sum = loss.valueAndGradient(
      rows: rows.count, outputs: samples.outputCount, scores: scores, targets: targets[shard],
      targetStride: rows.count, weights: weights)
    if activityPenalty != 0 { sum += activityPenalty * passage.activity(rows: rows.count, weights: weights) }
    passage.backward(
      rows: rows.count, parameters: parameters, rule: rule, penalty: activityPenalty, weights: weights,
      addingTo: gradient)
    return sum
  }
}
