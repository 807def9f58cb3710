internal import CKernels
internal import CambiumCore

/// What a network is trained on: the mean loss over some samples, and its gradient in the weights.
///
/// Batches are cut into tiles of a fixed number of rows, and the tiles' sums added in the fixed order of a fixed
/// number of shards, so the number of threads changes no bit. One thread at a time may ask.
final class BackpropagationObjective {
  private static let largestShardCount = 16

  private let loss: Loss
  private let inputNoise: Double
  private let samples: SampleRows
  private let workers: WorkerPool
  private let tileRows: Int
  private let parameterCount: Int
  private let passages: [any NetworkPassage]
  private let targets: [UnsafeMutablePointer<Double>]
  private let weights: [UnsafeMutablePointer<Double>]
  private let partialGradients: UnsafeMutablePointer<Double>
  private let partialLosses: UnsafeMutablePointer<Double>

  /// The number of samples.
  var sampleCount: Int { samples.count }

  /// The mean loss of a kind of network over `data`, in batches of at most `largestBatch` samples. `inputNoise` is the
  /// deviation of the normal noise on inputs where a batch comes with randomness.
  init(
    _ network: any BackpropagatedNetwork, data: Dataset, inputNoise: Double = 0, largestBatch: Int,
    workers: WorkerPool
  ) {
    self.inputNoise = inputNoise
    self.workers = workers
    loss = Loss(task: data.task)
    samples = SampleRows(data)
    let tileRows = network.tileRows
    let capacity = max(min(tileRows, data.sampleCount, largestBatch), 1)
    let tiles = (min(largestBatch, data.sampleCount) + tileRows - 1) / tileRows
    let shards = max(min(tiles, Self.largestShardCount), 1)
    self.tileRows = tileRows
    parameterCount = network.parameterCount
    passages = (0..<shards).map { _ in network.passage(capacity: capacity) }
    targets = (0..<shards).map { _ in .allocate(capacity: capacity * data.outputCount) }
    weights = (0..<shards).map { _ in .allocate(capacity: capacity) }
    partialGradients = .allocate(capacity: max(shards * parameterCount, 1))
    partialLosses = .allocate(capacity: shards)
  }

  deinit {
    targets.forEach { $0.deallocate() }
    weights.forEach { $0.deallocate() }
    partialGradients.deallocate()
    partialLosses.deallocate()
  }

  /// The mean loss over a batch of samples, without decay, and in `gradient` the gradient of that mean. Where there is
  /// `random`, inputs are noisy and units drop out.
  func loss(
    of parameters: [Double], on batch: ArraySlice<Int>, gradient: inout [Double], random: RandomStream? = nil
  ) -> Double {
    let sum = evaluate(batch, parameters, random)
    let count = parameterCount
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

  private func tileCount(_ rows: Int) -> Int { (rows + tileRows - 1) / tileRows }
  private func shardCount(_ rows: Int) -> Int { min(tileCount(rows), passages.count) }

  /// The loss summed over a batch; each shard leaves its gradient in its part of `partialGradients`.
  private func evaluate(_ batch: ArraySlice<Int>, _ parameters: [Double], _ random: RandomStream?) -> Double {
    let shards = shardCount(batch.count)
    let tiles = tileCount(batch.count)
    batch.withUnsafeBufferPointer { batch in
      parameters.withUnsafeBufferPointer { parameters in
        guard let base = parameters.baseAddress else { return }
        nonisolated(unsafe) let (batch, parameters) = (batch, base)
        workers.forEach(shards) { shard in
          let gradient = partialGradients + shard * parameterCount
          gradient.initialize(repeating: 0, count: parameterCount)
          var sum = 0.0
          for tile in shard * tiles / shards..<(shard + 1) * tiles / shards {
            let rows = tile * tileRows..<min((tile + 1) * tileRows, batch.count)
            sum += pass(
              UnsafeBufferPointer(rebasing: batch[rows]), shard, parameters, gradient,
              random?.child("tile", tile).generator())
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
    _ gradient: UnsafeMutablePointer<Double>, _ generator: RandomGenerator?
  ) -> Double {
    let passage = passages[shard]
    let inputs = passage.inputs(rows: rows.count)
    samples.gatherInputs(rows, into: inputs)
    if inputNoise > 0, let generator {
      for k in 0..<rows.count * samples.inputCount {
        inputs[k] += generator.gaussian(standardDeviation: inputNoise)
      }
    }
    samples.gatherTargets(rows, into: targets[shard])
    let weights =
      samples.gatherWeights(rows, into: self.weights[shard])
      ? UnsafePointer(self.weights[shard]) : nil
    let scores = passage.forward(
      rows: rows.count, parameters: parameters, mode: .training(dropout: generator))
    let sum = loss.valueAndGradient(
      rows: rows.count, outputs: samples.outputCount, scores: scores, targets: targets[shard],
      targetStride: rows.count, weights: weights)
    return sum
      + passage.backward(rows: rows.count, parameters: parameters, weights: weights, addingTo: gradient)
  }
}
