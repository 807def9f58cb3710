public import CambiumCore

/// Trains deep Boltzmann machines.
public struct DeepBoltzmannTraining: Sendable {
  /// A weight beyond this belongs to no machine that learns.
  private static let largestWeight = 1e4

  /// How layers are trained one by one.
  public let pretraining: BoltzmannTrainingSpec
  /// How they are trained together.
  public let joint: DeepBoltzmannTrainingSpec

  /// Checks the specs; throws an `InputError` that names the key that is out of range.
  public init(pretraining: BoltzmannTrainingSpec = .init(), joint: DeepBoltzmannTrainingSpec = .init()) throws
  {
    try validating("pretraining") { try pretraining.validate() }
    try validating("joint") { try joint.validate() }
    self.pretraining = pretraining
    self.joint = joint
  }

  /// A machine of hidden layers of `units` units, trained on the inputs of `data`, from 0 to 1; targets are not looked at.
  ///
  /// - Throws: `InputError` where an input lies outside 0…1, and where the weights run away: with the epoch and the step
  ///   size.
  public func machine(units: [Int], on data: Dataset, in context: FitContext) throws -> DeepBoltzmannMachine {
    let start = try pretrained(units, on: data, in: context)
    return try trained(start, on: data, in: context.child("joint"))
  }

  /// Layers that learned one by one.
  private func pretrained(
    _ units: [Int], on data: Dataset, in context: FitContext
  ) throws -> DeepBoltzmannMachine {
    let training = try BoltzmannTraining(spec: pretraining, keyPath: "pretraining.")
    var biases: [[Double]] = []
    var weights: [Matrix] = []
    var seen = data
    for (index, count) in units.enumerated() {
      context.observer.observe(
        .stage("training layer \(index + 1) of \(units.count), \(count) hidden units"))
      // Alone, a single layer has nothing above it.
      let isDoubled = index == 0 && units.count > 1
      let read =
        isDoubled
        ? Dataset(
          features: seen.features.appendingColumns(of: seen.features), targets: seen.targets, task: seen.task,
          weights: seen.weights) : seen
      let machine = try training.machine(
        of: .binary, hiddenCount: count, on: read, in: context.child("machine", index))
      let inputs = seen.featureCount
      let layer = machine.hiddenLayer
      var matrix = Matrix(rows: inputs, columns: count)
      for j in 0..<count {
        for i in 0..<inputs {
          matrix[i, j] =
            isDoubled
            ? 0.5 * (layer[1 + i, j] + layer[1 + inputs + i, j])
            : (units.count > 1 ? 0.5 : 1) * layer[1 + i, j]
        }
      }
      if index == 0 { biases.append((0..<inputs).map { machine.parameters[1 + $0, 0] }) }
      biases.append((0..<count).map { layer[0, $0] })
      weights.append(matrix)
      seen = Dataset(
        features: machine.hiddenProbabilities(given: read.features), targets: seen.targets, task: seen.task,
        weights: seen.weights)
    }
    return DeepBoltzmannMachine(unchecked: biases, weights)
  }

  /// The machine after training all layers together.
  func trained(
    _ start: DeepBoltzmannMachine, on data: Dataset, in context: FitContext
  ) throws -> DeepBoltzmannMachine {
    guard joint.epochs > 0, data.sampleCount > 0 else { return start }
    context.observer.observe(.stage("training all layers together"))
    var machine = start
    var chains = start.biases.enumerated().map { layer, biases in
      Matrix(rows: joint.chains, columns: biases.count, repeating: 0.5)
        .drawnAsProbabilities(context.random.child("chains", layer).generator())
    }
    for epoch in 1...joint.epochs {
      let rate = joint.rate.value(after: Double(epoch - 1))
      let generator = context.random.child("epoch", epoch).generator()
      let order = context.random.child("order", epoch).generator().permutation(data.sampleCount)
      for start in stride(from: 0, to: order.count, by: joint.batchSize) {
        let batch = data.selecting(Array(order[start..<min(start + joint.batchSize, order.count)]))
        let values =
          [batch.features] + machine.means(given: batch.features, sweeps: joint.meanFieldSweeps)
        for _ in 0..<joint.gibbsSteps { machine.drawAll(&chains, generator) }
        machine = machine.stepped(
          by: rate, joint.penalty, toward: values, batch.weights, awayFrom: chains)
      }
      guard
        (machine.biases.joined() + machine.weights.flatMap(\.values)).allSatisfy({
          abs($0) <= Self.largestWeight
        })
      else {
        throw InputError(
          .content, at: .init(column: "joint.rate.initial"),
          found: "weights that ran away in epoch \(epoch), at a step size of \(rate)",
          expected: "a smaller one")
      }
      if context.observer.isInterrupted { break }
    }
    return machine
  }
}

extension DeepBoltzmannMachine {
  /// The machine after one step: what goes together in `data` is strengthened, what does so in `model` weakened.
  fileprivate func stepped(
    by rate: Double, _ penalty: ConnectionPenalty, toward data: [Matrix], _ weights: [Double]?,
    awayFrom model: [Matrix]
  ) -> DeepBoltzmannMachine {
    let total = weights?.reduce(0, +) ?? Double(data[0].rows)
    let weighted = data.map { $0.scalingRows(by: weights) }
    var biases = biases
    var matrices = self.weights
    for layer in biases.indices {
      for j in biases[layer].indices {
        let difference =
          weighted[layer].column(j).reduce(0, +) / total
          - model[layer].column(j).reduce(0, +) / Double(model[layer].rows)
        biases[layer][j] += rate * difference
      }
      guard layer < matrices.count else { break }
      let seen = weighted[layer].transposedTimes(data[layer + 1])
      let dreamt = model[layer].transposedTimes(model[layer + 1])
      for k in seen.values.indices {
        let difference = seen.values[k] / total - dreamt.values[k] / Double(model[layer].rows)
        matrices[layer].values[k] += rate * (difference - penalty.slope(matrices[layer].values[k]))
      }
      penalty.limitColumns(of: &matrices[layer])
    }
    return DeepBoltzmannMachine(unchecked: biases, matrices)
  }
}
