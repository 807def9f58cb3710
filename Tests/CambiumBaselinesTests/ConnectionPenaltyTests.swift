import Testing

@testable import CambiumBaselines
import CambiumCore

/// What keeps the connections of Boltzmann machines of all kinds small, and dropout of restricted ones.
@Suite struct ConnectionPenaltyTests {
  /// 120 samples of six values: the first three are equal, the last three too, but for one in ten.
  private static let groups: Dataset = {
    let generator = RandomStream(seed: 4).generator()
    var features = Matrix(rows: 120, columns: 6)
    for i in 0..<120 {
      let causes = (0..<2).map { _ in generator.uniform() < 0.5 }
      for j in 0..<6 { features[i, j] = causes[j / 3] != (generator.uniform() < 0.1) ? 1 : 0 }
    }
    return Dataset(features: features, targets: Matrix(rows: 120, columns: 1), task: .regression)
  }()
  private static let context = FitContext(random: RandomStream(seed: 1))

  /// A kind of machine, trained with a penalty: what each unit with a limit reads, a column each.
  struct Kind: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// λ, a and the largest norm give weights.
    let weights: @Sendable (Double, Double, Double) throws -> Matrix
  }

  static let kinds = [
    Kind(testDescription: "restricted") { decay, share, norm in
      var spec = BoltzmannTrainingSpec()
      (spec.weightDecay, spec.absoluteShare, spec.largestNorm) = (decay, share, norm)
      let layer = try BoltzmannTraining(spec: spec).machine(
        of: .binary, hiddenCount: 5, on: groups, in: context
      ).hiddenLayer
      return layer.selectingRows(Array(1..<layer.rows))
    },
    Kind(testDescription: "general") { decay, share, norm in
      var training = BoltzmannMachineTraining()
      training.phases = .enumerated
      training.epochs = 300
      (training.weightDecay, training.absoluteShare, training.largestNorm) = (decay, share, norm)
      return try training.machine(hiddenCount: 3, on: groups.features, in: context).weights
    },
    Kind(testDescription: "deep") { decay, share, norm in
      var joint = DeepBoltzmannTrainingSpec()
      joint.rate = LearningRate(initial: 0.1)
      joint.epochs = 60
      (joint.weightDecay, joint.absoluteShare, joint.largestNorm) = (decay, share, norm)
      return try DeepBoltzmannTraining(joint: joint).machine(units: [5, 4], on: groups, in: context).weights[
        0]
    },
  ]

  @Test(arguments: kinds) func normsAreKeptTo(kind: Kind) throws {
    func longest(_ weights: Matrix) -> Double {
      (0..<weights.columns).map { weights.column($0).reduce(0) { $0 + $1 * $1 }.squareRoot() }.max() ?? 0
    }
    #expect(try longest(kind.weights(0, 0, 0)) > 1)
    #expect(try longest(kind.weights(0, 0, 0.8)) <= 0.8 + 1e-12)
  }

  @Test(arguments: kinds) func absolutePenaltiesMakeManyWeightsSmall(kind: Kind) throws {
    func small(_ weights: Matrix) -> Double {
      Double(weights.values.count { abs($0) < 0.05 }) / Double(weights.values.count)
    }
    let (squares, absolute) = (try small(kind.weights(0.02, 0, 0)), try small(kind.weights(0.05, 1, 0)))
    #expect(absolute > squares + 0.1, "\(squares), \(absolute)")
  }

  @Test func symmetricConnectionsStaySymmetric() throws {
    let generator = RandomStream(seed: 3).generator()
    var weights = Matrix(rows: 5, columns: 5)
    for i in 0..<5 {
      for j in 0..<i {
        weights[i, j] = generator.gaussian()
        weights[j, i] = weights[i, j]
      }
    }
    let before = weights
    ConnectionPenalty(weightDecay: 0, absoluteShare: 0, largestNorm: 0).limitUnits(of: &weights)
    #expect(weights == before)
    ConnectionPenalty(weightDecay: 0, absoluteShare: 0, largestNorm: 1).limitUnits(of: &weights)
    for i in 0..<5 {
      #expect(weights.column(i).reduce(0) { $0 + $1 * $1 } <= 1 + 1e-12)
      for j in 0..<5 { #expect(weights[i, j] == weights[j, i] && abs(weights[i, j]) <= abs(before[i, j])) }
    }
  }

  /// λ · ((1 − a) · ½ w² + a · |w|), by differences; 0 at 0.
  @Test(arguments: [0, 0.3, 1]) func aPenaltyHasItsSlope(absoluteShare: Double) {
    let spec = ConnectionPenalty(weightDecay: 0.2, absoluteShare: absoluteShare, largestNorm: 0)
    func penalty(_ w: Double) -> Double { 0.2 * ((1 - absoluteShare) * 0.5 * w * w + absoluteShare * abs(w)) }
    for weight in [-1.5, -0.1, 0.4, 2] {
      let difference = (penalty(weight + 1e-6) - penalty(weight - 1e-6)) / 2e-6
      #expect(abs(spec.slope(weight) - difference) < 1e-8)
    }
    #expect(spec.slope(0) == 0)
  }

  /// A machine whose units learned without each other gives back more where half of them are out.
  @Test func unitsLearnToDoWithoutOthers() throws {
    var spec = BoltzmannTrainingSpec()
    spec.epochs = 200
    func errorOfHalf(dropout: Double) throws -> Double {
      spec.dropout = dropout
      let machine = try BoltzmannTraining(spec: spec).machine(
        of: .binary, hiddenCount: 8, on: Self.groups, in: Self.context)
      let generator = RandomStream(seed: 8).generator()
      var error = 0.0
      var hidden = machine.hiddenMeans(Self.groups.features.withOnes())
      for k in hidden.rows..<hidden.values.count where generator.uniform() < 0.5 { hidden.values[k] = 0 }
      let given = machine.visibleMeans(hidden)
      for j in 0..<6 {
        for i in 0..<given.rows {
          let difference = given[i, 1 + j] - Self.groups.features[i, j]
          error += difference * difference
        }
      }
      return error / Double(given.rows * 6)
    }
    let (without, with) = (try errorOfHalf(dropout: 0), try errorOfHalf(dropout: 0.5))
    #expect(with < 0.9 * without, "\(with), \(without)")
  }

  @Test func valuesOutOfRangeAreNamedByTheirKeys() {
    for (key, change) in [
      ("absoluteShare", { $0.absoluteShare = 1.5 }), ("largestNorm", { $0.largestNorm = -1 }),
      ("dropout", { $0.dropout = 1 }), ("weightDecay", { $0.weightDecay = -1 }),
    ] as [(String, (inout BoltzmannTrainingSpec) -> Void)] {
      var spec = BoltzmannTrainingSpec()
      change(&spec)
      let error = #expect(throws: InputError.self) { try spec.validate() }
      #expect(error?.location.column == key)
    }
    var persistent = BoltzmannTrainingSpec()
    (persistent.estimator, persistent.dropout) = (.persistent, 0.1)
    #expect(throws: InputError.self) { try persistent.validate() }
    var joint = DeepBoltzmannTrainingSpec()
    joint.largestNorm = .nan
    #expect(throws: InputError.self) { try joint.validate() }
  }
}
