import CambiumCore
import Testing

@testable import Cambium

@Suite struct CandidateTrainingTests {
  private static let data = Samples.regression(80, outputs: 2)
  private static let design = DesignMatrix(features: Samples.matrix(80, 4))

  private static func pool(_ activations: [Activation] = Activation.allCases) -> CandidatePool {
    CandidatePool(
      activations: activations, restarts: 2, sourceCount: 5, design: design, random: RandomStream(seed: 5))
  }

  private static func objective() -> TrainingObjective {
    TrainingObjective(
      in: .float64, design: design, sourceCount: 5, residual: Samples.matrix(80, 2, "residual"), weights: nil,
      workers: Samples.workers)
  }

  private static func train(_ pruning: PruningSpec, epochs: Int = 40) -> CandidatePool {
    var spec = CandidateTrainingSpec()
    spec.epochs = epochs
    return CandidateTraining(spec: spec, pruning: pruning).train(pool(), on: objective())
  }

  private static func noPruning() -> PruningSpec {
    var pruning = PruningSpec()
    pruning.nearZero = 0
    pruning.fluctuation = 0
    return pruning
  }

  private static func manyCuts() -> PruningSpec {
    var pruning = PruningSpec()
    pruning.nearZero = 1
    pruning.fluctuation = 5
    pruning.schedule = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]
    return pruning
  }

  @Test(arguments: [1, 2, 10, 60])
  func noCandidateEndsWorseThanItStarted(epochs: Int) {
    var pruning = Self.noPruning()
    pruning.schedule = []
    let before = Self.objective().objectives(Self.pool())
    let after = Self.objective().objectives(Self.train(pruning, epochs: epochs))
    for candidate in before.indices { #expect(after[candidate] >= before[candidate]) }
    if epochs == 60 { #expect(after.reduce(0, +) > before.reduce(0, +)) }
  }

  @Test func thresholdsOfZeroCutNothing() {
    let trained = Self.train(Self.noPruning())
    #expect(trained.mask == Self.pool().mask)
  }

  @Test func whatIsCutStaysCutAndEveryCandidateKeepsAConnection() {
    let trained = Self.train(Self.manyCuts())
    var cuts = 0
    for k in trained.parameters.indices where trained.mask[k] == 0 { #expect(trained.parameters[k] == 0) }
    for candidate in 0..<trained.count {
      for range in trained.prunableRanges(of: candidate) {
        #expect(range.contains { trained.mask[$0] != 0 })
      }
      cuts += trained.prunedCount(of: candidate)
    }
    #expect(cuts > trained.count)
  }

  @Test func parametersAreFiniteAndTheSameEveryTime() {
    let (first, second) = (Self.train(PruningSpec()), Self.train(PruningSpec()))
    #expect(first.parameters.areFinite)
    #expect(first.parameters == second.parameters && first.mask == second.mask)
  }

  @Test(arguments: [Activation.tanh, .radial, .product], [0, 1])
  func aFluctuatingConnectionIsCutAndASteadyOneIsNot(activation: Activation, factor: Int) {
    var pool = CandidatePool(
      activations: [activation], restarts: 1, sourceCount: 4, design: Self.design,
      random: RandomStream(seed: 1))
    // Each factor of a product is weighed by itself: the other one's weights are a thousand times as large.
    let ranges = pool.prunableRanges(of: 0)
    let weights = ranges[factor % ranges.count]
    for range in ranges where range != weights { for index in range { pool.parameters[index] = 1000 } }
    // Source 1 is steady, source 2 fluctuates, source 3 is the largest.
    var fluctuation = Fluctuation(count: pool.parameters.count)
    for epoch in 0..<10 {
      let sign: Double = epoch.isMultiple(of: 2) ? 1 : -1
      for (index, weight) in zip(weights, [0.9 + 0.05 * sign, 0.2 + 0.9 * sign, 1 + 0.9 * sign]) {
        pool.parameters[index] = weight
      }
      fluctuation.observe(pool.parameters)
    }
    for (index, weight) in zip(weights, [0.9, 0.9, 1]) { pool.parameters[index] = weight }
    var pruning = Self.noPruning()
    pruning.fluctuation = 1
    pruning.prune(&pool, fluctuation)
    #expect(weights.map { pool.mask[$0] } == [1, 0, 1])
  }

  @Test func aConnectionNearZeroIsCut() {
    var pool = CandidatePool(
      activations: [.sin], restarts: 1, sourceCount: 5, design: Self.design, random: RandomStream(seed: 1))
    // The root mean square is 1.02: half of it lies between the last two.
    for (index, weight) in zip(pool.prunableRanges(of: 0)[0], [-1.5, 1.2, 0.55, -0.4]) {
      pool.parameters[index] = weight
    }
    var pruning = Self.noPruning()
    pruning.nearZero = 0.5
    pruning.prune(&pool, Fluctuation(count: pool.parameters.count))
    #expect(pool.prunableRanges(of: 0)[0].map { pool.mask[$0] } == [1, 1, 1, 0])
  }

  @Test func steadinessIsTheMeanInStandardDeviations() {
    var fluctuation = Fluctuation(count: 2)
    #expect(fluctuation.steadiness(0) == .infinity)
    for value in [1.0, 2, 6] { fluctuation.observe([value, 4]) }
    #expect(isClose(fluctuation.steadiness(0), 3 / 7.0.squareRoot()))
    #expect(fluctuation.steadiness(1) == .infinity)
  }
}
