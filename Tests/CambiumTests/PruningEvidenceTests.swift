import CambiumCore
import Testing

@testable import Cambium

/// What the samples say of connections whose worth is known: the residual is a function of the first two inputs of five.
@Suite struct PruningEvidenceTests {
  private static let rows = 400
  private static let features = Samples.matrix(rows, 5)
  private static let design = DesignMatrix(features: features)

  private static func objective(noise: Double) -> TrainingObjective {
    let disturbance = Samples.numbers(rows, "noise")
    let values = (0..<rows).map { i in
      Activation.tanhValue(1.2 * features[i, 0] - 0.8 * features[i, 1]) + noise * disturbance[i]
    }
    return TrainingObjective(
      in: .float64, design: design, sourceCount: 6, residual: Matrix(rows: rows, columns: 1, values: values),
      weights: nil, workers: Samples.workers)
  }

  private static func trained(_ activations: [Activation], noise: Double) -> CandidatePool {
    var (spec, pruning) = (CandidateTrainingSpec(), PruningSpec())
    spec.epochs = 150
    pruning.schedule = []
    let pool = CandidatePool(
      activations: activations, restarts: 1, sourceCount: 6, design: design, random: RandomStream(seed: 3))
    return CandidateTraining(spec: spec, pruning: pruning).train(pool, on: objective(noise: noise))
  }

  private static func evidence(_ pool: CandidatePool, noise: Double) -> PruningEvidence {
    var spec = PruningSpec()
    (spec.wald, spec.brainDamage, spec.batchFluctuation) = (1, 0.1, 1)
    return PruningEvidence(
      of: pool, on: objective(noise: noise), for: spec, random: RandomStream(seed: 4))
  }

  /// Each rule tells the two inputs that matter from the three that do not.
  @Test(arguments: [Activation.tanh, .logistic])
  func inputsThatMatterAreToldFromOthers(activation: Activation) {
    let pool = Self.trained([activation], noise: 0.5)
    let evidence = Self.evidence(pool, noise: 0.5)
    let weights = Array(pool.prunableRanges(of: 0)[0])
    for figures in [evidence.steadiness, evidence.wald, evidence.saliency] {
      let matters = weights.prefix(2).map { figures[$0] }.reduce(.infinity, min)
      let others = weights.suffix(3).map { figures[$0] }.reduce(0, max)
      #expect(matters > 2 * others, "\(matters), \(others)")
    }
  }

  /// Of weights that are 0 but for noise one in twenty has a statistic above 3.84.
  @Test func waldsStatisticIsNearOneWhereAWeightIsNoise() {
    let pool = Self.trained([.tanh], noise: 0.5)
    let evidence = Self.evidence(pool, noise: 0.5)
    let others = pool.prunableRanges(of: 0)[0].suffix(3).map { evidence.wald[$0] }
    #expect(others.allSatisfy { $0 < 12 })
    #expect(others.reduce(0, +) / 3 > 0.01)
  }

  /// The saliency is what cutting costs, as far as the objective is a parabola.
  @Test func theSaliencyForetellsTheLoss() {
    let noise = 0.5
    let pool = Self.trained([.tanh], noise: noise)
    let evidence = Self.evidence(pool, noise: noise)
    let before = Self.objective(noise: noise).objectives(pool)[0]
    for index in pool.prunableRanges(of: 0)[0].suffix(3) {
      var cut = pool
      cut.prune(index)
      let lost = (before - Self.objective(noise: noise).objectives(cut)[0]) / before
      #expect(abs(lost - evidence.saliency[index]) < 0.2 * evidence.saliency[index] + 1e-4)
    }
  }

  @Test(arguments: [Activation.square, .cube, .radial, .product, .sin])
  func everyFormHasEvidenceOfEveryLivingConnection(activation: Activation) {
    var pool = Self.trained([activation], noise: 0.5)
    let dead = pool.prunableRanges(of: 0)[0].lowerBound + 3
    pool.prune(dead)
    let evidence = Self.evidence(pool, noise: 0.5)
    for figures in [evidence.steadiness, evidence.wald, evidence.saliency] {
      #expect(figures[dead] == .infinity)
      #expect(figures.allSatisfy { $0 >= 0 })
    }
    for range in pool.prunableRanges(of: 0) {
      for index in range where pool.mask[index] != 0 {
        #expect(evidence.saliency[index].isFinite && evidence.steadiness[index].isFinite)
      }
    }
  }

  /// A rule cuts what it speaks against, what is cut stays cut, and the largest connection stays.
  @Test(arguments: [0, 1, 2])
  func eachRuleCutsByItself(rule: Int) {
    var (spec, pruning) = (CandidateTrainingSpec(), PruningSpec())
    spec.epochs = 60
    (pruning.nearZero, pruning.fluctuation) = (0, 0)
    switch rule {
    case 0: pruning.wald = 3.84
    case 1: pruning.brainDamage = 0.01
    default: pruning.batchFluctuation = 1.5
    }
    let pool = CandidatePool(
      activations: [.tanh, .sin, .radial, .product], restarts: 2, sourceCount: 6, design: Self.design,
      random: RandomStream(seed: 3))
    func train() -> CandidatePool {
      CandidateTraining(spec: spec, pruning: pruning, random: RandomStream(seed: 5))
        .train(pool, on: Self.objective(noise: 0.5))
    }
    let trained = train()
    #expect((0..<trained.count).reduce(0) { $0 + trained.prunedCount(of: $1) } > 3)
    for k in trained.parameters.indices where trained.mask[k] == 0 { #expect(trained.parameters[k] == 0) }
    for candidate in 0..<trained.count {
      for range in trained.prunableRanges(of: candidate) {
        #expect(range.contains { trained.mask[$0] != 0 })
      }
    }
    #expect(train().parameters == trained.parameters)
  }
}

extension Activation {
  fileprivate static func tanhValue(_ x: Double) -> Double { 1 - 2 / (exponential(2 * x) + 1) }
}
