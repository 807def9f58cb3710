import Foundation
import Testing

@testable import CambiumBaselines
import CambiumCore

@Suite struct BoltzmannLawTests {
  typealias Machine = RestrictedBoltzmannMachine

  private static let shapes: [(Machine.Visible, Int, Int)] = [
    (.binary, 5, 4), (.binary, 3, 6), (.binary, 7, 5), (.gaussian, 4, 5), (.gaussian, 6, 3),
  ]

  private static func machine(
    _ visible: Machine.Visible, _ visibleCount: Int, _ hiddenCount: Int, deviation: Double = 0.7,
    seed: UInt64 = 1
  ) throws -> Machine {
    let generator = RandomStream(seed: seed).child("machine").generator()
    var parameters = Matrix(rows: 1 + visibleCount, columns: 1 + hiddenCount)
    for k in 1..<parameters.values.count {
      parameters.values[k] = generator.gaussian(standardDeviation: deviation)
    }
    return try #require(Machine(visible: visible, parameters: parameters))
  }

  private static func states(_ count: Int) -> Matrix {
    var states = Matrix(rows: 1 << count, columns: count)
    for i in 0..<states.rows { for j in 0..<count { states[i, j] = Double(i >> j & 1) } }
    return states
  }

  private static func values(_ visible: Machine.Visible, rows: Int, columns: Int) -> Matrix {
    let generator = RandomStream(seed: 7).child("values").generator()
    var values = Matrix(rows: rows, columns: columns)
    for k in values.values.indices {
      values.values[k] = visible == .binary ? (generator.uniform() < 0.4 ? 1 : 0) : generator.gaussian()
    }
    return values
  }

  /// The naive twin: the energy by its definition.
  private static func energy(_ machine: Machine, _ v: [Double], _ h: [Double]) -> Double {
    let parameters = machine.parameters
    var energy = 0.0
    for j in h.indices { energy -= parameters[0, 1 + j] * h[j] }
    for i in v.indices {
      let b = parameters[1 + i, 0]
      energy += machine.visible == .binary ? -b * v[i] : 0.5 * (v[i] - b) * (v[i] - b)
      for j in h.indices { energy -= v[i] * parameters[1 + i, 1 + j] * h[j] }
    }
    return energy
  }

  private static func row(_ matrix: Matrix, _ i: Int) -> [Double] {
    (0..<matrix.columns).map { matrix[i, $0] }
  }

  @Test(arguments: shapes)
  func freeEnergyIsTheSumOverTheHiddenStates(visible: Machine.Visible, d: Int, h: Int) throws {
    let machine = try Self.machine(visible, d, h)
    let values = Self.values(visible, rows: 9, columns: d)
    let hidden = Self.states(h)
    for (i, energy) in machine.freeEnergies(ofVisible: values).enumerated() {
      let sum = (0..<hidden.rows).reduce(0.0) {
        $0 + exponential(-Self.energy(machine, Self.row(values, i), Self.row(hidden, $1)))
      }
      #expect(abs(energy + logarithm(sum)) < 1e-12)
    }
  }

  @Test(arguments: shapes)
  func unitsGivenTheOtherLayerFollowFromTheEnergy(visible: Machine.Visible, d: Int, h: Int) throws {
    let machine = try Self.machine(visible, d, h)
    let values = Self.values(visible, rows: 3, columns: d)
    let hidden = Self.states(h)
    let probabilities = machine.hiddenProbabilities(given: values)
    for i in 0..<3 {
      let v = Self.row(values, i)
      let weights = (0..<hidden.rows).map { exponential(-Self.energy(machine, v, Self.row(hidden, $0))) }
      for j in 0..<h {
        let on = (0..<hidden.rows).reduce(0.0) { $0 + hidden[$1, j] * weights[$1] }
        #expect(abs(probabilities[i, j] - on / weights.reduce(0, +)) < 1e-12)
      }
    }
    guard visible == .binary else {
      // The mean of a Gaussian unit is where the energy has no slope.
      let means = machine.visibleMeans(given: hidden)
      for s in 0..<hidden.rows {
        for i in 0..<d {
          var (above, below) = (Self.row(means, s), Self.row(means, s))
          above[i] += 1
          below[i] -= 1
          let (high, low) = (
            Self.energy(machine, above, Self.row(hidden, s)), Self.energy(machine, below, Self.row(hidden, s))
          )
          #expect(abs(high - low) < 1e-12)
          #expect(abs(high - Self.energy(machine, Self.row(means, s), Self.row(hidden, s)) - 0.5) < 1e-12)
        }
      }
      return
    }
    let mirrored = try #require(Machine(visible: .binary, parameters: machine.parameters.transposed()))
    #expect(machine.visibleMeans(given: hidden) == mirrored.hiddenProbabilities(given: hidden))
  }

  @Test(arguments: shapes)
  func exactGradientEqualsFiniteDifference(visible: Machine.Visible, d: Int, h: Int) throws {
    let machine = try Self.machine(visible, d, h, deviation: 0.5)
    let values = Self.values(visible, rows: 8, columns: d)
    for weights in [nil, (0..<8).map { 0.5 + Double($0) }] {
      let gradient = try machine.logLikelihoodGradient(of: values, weights: weights)
      for k in 1..<machine.parameters.values.count {
        func likelihood(_ step: Double) throws -> Double {
          var parameters = machine.parameters
          parameters.values[k] += step
          return try #require(Machine(visible: visible, parameters: parameters))
            .meanLogLikelihood(of: values, weights: weights)
        }
        let difference = try (likelihood(1e-5) - likelihood(-1e-5)) / 2e-5
        #expect(abs(difference - gradient.values[k]) < 1e-8, "parameter \(k)")
      }
    }
  }

  @Test func thePartitionIsTheSameOverEitherLayer() throws {
    for (d, h) in [(12, 3), (3, 12), (13, 11)] {
      let machine = try Self.machine(.binary, d, h)
      let mirrored = try #require(Machine(visible: .binary, parameters: machine.parameters.transposed()))
      let (first, second) = (try machine.logPartition(), try mirrored.logPartition())
      #expect(abs(first - second) < 1e-11)
    }
    // Of a Gaussian machine without connections it is known.
    var parameters = Matrix(rows: 4, columns: 3)
    parameters[1, 0] = 3
    let machine = try #require(Machine(visible: .gaussian, parameters: parameters))
    let partition = try machine.logPartition()
    #expect(abs(partition - (2 * logarithm(2) + 1.5 * logarithm(2 * .pi))) < 1e-13)
    let tooLarge = try Self.machine(.gaussian, 2, 25)
    let error = #expect(throws: InputError.self) { try tooLarge.logPartition() }
    #expect(error?.expected.contains("annealed") == true)
  }

  @Test(arguments: [(Machine.Visible.binary, 20, 12, 0.5), (.binary, 10, 10, 1.0), (.gaussian, 8, 10, 0.3)])
  func annealedEstimateIsWithinATenthOfANat(visible: Machine.Visible, d: Int, h: Int, deviation: Double)
    throws
  {
    for seed: UInt64 in 1...3 {
      let machine = try Self.machine(visible, d, h, deviation: deviation, seed: seed)
      let context = FitContext(random: RandomStream(seed: seed), workers: WorkerPool(threads: 2))
      let estimate = try AnnealedImportanceSampling().estimate(of: machine, in: context)
      let exact = try machine.logPartition()
      #expect(abs(estimate.logPartition - exact) < 0.1)
      let one = FitContext(random: RandomStream(seed: seed))
      #expect(try AnnealedImportanceSampling().estimate(of: machine, in: one) == estimate)
    }
  }

  @Test func samplesHaveTheMachinesProbabilities() throws {
    let machine = try Self.machine(.binary, 4, 3, deviation: 1)
    let count = 20_000
    let start = Matrix(rows: count, columns: 4, repeating: 1)
    let samples = machine.sampled(from: start, steps: 40, random: RandomStream(seed: 3))
    let partition = try machine.logPartition()
    let states = Self.states(4)
    let probabilities = machine.freeEnergies(ofVisible: states).map { exponential(-$0 - partition) }
    #expect(abs(probabilities.reduce(0, +) - 1) < 1e-12)
    #expect(Self.distance(probabilities, Self.frequencies(samples)) < 0.02)
  }

  static func frequencies(_ samples: Matrix) -> [Double] {
    var counts = [Double](repeating: 0, count: 1 << samples.columns)
    for i in 0..<samples.rows {
      let index = (0..<samples.columns).reduce(0) { $0 + (samples[i, $1] == 1 ? 1 << $1 : 0) }
      counts[index] += 1 / Double(samples.rows)
    }
    return counts
  }

  /// Half the sum of absolute differences.
  static func distance(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + abs($1.0 - $1.1) } / 2
  }

  /// With the machine turned upside down on top of it, a machine is its own deep belief network (the complementary prior
  /// of Hinton, Osindero and Teh 2006).
  @Test func aMirroredMachineOnTopChangesNoProbability() throws {
    let machine = try Self.machine(.binary, 4, 3, deviation: 1)
    let mirrored = try #require(Machine(visible: .binary, parameters: machine.parameters.transposed()))
    let network = try #require(DeepBeliefNetwork(machines: [machine, mirrored]))
    let samples = network.samples(20_000, steps: 40, random: RandomStream(seed: 5))
    let partition = try machine.logPartition()
    let probabilities = machine.freeEnergies(ofVisible: Self.states(4)).map { exponential(-$0 - partition) }
    #expect(Self.distance(probabilities, Self.frequencies(samples)) < 0.02)
    #expect(DeepBeliefNetwork(machines: [machine, machine]) == nil)
    #expect(DeepBeliefNetwork(machines: []) == nil)
  }

  @Test func aWrittenMachineReadsBackBitForBit() throws {
    let network = try #require(
      DeepBeliefNetwork(machines: [Self.machine(.gaussian, 4, 3), Self.machine(.binary, 3, 2)]))
    #expect(try JSONDecoder().decode(DeepBeliefNetwork.self, from: JSONEncoder().encode(network)) == network)
    for text in [
      "{}", #"{"machines":[]}"#,
      #"{"machines":[{"visible":"binary","layer":{"rows":1,"columns":1,"weights":[0]}}]}"#,
      #"{"machines":[{"visible":"binary","layer":{"rows":2,"columns":2,"weights":[1,2,3,4]}}]}"#,
    ] {
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(DeepBeliefNetwork.self, from: Data(text.utf8))
      }
    }
  }
}
