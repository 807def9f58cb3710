import Foundation
import Testing

@testable import CambiumBaselines
import CambiumCore

@Suite struct AutoencoderTests {
  private static let context = FitContext(random: RandomStream(seed: 1))

  private static func spec(_ change: (inout AutoencoderTrainingSpec) -> Void) -> AutoencoderTrainingSpec {
    var spec = AutoencoderTrainingSpec()
    change(&spec)
    return spec
  }

  /// Inputs of three hidden causes, with a little noise.
  private static func data(rows: Int, inputs: Int = 8) -> Dataset {
    let generator = RandomStream(seed: 6).generator()
    let mixing = (0..<3 * inputs).map { _ in generator.gaussian() }
    var features = Matrix(rows: rows, columns: inputs)
    for i in 0..<rows {
      let causes = (0..<3).map { _ in generator.gaussian() }
      for j in 0..<inputs {
        let sum = (0..<3).reduce(0.0) { $0 + mixing[$1 * inputs + j] * causes[$1] }
        features[i, j] = sum / 1.7 + 0.1 * generator.gaussian()
      }
    }
    return Dataset(features: features, targets: Matrix(rows: rows, columns: 1), task: .regression)
  }

  private static func error(_ reconstruction: Matrix, _ features: Matrix) -> Double {
    zip(reconstruction.values, features.values).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
  }

  @Test(arguments: [true, false], [(0.0, 0.0), (0.2, 0.0), (0.0, 0.4), (0.2, 1.0)])
  func gradientEqualsFiniteDifference(tied: Bool, penalties: (sparsity: Double, absoluteShare: Double)) {
    let plain = Samples.make(.regression, rows: 9, weighted: true)
    let corrupted = AutoencoderTraining.corrupted(plain.features, 0.3, RandomStream(seed: 2))
    #expect(corrupted.values.contains(0))
    for activation in [Activation.tanh, .logistic, .softplus, .sin] {
      let objective = AutoencoderObjective(
        shape: LayerShape(widths: [3, 4, 3], activation: activation, slope: 1),
        spec: Self.spec {
          $0.tied = tied
          $0.sparsity = penalties.sparsity
          $0.weightDecay = 0.1
          $0.absoluteShare = penalties.absoluteShare
        })
      let samples = objective.samples(plain, reading: corrupted, workers: WorkerPool(threads: 1))
      let generator = RandomStream(seed: 3).generator()
      let parameters = (0..<objective.parameterCount).map { _ in generator.gaussian(standardDeviation: 0.5) }
      let all = Array(0..<9)[...]
      let gradient = objective.evaluate(parameters, samples, on: all).gradient
      for k in parameters.indices {
        func loss(_ step: Double) -> Double {
          var moved = parameters
          moved[k] += step
          return objective.evaluate(moved, samples, on: all).loss
        }
        let difference = (loss(1e-6) - loss(-1e-6)) / 2e-6
        #expect(abs(difference - gradient[k]) < 1e-7, "\(activation) parameter \(k)")
      }
    }
  }

  /// No way back that is linear does better than principal components, and training comes near them.
  @Test func reconstructionComesNearPrincipalComponentsAndNeverBelow() throws {
    let data = Self.data(rows: 200)
    let components = try #require(PrincipalComponents(of: data.features, count: 3))
    let least = Self.error(components.reconstructions(of: data.features), data.features)
    let nothing = Self.error(Matrix(rows: 200, columns: 8), data.features)
    for tied in [true, false] {
      let spec = Self.spec {
        $0.tied = tied
        $0.weightDecay = 0
        $0.epochs = 300
        $0.adam = LearningRate(initial: 0.01, decay: 0.02)
      }
      let autoencoder = try Autoencoder(
        trainedOn: data, units: [3], activation: .arctan, by: AutoencoderTraining(spec: spec),
        in: Self.context)
      let error = Self.error(autoencoder.reconstructions(of: data.features), data.features)
      #expect(error >= least)
      #expect(error < (tied ? 0.2 : 0.1) * nothing, "\(error / nothing), components \(least / nothing)")
      #expect(autoencoder.codes(of: data.features).columns == 3)
    }
  }

  @Test func aSecondLayerCodesTheFirst() throws {
    let data = Self.data(rows: 200)
    let training = try AutoencoderTraining(spec: Self.spec { $0.epochs = 100 })
    let stacked = try Autoencoder(
      trainedOn: data, units: [6, 3], activation: .tanh, by: training, in: Self.context)
    let error = Self.error(stacked.reconstructions(of: data.features), data.features)
    #expect(error < 0.6 * Self.error(Matrix(rows: 200, columns: 8), data.features), "\(error)")
    #expect(try JSONDecoder().decode(Autoencoder.self, from: JSONEncoder().encode(stacked)) == stacked)
    #expect(Autoencoder(layers: stacked.layers.reversed(), activation: .tanh) == nil)
    #expect(Autoencoder(layers: [], activation: .tanh) == nil)
    #expect(Autoencoder(layers: stacked.layers, activation: .radial) == nil)
  }

  @Test func sparseUnitsSayLess() throws {
    let data = Self.data(rows: 200)
    let activity = try [0.0, 0.5].map { sparsity in
      let spec = Self.spec {
        $0.sparsity = sparsity
        $0.adam = LearningRate(initial: 0.02, decay: 0.02)
      }
      let autoencoder = try Autoencoder(
        trainedOn: data, units: [12], activation: .logistic, by: AutoencoderTraining(spec: spec),
        in: Self.context)
      return autoencoder.codes(of: data.features).values.reduce(0, +) / 2400
    }
    #expect(activity[1] < 0.7 * activity[0], "\(activity)")
  }

  /// It learns to fill in what it is not shown.
  @Test func denoisingFillsInWhatIsPutOut() throws {
    let data = Self.data(rows: 300)
    let corrupted = AutoencoderTraining.corrupted(data.features, 0.25, RandomStream(seed: 9))
    let errors = try [0.0, 0.25].map { corruption in
      let spec = Self.spec {
        $0.corruption = corruption
        $0.epochs = 100
      }
      let autoencoder = try Autoencoder(
        trainedOn: data, units: [12], activation: .tanh, by: AutoencoderTraining(spec: spec), in: Self.context
      )
      return Self.error(autoencoder.reconstructions(of: corrupted), data.features)
    }
    #expect(errors[1] < 0.8 * errors[0], "\(errors)")
  }

  @Test func aLossThatRunsAwayStopsWithEpochAndStepSize() throws {
    let training = try AutoencoderTraining(
      spec: Self.spec { $0.adam = LearningRate(initial: 1000) }, keyPath: "pretraining.")
    let error = #expect(throws: InputError.self) {
      try Autoencoder(
        trainedOn: Self.data(rows: 100), units: [5], activation: .quartic, by: training, in: Self.context)
    }
    #expect(error?.location.column == "pretraining.adam.initial")
    #expect(error?.found.contains("epoch ") == true && error?.found.contains("step size of ") == true)
  }

  private static let badSpecs: [(key: String, change: @Sendable (inout AutoencoderSpec) -> Void)] = [
    ("units", { $0.units = [] }), ("units", { $0.units = [0] }), ("activation", { $0.activation = .radial }),
    ("pretraining.corruption", { $0.pretraining.corruption = 1 }),
    ("pretraining.sparsity", { $0.pretraining.sparsity = -1 }),
    ("pretraining.weightDecay", { $0.pretraining.weightDecay = .nan }),
    ("pretraining.batchSize", { $0.pretraining.batchSize = 0 }),
    ("pretraining.adam.initial", { $0.pretraining.adam.initial = 0 }),
    ("pretraining.epochs", { $0.pretraining.epochs = 0 }),
    ("fineTuning.weightDecay", { $0.fineTuning.weightDecay = [] }),
  ]

  @Test func aValueOutOfRangeIsNamedByItsKey() throws {
    try AutoencoderSpec().validate()
    for (key, change) in Self.badSpecs {
      var spec = AutoencoderSpec()
      change(&spec)
      let error = #expect(throws: InputError.self) { try AutoencoderLearner(spec: spec) }
      #expect(error?.location.column == key)
    }
  }
}
