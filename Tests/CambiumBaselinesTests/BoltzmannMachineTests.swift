import Foundation
import Testing

@testable import CambiumBaselines
import CambiumCore

@Suite struct BoltzmannMachineTests {
  private static func machine(_ visible: Int, _ hidden: Int, deviation: Double = 0.7, seed: UInt64 = 1) throws
    -> BoltzmannMachine
  {
    let generator = RandomStream(seed: seed).child("machine").generator()
    let count = visible + hidden
    var weights = Matrix(rows: count, columns: count)
    for i in 0..<count {
      for j in 0..<i {
        weights[i, j] = generator.gaussian(standardDeviation: deviation)
        weights[j, i] = weights[i, j]
      }
    }
    let biases = (0..<count).map { _ in generator.gaussian(standardDeviation: deviation) }
    return try #require(BoltzmannMachine(visibleCount: visible, biases: biases, weights: weights))
  }

  private static func state(_ bits: Int, _ count: Int) -> [Double] {
    (0..<count).map { Double(bits >> $0 & 1) }
  }

  /// The naive twin: the energy by its definition.
  private static func energy(_ machine: BoltzmannMachine, _ s: [Double]) -> Double {
    var energy = 0.0
    for i in s.indices {
      energy -= machine.biases[i] * s[i]
      for j in 0..<i { energy -= machine.weights[i, j] * s[i] * s[j] }
    }
    return energy
  }

  private static func patterns(_ count: Int, of width: Int) -> Matrix {
    let generator = RandomStream(seed: 9).generator()
    return Matrix(
      rows: count, columns: width, values: (0..<count * width).map { _ in generator.uniform() < 0.4 ? 1 : 0 })
  }

  @Test(arguments: [(3, 0), (4, 3), (7, 5)])
  func likelihoodAndMomentsAreThoseOfAllStates(visible: Int, hidden: Int) throws {
    let machine = try Self.machine(visible, hidden)
    let count = visible + hidden
    let weights = (0..<1 << count).map { exponential(-Self.energy(machine, Self.state($0, count))) }
    let total = weights.reduce(0, +)
    let partition = try machine.logPartition()
    #expect(abs(partition - logarithm(total)) < 1e-12)
    let moments = try machine.moments()
    for i in 0..<count {
      for j in 0..<count {
        let mean = weights.indices.reduce(0.0) {
          $0 + ($1 >> i & 1 == 1 && $1 >> j & 1 == 1 ? weights[$1] : 0)
        }
        #expect(abs((i == j ? moments.first[i] : moments.second[i, j]) - mean / total) < 1e-12)
      }
    }
    let data = Self.patterns(5, of: visible)
    let likelihood = try machine.meanLogLikelihood(of: data)
    var expected = 0.0
    for row in 0..<5 {
      let seen = (0..<visible).reduce(0) { $0 + (data[row, $1] == 1 ? 1 << $1 : 0) }
      let sum = weights.indices.reduce(0.0) { $0 + ($1 & (1 << visible - 1) == seen ? weights[$1] : 0) }
      expected += logarithm(sum / total) / 5
    }
    #expect(abs(likelihood - expected) < 1e-12)
  }

  @Test(arguments: [(4, 3), (7, 5), (12, 0)])
  func exactGradientEqualsFiniteDifference(visible: Int, hidden: Int) throws {
    let machine = try Self.machine(visible, hidden)
    let data = Self.patterns(6, of: visible)
    let gradient = try machine.logLikelihoodGradient(of: data)
    func likelihood(_ i: Int, _ j: Int?, _ step: Double) throws -> Double {
      var (biases, weights) = (machine.biases, machine.weights)
      if let j {
        weights[i, j] += step
        weights[j, i] += step
      } else {
        biases[i] += step
      }
      return try #require(BoltzmannMachine(visibleCount: visible, biases: biases, weights: weights))
        .meanLogLikelihood(of: data)
    }
    for i in 0..<visible + hidden {
      let slope = try (likelihood(i, nil, 1e-5) - likelihood(i, nil, -1e-5)) / 2e-5
      #expect(abs(slope - gradient.first[i]) < 1e-9)
      for j in 0..<i where (i + j) % 3 == 0 {
        let slope = try (likelihood(i, j, 1e-5) - likelihood(i, j, -1e-5)) / 2e-5
        #expect(abs(slope - gradient.second[i, j]) < 1e-9)
      }
    }
  }

  @Test func sampledStatesHaveTheMachinesProbabilities() throws {
    let machine = try Self.machine(3, 2, deviation: 0.8)
    let random = RandomStream(seed: 3)
    let start = machine.randomStates(20_000, random: random.child("start"))
    let states = machine.sampled(from: start, sweeps: 40, random: random.child("sampling"))
    let partition = try machine.logPartition()
    let probabilities = (0..<32).map { exponential(-Self.energy(machine, Self.state($0, 5)) - partition) }
    #expect(BoltzmannLawTests.distance(probabilities, BoltzmannLawTests.frequencies(states)) < 0.02)

    // Clamped units stay, and the others have the probabilities that follow.
    var clamped = start
    for i in 0..<20_000 { for j in 0..<3 { clamped[i, j] = j == 1 ? 1 : 0 } }
    let given = machine.sampled(from: clamped, sweeps: 40, clampedCount: 3, random: random.child("clamped"))
    #expect((0..<3).allSatisfy { given.column($0) == clamped.column($0) })
    let seen = (0..<4).map { probabilities[2 + $0 * 8] }
    let frequencies = BoltzmannLawTests.frequencies(given)
    for k in 0..<4 { #expect(abs(frequencies[2 + k * 8] - seen[k] / seen.reduce(0, +)) < 0.02) }
  }

  @Test func coolingDownFindsTheLeastEnergy() throws {
    let machine = try Self.machine(12, 0, deviation: 2, seed: 5)
    let least = (0..<4096).map { Self.energy(machine, Self.state($0, 12)) }.min() ?? 0
    let random = RandomStream(seed: 3)
    let start = machine.randomStates(100, random: random.child("start"))
    let cooled = machine.annealed(
      from: start, by: AnnealingSchedule(start: 10, end: 0.05, sweeps: 100), random: random.child("cooling"))
    let found = machine.energies(of: cooled)
    #expect(abs((found.min() ?? 0) - least) < 1e-9)
    // Quenched at once, more chains are stuck above.
    let quenched = machine.sampled(
      from: start, temperatures: [Double](repeating: 0.05, count: 100), clampedCount: 0,
      random.child("quenching").generator())
    func atTheLeast(_ energies: [Double]) -> Int { energies.count { $0 < least + 1e-9 } }
    #expect(atTheLeast(found) > atTheLeast(machine.energies(of: quenched)))
  }

  /// Exclusive or of two units by a third: no machine without hidden units has it.
  private static let exclusiveOr = Matrix(
    rows: 4, columns: 3, values: [0, 1, 0, 1, 0, 0, 1, 1, 0, 1, 1, 0])

  @Test func aSmallDistributionIsLearned() throws {
    let bound = logarithm(4)
    let context = FitContext(random: RandomStream(seed: 2))
    var training = BoltzmannMachineTraining()
    training.phases = .enumerated
    training.rate = LearningRate(initial: 1)
    training.epochs = 2500
    let exact = try training.machine(hiddenCount: 2, on: Self.exclusiveOr, in: context)
    let surprise = try -exact.meanLogLikelihood(of: Self.exclusiveOr)
    #expect(surprise >= bound && surprise < 1.05 * bound, "\(surprise / bound)")
    let without = try training.machine(hiddenCount: 0, on: Self.exclusiveOr, in: context)
    #expect(try -without.meanLogLikelihood(of: Self.exclusiveOr) > 1.4 * bound)

    training.phases = .sampled
    training.rate = LearningRate(initial: 0.4, decay: 0.0005)
    training.sweeps = 4
    training.epochs = 4000
    let many = Self.exclusiveOr.selectingRows((0..<40).map { $0 % 4 })
    let sampled = try training.machine(hiddenCount: 2, on: many, in: context)
    let found = try -sampled.meanLogLikelihood(of: Self.exclusiveOr)
    #expect(found < 1.15 * bound, "\(found / bound)")
  }

  @Test func whatCannotBeLearnedIsRefused() {
    let context = FitContext(random: RandomStream(seed: 2))
    var training = BoltzmannMachineTraining()
    training.rate.initial = 1e5
    let runaway = #expect(throws: InputError.self) {
      try training.machine(hiddenCount: 2, on: Self.exclusiveOr, in: context)
    }
    #expect(runaway?.found.contains("epoch ") == true && runaway?.found.contains("step size of ") == true)
    let outside = #expect(throws: InputError.self) {
      try training.machine(hiddenCount: 2, on: Matrix(rows: 1, columns: 1, values: [2]), in: context)
    }
    #expect(outside?.expected.contains("0 to 1") == true)
    training.phases = .enumerated
    #expect(throws: InputError.self) {
      try training.machine(hiddenCount: 20, on: Self.exclusiveOr, in: context)
    }
  }

  @Test func aWrittenMachineReadsBackAndNonsenseDoesNot() throws {
    let machine = try Self.machine(3, 2)
    let data = try JSONEncoder().encode(machine)
    #expect(try JSONDecoder().decode(BoltzmannMachine.self, from: data) == machine)
    for text in [
      "{}", #"{"visible":0,"biases":[1],"weights":{"rows":1,"columns":1,"values":[0]}}"#,
      #"{"visible":1,"biases":[1],"weights":{"rows":1,"columns":1,"values":[1]}}"#,
      #"{"visible":1,"biases":[1,1],"weights":{"rows":2,"columns":2,"values":[0,1,2,0]}}"#,
    ] {
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(BoltzmannMachine.self, from: Data(text.utf8))
      }
    }
  }
}
