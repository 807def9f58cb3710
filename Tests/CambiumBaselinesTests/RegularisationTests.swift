import Testing

@testable import CambiumBaselines
import CambiumCore

/// What keeps weights small or makes training noisy, of every network that backpropagation trains.
@Suite struct RegularisationTests {
  private static let shape = LayerShape(widths: [3, 6, 4, 1], activation: .tanh, slope: 1)

  private static func start(_ layout: WeightLayout) -> [Double] {
    let generator = RandomStream(seed: 2).generator()
    return (0..<layout.parameterCount).map { _ in generator.gaussian() }
  }

  @Test func gradientsOfPenaltiesEqualFiniteDifferences() {
    let layout = Self.shape.layout
    let parameters = Self.start(layout)
    let none = [Double](repeating: 0, count: parameters.count)
    func value(_ parameters: [Double], _ gradient: inout [Double]) -> Double {
      layout.addDecay(0.3, of: parameters, to: &gradient)
        + layout.addAbsolutePenalty(0.7, of: parameters, to: &gradient)
    }
    var gradient = none
    _ = value(parameters, &gradient)
    for k in parameters.indices {
      var unused = none
      var (above, below) = (parameters, parameters)
      above[k] += 1e-6
      below[k] -= 1e-6
      let rise = value(above, &unused) - value(below, &unused)
      #expect(abs(rise / 2e-6 - gradient[k]) < 1e-8)
    }
    // Biases cost nothing.
    #expect(gradient[0] == 0 && gradient[4] == 0 && gradient[1] != 0)
  }

  @Test func normsAreLimitedAndShortOnesStay() {
    let layout = Self.shape.layout
    let before = Self.start(layout)
    var after = before
    layout.limitNorms(to: 1.5, of: &after)
    func lengths(_ parameters: [Double]) -> [Double] {
      layout.matrices(of: parameters).flatMap { matrix in
        (0..<matrix.columns).map { u in
          matrix.column(u).dropFirst().reduce(0) { $0 + $1 * $1 }.squareRoot()
        }
      }
    }
    let (long, short) = (lengths(before), lengths(after))
    #expect(long.dropLast().contains { $0 > 1.5 } && long.dropLast().contains { $0 < 1.5 })
    for (before, after) in zip(long, short).dropLast() { #expect(abs(after - min(before, 1.5)) < 1e-12) }
    #expect(short.last == long.last, "the readout is not limited")
    for (k, bias) in before.enumerated() where k % 4 == 0 && k < 24 { #expect(after[k] == bias) }
  }

  @Test func unitsDropOutInTheShareAskedForAndGradientsAreThoseOfWhatIsLeft() {
    var shape = Self.shape
    shape.dropout = 0.4
    let data = Samples.make(.regression, rows: 300)
    let objective = BackpropagationObjective(
      shape, data: data, inputNoise: 0.3, largestBatch: 300, workers: WorkerPool(threads: 2))
    let parameters = Self.start(shape.layout)
    var gradient = parameters
    let random = RandomStream(seed: 5)
    let all = Array(0..<300)[...]
    let loss = objective.loss(of: parameters, on: all, gradient: &gradient, random: random)
    var unused = parameters
    #expect(objective.loss(of: parameters, on: all, gradient: &unused, random: random) == loss)
    #expect(objective.loss(of: parameters, on: all, gradient: &unused, random: random.child("next")) != loss)
    for k in parameters.indices {
      var (above, below) = (parameters, parameters)
      above[k] += 1e-6
      below[k] -= 1e-6
      let rise =
        objective.loss(of: above, on: all, gradient: &unused, random: random)
        - objective.loss(of: below, on: all, gradient: &unused, random: random)
      #expect(abs(rise / 2e-6 - gradient[k]) < 1e-6 * max(1, abs(gradient[k])))
    }
  }

  /// With one layer of units under a linear readout, the mean over what drops out is what all units say.
  @Test func theMeanOverWhatDropsOutIsTheWholeNetwork() {
    var shape = LayerShape(widths: [3, 5, 1], activation: .tanh, slope: 1)
    shape.dropout = 0.3
    let parameters = Self.start(shape.layout)
    let features = Samples.make(.regression, rows: 1).features
    let passage = Passage(shape: shape, capacity: 1)
    func score(_ mode: PassageMode) -> Double {
      for j in 0..<3 { passage.inputs(rows: 1)[j] = features[0, j] }
      return parameters.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return 0 }
        return passage.forward(rows: 1, parameters: base, mode: mode)[0]
      }
    }
    let whole = score(.answering)
    #expect(score(.training(dropout: nil)) == whole)
    let generator = RandomStream(seed: 9).generator()
    let scores = (0..<20_000).map { _ in score(.training(dropout: generator)) }
    let mean = scores.reduce(0, +) / 20_000
    let variance = scores.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 20_000
    #expect(variance > 0 && abs(mean - whole) < 4 * (variance / 20_000).squareRoot())
  }

  private static func spec(_ change: (inout MultilayerPerceptronSpec) -> Void) -> MultilayerPerceptronSpec {
    var spec = MultilayerPerceptronSpec()
    spec.layers = [8]
    spec.activations = [.tanh]
    spec.weightDecay = [0.05]
    spec.epochs = 150
    spec.validationFraction = 0
    change(&spec)
    return spec
  }

  private static func weights(_ change: (inout MultilayerPerceptronSpec) -> Void) throws -> [Matrix] {
    let data = Samples.make(.regression, rows: 100, features: 6)
    let fit = try MultilayerPerceptron(spec: spec(change)).fit(
      data, validation: nil, in: FitContext(random: RandomStream(seed: 1)))
    return try #require(fit.predictor as? MultilayerPerceptronModel).layers.map(\.weights)
  }

  @Test func absolutePenaltiesMakeManyWeightsSmall() throws {
    func small(_ layers: [Matrix]) -> Int {
      layers.reduce(0) { $0 + $1.values.count { abs($0) < 0.01 } }
    }
    let squares = try Self.weights { _ in }
    let absolute = try Self.weights { $0.absoluteShare = 1 }
    #expect(small(absolute) > 2 * small(squares) + 10, "\(small(squares)), \(small(absolute))")
  }

  @Test func trainingKeepsToTheNormAndNoiseChangesIt() throws {
    let limited = try Self.weights { $0.largestNorm = 0.5 }
    for u in 0..<8 {
      #expect(limited[0].column(u).dropFirst().reduce(0) { $0 + $1 * $1 } <= 0.25 + 1e-12)
    }
    let plain = try Self.weights { _ in }
    #expect(try Self.weights { $0.inputNoise = 0.2 } != plain)
    #expect(try Self.weights { $0.dropout = 0.2 } != plain)
  }

  @Test func fineTuningIsRegularisedAsAPerceptronIs() {
    var spec = FineTuningSpec()
    (spec.absoluteShare, spec.largestNorm, spec.dropout, spec.inputNoise) = (0.1, 2, 0.3, 0.4)
    let perceptron = spec.perceptron(layers: [3], activation: .tanh)
    #expect(perceptron.absoluteShare == 0.1 && perceptron.largestNorm == 2)
    #expect(perceptron.dropout == 0.3 && perceptron.inputNoise == 0.4)
  }
  @Test func snapshotsAreRegularisedAsAPerceptronIs() {
    var spec = SnapshotSpec()
    (spec.absoluteShare, spec.largestNorm, spec.dropout, spec.inputNoise) = (0.1, 2, 0.3, 0.4)
    #expect(spec.rules.absoluteShare == 0.1 && spec.rules.largestNorm == 2)
    #expect(spec.rules.dropout == 0.3 && spec.rules.inputNoise == 0.4)
  }

  @Test func aStackAndAnAutoencoderKeepToTheNorm() throws {
    let data = Samples.make(.regression, rows: 100, features: 6)
    let context = FitContext(random: RandomStream(seed: 1))
    func longest(_ weights: Matrix) -> Double {
      (0..<weights.columns).map { weights.column($0).dropFirst().reduce(0) { $0 + $1 * $1 }.squareRoot() }
        .max()
        ?? 0
    }
    var spec = StackingSpec()
    (spec.units, spec.blocks, spec.validationFraction) = (5, 1, 0)
    func stack() throws -> Matrix {
      let fit = try DeepStacking(spec: spec).fit(data, validation: nil, in: context)
      return try #require(fit.predictor as? DeepStackingModel).blocks[0].hidden.weights
    }
    #expect(try longest(stack()) > 0.6)
    spec.largestNorm = 0.5
    #expect(try longest(stack()) <= 0.5 + 1e-12)

    var training = AutoencoderTrainingSpec()
    func encoder() throws -> Matrix {
      try AutoencoderTraining(spec: training).layer(of: 5, .tanh, on: data, in: context).encoder
    }
    #expect(try longest(encoder()) > 0.6)
    for tied in [true, false] {
      (training.tied, training.largestNorm) = (tied, 0.5)
      #expect(try longest(encoder()) <= 0.5 + 1e-12)
    }
  }
}
