import CambiumCore
import Testing

@testable import Cambium

/// What penalties, limits and noise do to the training of candidates.
@Suite struct RegularisationTests {
  private static let design = DesignMatrix(features: Samples.matrix(80, 4))

  private static func pool(_ activations: [Activation] = [.tanh, .radial, .product]) -> CandidatePool {
    CandidatePool(
      activations: activations, restarts: 2, sourceCount: 5, design: design, random: RandomStream(seed: 5))
  }

  private static func objective(noise: SourceNoise? = nil) -> TrainingObjective {
    TrainingObjective(
      in: .float64, design: design, sourceCount: 5, residual: Samples.matrix(80, 2, "residual"), weights: nil,
      noise: noise, workers: Samples.workers)
  }

  private static func spec(_ change: (inout RegularisationSpec) -> Void) -> RegularisationSpec {
    var spec = RegularisationSpec()
    change(&spec)
    return spec
  }

  private static func trained(
    _ regularisation: RegularisationSpec, by optimizer: TrainingOptimizer = .resilientPropagation
  ) -> CandidatePool {
    var spec = CandidateTrainingSpec()
    spec.regularisation = regularisation
    spec.optimizer = optimizer
    var pruning = PruningSpec()
    pruning.nearZero = 0
    pruning.fluctuation = 0
    return CandidateTraining(spec: spec, pruning: pruning).train(pool(), on: objective())
  }

  @Test(arguments: [0, 0.3, 1])
  func theGradientIsThatOfThePenalisedObjective(share: Double) {
    let spec = Self.spec {
      $0.weightDecay = 0.2
      $0.absoluteShare = share
    }
    let (pool, objective) = (Self.pool(), Self.objective())
    var (objectives, gradient) = objective.evaluateExactly(pool)
    spec.penalise(&objectives, &gradient, of: pool)
    for candidate in 0..<pool.count {
      for k in pool.parameterRanges(of: candidate).joined() where pool.mask[k] != 0 {
        func value(_ step: Double) -> Double {
          var moved = pool
          moved.parameters[k] += step
          return spec.penalised(objective.objectives(moved), of: moved)[candidate]
        }
        let difference = (value(1e-5) - value(-1e-5)) / 2e-5
        #expect(abs(gradient[k] - difference) < 1e-5 * max(1, abs(difference)), "\(candidate), \(k)")
      }
    }
  }

  @Test(arguments: [TrainingOptimizer.resilientPropagation, .gradientDescent])
  func weightsThatCostAreSmaller(optimizer: TrainingOptimizer) {
    func size(_ pool: CandidatePool) -> Double {
      (0..<pool.count).flatMap(pool.prunableRanges).joined().reduce(0) { $0 + abs(pool.parameters[$1]) }
    }
    let plain = size(Self.trained(RegularisationSpec(), by: optimizer))
    // Descent on log J takes penalties in proportion to what is left of J.
    let decay = optimizer == .gradientDescent ? 0.0005 : 0.01
    #expect(size(Self.trained(Self.spec { $0.weightDecay = decay }, by: optimizer)) < plain)
    let absolute = Self.spec {
      $0.weightDecay = decay
      $0.absoluteShare = 1
    }
    #expect(size(Self.trained(absolute, by: optimizer)) < plain)
  }

  @Test func noCandidateReadsMoreThanTheLimit() {
    let pool = Self.trained(Self.spec { $0.largestNorm = 0.4 })
    let start = Self.pool()
    for range in (0..<pool.count).flatMap(pool.prunableRanges) {
      let square = range.reduce(0.0) { $0 + pool.parameters[$1] * pool.parameters[$1] }
      // The best of all epochs stays, which may be the start.
      #expect(square <= 0.16 + 1e-12 || range.allSatisfy { pool.parameters[$0] == start.parameters[$0] })
    }
  }

  @Test func noiseHasItsDeviationAndSparesTheBias() {
    let noise = SourceNoise(
      spec: Self.spec { $0.inputNoise = 0.5 }, inputCount: 2, random: RandomStream(seed: 1))
    let zeros = [Double](repeating: 0, count: 20_000)
    let values = noise.disturbed(zeros, ofColumn: 1)
    let square = values.reduce(0) { $0 + $1 * $1 } / 20_000
    #expect(abs(square - 0.25) < 0.01 && values != noise.disturbed(zeros, ofColumn: 2))
    // Units hear noise by way of the inputs alone, and nothing disturbs the bias.
    #expect(noise.disturbed(zeros, ofColumn: 3) == zeros && noise.disturbed(zeros, ofColumn: 0) == zeros)
    let dropping = SourceNoise(
      spec: Self.spec { $0.dropout = 0.25 }, inputCount: 2, random: RandomStream(seed: 1))
    let ones = dropping.disturbed([Double](repeating: 1, count: 20_000), ofColumn: 3)
    #expect(abs(Double(ones.count { $0 == 0 }) / 20_000 - 0.25) < 0.01)
    #expect(ones.allSatisfy { $0 == 0 || $0 == 1 / 0.75 })
  }

  @Test func growthListensToEachAndToThreadsNot() throws {
    let data = Samples.regression(120, noise: 0.3)
    let plain = try Grower.network(Samples.quickSpec(), data).network
    let changes: [(inout RegularisationSpec) -> Void] = [
      { $0.weightDecay = 0.05 }, { $0.largestNorm = 0.5 }, { $0.dropout = 0.2 }, { $0.inputNoise = 0.3 },
    ]
    for change in changes {
      var spec = Samples.quickSpec()
      change(&spec.training.regularisation)
      let network = try Grower.network(spec, data).network
      #expect(network != plain)
      #expect(try Grower.network(spec, data, threads: 3).network == network)
    }
  }

  @Test func penaltiesAreRefusedWhereNobodyWouldHeedThem() throws {
    for optimizer in [TrainingOptimizer.lbfgs, .levenbergMarquardt] {
      var spec = GrowthSpec()
      spec.training.optimizer = optimizer
      try spec.validate()
      spec.training.regularisation.inputNoise = 0.1
      try spec.validate()
      spec.training.regularisation.weightDecay = 0.1
      let error = #expect(throws: InputError.self) { try spec.validate() }
      #expect(error?.location.column == "training.optimizer")
    }
  }
}
