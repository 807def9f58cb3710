import Testing

@testable import CambiumBaselines
import CambiumCore

@Suite struct BoltzmannTrainingTests {
  /// Every pattern of a square whose rows are each all on or all off, or whose columns are.
  private static func barsAndStripes(side: Int) -> Dataset {
    var patterns: Set<[Double]> = []
    for bits in 0..<1 << side {
      let lines = (0..<side).map { Double(bits >> $0 & 1) }
      patterns.insert((0..<side * side).map { lines[$0 / side] })
      patterns.insert((0..<side * side).map { lines[$0 % side] })
    }
    let rows = patterns.sorted { $0.lexicographicallyPrecedes($1) }
    var features = Matrix(rows: rows.count, columns: side * side)
    for (i, row) in rows.enumerated() { for (j, value) in row.enumerated() { features[i, j] = value } }
    return unlabelled(features)
  }

  private static func unlabelled(_ features: Matrix, weights: [Double]? = nil) -> Dataset {
    Dataset(
      features: features, targets: Matrix(rows: features.rows, columns: 1), task: .regression,
      weights: weights)
  }

  private static func spec(_ change: (inout BoltzmannTrainingSpec) -> Void) -> BoltzmannTrainingSpec {
    var spec = BoltzmannTrainingSpec()
    change(&spec)
    return spec
  }

  private static let context = FitContext(random: RandomStream(seed: 1))

  /// No model says more of patterns that are all equally frequent than log of their number.
  @Test func barsAndStripesAreLearned() throws {
    let patterns = Self.barsAndStripes(side: 4)
    #expect(patterns.sampleCount == 30)
    let bound = logarithm(30)
    let spec = Self.spec {
      $0.gibbsSteps = 20
      $0.batchSize = 30
      $0.binaryRate = LearningRate(initial: 0.3, decay: 0.0005)
      $0.momentum = 0
      $0.weightDecay = 0
      $0.epochs = 8000
    }
    let machine = try BoltzmannTraining(spec: spec).machine(
      of: .binary, hiddenCount: 24, on: patterns, in: Self.context)
    let surprise = try -machine.meanLogLikelihood(of: patterns.features)
    #expect(surprise >= bound && surprise < 1.05 * bound, "\(surprise / bound)")
    // What is drawn from it are such patterns, by far more often than the 30 of 65 536 that chance has.
    let samples = machine.sampled(from: patterns.features, steps: 500, random: RandomStream(seed: 2))
    let known = Set((0..<30).map { row in (0..<16).map { patterns.features[row, $0] } })
    let hits = (0..<30).count { row in known.contains((0..<16).map { samples[row, $0] }) }
    #expect(hits > 20, "\(hits)")
  }

  @Test(arguments: RestrictedBoltzmannMachine.Visible.allCases, BoltzmannEstimator.allCases)
  func trainingRaisesTheLikelihood(visible: RestrictedBoltzmannMachine.Visible, estimator: BoltzmannEstimator)
    throws
  {
    // Two groups of samples, far apart.
    let generator = RandomStream(seed: 2).generator()
    var features = Matrix(rows: 200, columns: 6)
    for i in 0..<200 {
      for j in 0..<6 {
        let isHigh = (i < 100) == (j < 3)
        features[i, j] =
          visible == .binary
          ? (generator.uniform() < (isHigh ? 0.9 : 0.1) ? 1 : 0) : (isHigh ? 2 : -2) + generator.gaussian()
      }
    }
    let weights = (0..<200).map { $0 % 2 == 0 ? 1.0 : 3.0 }
    for k in [1, 3] {
      let spec = Self.spec {
        $0.estimator = estimator
        $0.gibbsSteps = k
      }
      let data = Self.unlabelled(features, weights: weights)
      var lone = spec
      lone.binaryRate.initial = 1e-12
      lone.gaussianRate.initial = 1e-12
      let start = try BoltzmannTraining(spec: lone).machine(
        of: visible, hiddenCount: 5, on: data, in: Self.context)
      let end = try BoltzmannTraining(spec: spec).machine(
        of: visible, hiddenCount: 5, on: data, in: Self.context)
      let gain =
        try end.meanLogLikelihood(of: features, weights: weights)
        - start.meanLogLikelihood(of: features, weights: weights)
      #expect(gain > (visible == .binary ? 0.7 : 3), "\(gain)")
    }
  }

  @Test func aMachineThatRunsAwayStopsWithEpochAndStepSize() throws {
    let data = Samples.make(.regression, rows: 100)
    let spec = Self.spec { $0.gaussianRate = LearningRate(initial: 50) }
    let training = try BoltzmannTraining(spec: spec, keyPath: "pretraining.")
    let error = #expect(throws: InputError.self) {
      try training.machine(of: .gaussian, hiddenCount: 4, on: data, in: Self.context)
    }
    #expect(error?.location.column == "pretraining.gaussianRate.initial")
    #expect(error?.found.contains("epoch ") == true && error?.found.contains("step size of 50.0") == true)
  }

  @Test func inputsThatTheUnitsCannotTakeAreRefusedWithAdvice() throws {
    let wide = Matrix(rows: 3, columns: 2, values: [0, 1, 0, 900, 1000, 1100])
    let training = try BoltzmannTraining()
    let unscaled = #expect(throws: InputError.self) {
      try training.machine(of: .gaussian, hiddenCount: 4, on: Self.unlabelled(wide), in: Self.context)
    }
    #expect(unscaled?.location.column == "2" && unscaled?.expected.contains("standardise") == true)
    let outside = #expect(throws: InputError.self) {
      try training.machine(of: .binary, hiddenCount: 4, on: Self.unlabelled(wide), in: Self.context)
    }
    #expect(outside?.found.hasPrefix("900.0") == true && outside?.expected.contains("0 to 1") == true)
  }

  @Test func scalingTakesRangesToBinaryUnitsAndFoldsIntoWeights() {
    let features = Samples.make(.regression, rows: 40).features
    for visible in RestrictedBoltzmannMachine.Visible.allCases {
      let scaling = LayerScaling(of: features, for: visible, noise: 0.5)
      let scaled = scaling.applied(to: features)
      if visible == .binary {
        for j in 0..<3 {
          #expect(scaled.column(j).min() == 0 && scaled.column(j).max() == 1)
        }
      }
      let layer = Matrix(rows: 4, columns: 2, values: [0.3, -1, 2, 0.5, 0.1, 0.7, -0.4, 1.1])
      let direct = scaled.withOnes().times(layer)
      let folded = features.withOnes().times(scaling.folded(into: layer))
      for (a, b) in zip(direct.values, folded.values) { #expect(abs(a - b) < 1e-13) }
    }
    let constant = LayerScaling(of: Matrix(rows: 3, columns: 1, repeating: 4), for: .binary, noise: 1)
    #expect(constant.applied(to: Matrix(rows: 1, columns: 1, values: [9])).values == [0])
  }

  private static let badSpecs: [(key: String, change: @Sendable (inout DeepBeliefSpec) -> Void)] = [
    ("units", { $0.units = [] }), ("units", { $0.units = [3, 0] }), ("noise", { $0.noise = 0.1 }),
    ("pretraining.gibbsSteps", { $0.pretraining.gibbsSteps = 0 }),
    ("pretraining.chains", { $0.pretraining.chains = 0 }),
    ("pretraining.batchSize", { $0.pretraining.batchSize = 0 }),
    ("pretraining.binaryRate.initial", { $0.pretraining.binaryRate.initial = 0 }),
    ("pretraining.gaussianRate.decay", { $0.pretraining.gaussianRate.decay = -1 }),
    ("pretraining.momentum", { $0.pretraining.momentum = 1 }),
    ("pretraining.weightDecay", { $0.pretraining.weightDecay = .nan }),
    ("pretraining.epochs", { $0.pretraining.epochs = 0 }),
    ("fineTuning.patience", { $0.fineTuning.patience = 0 }),
  ]

  @Test func aValueOutOfRangeIsNamedByItsKey() throws {
    try DeepBeliefSpec().validate()
    try RestrictedBoltzmannSpec().validate()
    for (key, change) in Self.badSpecs {
      var spec = DeepBeliefSpec()
      change(&spec)
      let error = #expect(throws: InputError.self) { try DeepBeliefLearner(spec: spec) }
      #expect(error?.location.column == key)
    }
  }
}
