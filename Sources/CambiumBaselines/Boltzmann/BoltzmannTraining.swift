public import CambiumCore

/// Trains restricted Boltzmann machines.
public struct BoltzmannTraining: Sendable {
  /// The largest root mean square of a Gaussian unit's inputs, in units of its noise.
  static let largestSpread = 20.0
  /// A weight beyond this belongs to no machine that learns: units of 0…1 are sure of themselves far below it.
  private static let largestWeight = 1e4
  private static let startingDeviation = 0.01

  /// How to train.
  public let spec: BoltzmannTrainingSpec
  /// What stands before the spec's keys in error messages.
  private let keyPath: String

  /// Checks the spec; throws an `InputError` that names the key that is out of range, after `keyPath`.
  public init(spec: BoltzmannTrainingSpec = .init(), keyPath: String = "") throws {
    try spec.validate()
    self.spec = spec
    self.keyPath = keyPath
  }

  /// A machine of `hiddenCount` units, trained on the inputs of `data`; targets are not looked at.
  ///
  /// Tells the observer of each epoch the mean squared error of the first reconstructions. Each step costs 2 + 4k
  /// products of batch × D × H.
  ///
  /// - Throws: `InputError` for binary units where an input lies outside 0…1, for Gaussian ones where inputs are not
  ///   scaled, and where the weights run away: with the epoch and the step size.
  public func machine(
    of visible: RestrictedBoltzmannMachine.Visible, hiddenCount: Int, on data: Dataset, in context: FitContext
  ) throws -> RestrictedBoltzmannMachine {
    precondition(hiddenCount >= 1, "a machine has a hidden unit")
    try check(data, visible)
    var training = MachineInTraining(
      spec, Self.start(visible, hiddenCount, data, context.random.child("weights")), data,
      context.random.child("chains"))
    let rates = spec.rate(of: visible)
    for epoch in 1...spec.epochs {
      let rate = rates.value(after: Double(epoch - 1))
      let error = training.runEpoch(rate: rate, context.random.child("epoch", epoch))
      let largest = training.machine.parameters.values.reduce(0) { max($0, abs($1)) }
      guard error.isFinite, training.machine.parameters.values.allSatisfy(\.isFinite),
        largest <= Self.largestWeight
      else {
        throw InputError(
          .content, at: .init(column: keyPath + spec.rateKey(of: visible)),
          found: "weights that ran away in epoch \(epoch), at a step size of \(rate)",
          expected: "a smaller one")
      }
      context.observer.observe(.epoch(index: epoch, trainLoss: error, validationLoss: nil))
      if context.observer.isInterrupted { break }
    }
    return training.machine
  }

  /// Small random weights; biases of the visible units that by themselves fit the means (Hinton 2012, section 8).
  private static func start(
    _ visible: RestrictedBoltzmannMachine.Visible, _ hiddenCount: Int, _ data: Dataset, _ random: RandomStream
  ) -> RestrictedBoltzmannMachine {
    let generator = random.generator()
    var parameters = Matrix(rows: 1 + data.featureCount, columns: 1 + hiddenCount)
    let total = data.weights?.reduce(0, +) ?? Double(data.sampleCount)
    for d in 0..<data.featureCount {
      var sum = 0.0
      for i in 0..<data.sampleCount { sum += (data.weights?[i] ?? 1) * data.features[i, d] }
      switch visible {
      case .gaussian: parameters[1 + d, 0] = sum / max(total, .leastNormalMagnitude)
      case .binary:
        // As if one half of a sample had been seen of each value.
        parameters[1 + d, 0] = logarithm((sum + 0.5) / (total - sum + 0.5))
      }
      for j in 1...hiddenCount {
        parameters[1 + d, j] = generator.gaussian(standardDeviation: startingDeviation)
      }
    }
    return RestrictedBoltzmannMachine(unchecked: visible, parameters)
  }

  private func check(_ data: Dataset, _ visible: RestrictedBoltzmannMachine.Visible) throws {
    for d in 0..<data.featureCount {
      let column = data.features.column(d)
      func refusal(_ found: String, _ expected: String) -> InputError {
        InputError(
          .content, at: .init(column: data.columns.names[data.columns.ofFeatures[d]]),
          found: "\(found) for \(visible.rawValue) units", expected: expected)
      }
      switch visible {
      case .binary:
        guard let value = column.first(where: { !(0...1).contains($0) }) else { continue }
        throw refusal("\(value)", "values from 0 to 1; scale them to that, or use gaussian units")
      case .gaussian:
        let square = column.reduce(0) { $0 + $1 * $1 } / Double(max(column.count, 1))
        guard !(square.squareRoot() <= Self.largestSpread) else { continue }
        throw refusal(
          "a root mean square of \(square.squareRoot())",
          "inputs of mean 0 and standard deviation 1, since the units have noise of deviation 1; "
            + "standardise them first")
      }
    }
  }
}

/// A machine between two epochs.
private struct MachineInTraining {
  private(set) var machine: RestrictedBoltzmannMachine
  private let spec: BoltzmannTrainingSpec
  private let features: Matrix
  /// Scaled to a mean of 1; nil where every sample counts once.
  private let weights: [Double]?
  private var optimizer: GradientDescent
  /// The states of the persistent chains' visible units, a 1 before them; nil where chains start anew at each batch.
  private var chains: Matrix?

  init(
    _ spec: BoltzmannTrainingSpec, _ start: RestrictedBoltzmannMachine, _ data: Dataset,
    _ random: RandomStream
  ) {
    self.spec = spec
    machine = start
    features = data.features
    weights = data.weights.map { given in
      let mean = given.reduce(0, +) / Double(max(given.count, 1))
      return given.map { $0 / mean }
    }
    optimizer = GradientDescent(
      count: start.parameters.values.count, learningRate: 0, momentum: spec.momentum)
    if spec.estimator == .persistent {
      // From what the visible units are by themselves.
      let hidden = Matrix(rows: spec.chains, columns: start.hiddenCount).withOnes()
      chains = start.drawnVisible(hidden, random.generator())
    }
  }

  /// One pass over the samples in an order of its own; the mean squared error of the first reconstructions.
  mutating func runEpoch(rate: Double, _ random: RandomStream) -> Double {
    optimizer.learningRate = rate
    let order = random.child("order").generator().permutation(features.rows)
    let generator = random.child("states").generator()
    var error = 0.0
    for start in stride(from: 0, to: order.count, by: spec.batchSize) {
      let batch = Array(order[start..<min(start + spec.batchSize, order.count)])
      error += step(on: batch, generator)
    }
    return error / Double(max(features.values.count, 1))
  }

  /// One step; the squared error of the batch's reconstruction.
  private mutating func step(on batch: [Int], _ generator: RandomGenerator) -> Double {
    let data = features.selectingRows(batch).withOnes()
    let batchWeights = weights.map { all in batch.map { all[$0] } }
    let stay = staying(batch.count, generator)
    let probabilities = machine.hiddenMeans(data).keeping(stay)
    var hidden = probabilities.drawnAsProbabilities(generator)
    let reconstruction = machine.visibleMeans(hidden)

    var gradient = data.scalingRows(by: batchWeights).transposedTimes(probabilities)
    let scale = 1 / Double(batch.count)
    let model: Matrix
    var share = scale
    if let chains {
      // What the batch weighs, the chains weigh together.
      share *= (batchWeights?.reduce(0, +) ?? Double(batch.count)) / Double(chains.rows)
      var states = chains
      for _ in 0..<spec.gibbsSteps {
        hidden = machine.drawnHidden(states, generator)
        states = machine.drawnVisible(hidden, generator)
      }
      self.chains = states
      model = states.transposedTimes(machine.hiddenMeans(states))
    } else {
      // Means in place of the last states of each layer: less noise in the gradient.
      for _ in 1..<spec.gibbsSteps {
        hidden = machine.drawnHidden(machine.drawnVisible(hidden, generator), generator).keeping(stay)
      }
      let means = spec.gibbsSteps == 1 ? reconstruction : machine.visibleMeans(hidden)
      model = means.scalingRows(by: batchWeights).transposedTimes(machine.hiddenMeans(means).keeping(stay))
    }
    // Downhill for the optimiser is uphill for the likelihood.
    for k in gradient.values.indices {
      gradient.values[k] = share * model.values[k] - scale * gradient.values[k]
    }
    var parameters = machine.parameters
    let penalty = spec.penalty
    for j in 1..<gradient.columns {
      for d in 1..<gradient.rows { gradient[d, j] += penalty.slope(parameters[d, j]) }
    }
    gradient[0, 0] = 0
    optimizer.step(&parameters.values, gradient: gradient.values)
    penalty.limitColumns(of: &parameters, from: (1, 1))
    machine = RestrictedBoltzmannMachine(unchecked: machine.visible, parameters)
    var error = 0.0
    for k in data.values.indices {
      let difference = data.values[k] - reconstruction.values[k]
      error += difference * difference
    }
    return error
  }

  /// For each sample and hidden unit 1 where it stays and 0 where it is out, after a column for the bias that always stays;
  /// nil without dropout.
  private func staying(_ samples: Int, _ generator: RandomGenerator) -> [Double]? {
    guard spec.dropout > 0 else { return nil }
    return [Double](repeating: 1, count: samples)
      + (0..<samples * machine.hiddenCount).map { _ in generator.uniform() < spec.dropout ? 0 : 1 }
  }
}

extension Matrix {
  /// The values times those of `stay`, as they are where that is nil.
  fileprivate func keeping(_ stay: [Double]?) -> Matrix {
    guard let stay else { return self }
    return Matrix(rows: rows, columns: columns, values: zip(values, stay).map { $0 * $1 })
  }
}
