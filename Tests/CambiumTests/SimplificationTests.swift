import CambiumCore
import Testing

@testable import Cambium

@Suite struct SimplificationTests {
  private static let workers = WorkerPool(threads: 1)

  /// y = sin(2a) of two inputs, and a network that has a unit for it, another for nothing, and a spare connection.
  private static func sample() throws -> (network: Network, data: Dataset) {
    let count = 200
    let generator = RandomStream(seed: 3).generator()
    let a = (0..<count).map { _ in generator.gaussian() }
    let b = (0..<count).map { _ in generator.gaussian() }
    let data = Dataset(
      features: Matrix(rows: count, columns: 2, values: a + b),
      targets: Matrix(
        rows: count, columns: 1, values: a.map { sine(2.001 * $0) + 0.01 * generator.gaussian() }),
      task: .regression)
    let units = [
      Network.Unit(
        activation: .tanh, connections: [.init(source: 2, weight: 1)], range: -1...1, offset: 0, scale: 1,
        prunedConnections: 0),
      Network.Unit(
        activation: .sin, connections: [.init(source: 1, weight: 2.001), .init(source: 3, weight: 1e-5)],
        range: -1...1, offset: 0, scale: 1, prunedConnections: 0),
    ]
    let network = try #require(
      Network(
        inputCount: 2, units: units, readout: Matrix(rows: 5, columns: 1, values: [0, 0.1, 0.1, 0.1, 1]),
        task: .regression, outputRanges: [-3...3]))
    return (network, data)
  }

  @Test func whatDoesNothingGoes() throws {
    let (network, data) = try Self.sample()
    let simple = try Simplification(
      of: network, on: data, allowance: 0.02, random: RandomStream(seed: 1), workers: Self.workers)
    #expect(simple.network.units.map(\.activation) == [.sin])
    #expect(simple.network.units[0].connections.map(\.source) == [1])
    #expect((simple.network.error(on: data, workers: Self.workers)) < 0.012)
    let kept = simple.steps.filter(\.isKept)
    #expect(kept.count == 1 && kept[0].digits == simple.digits)
    #expect(kept[0].error <= 1.02 * simple.steps[0].error)
  }

  @Test func numbersHaveTheDigitsThatAreSaid() throws {
    let (network, data) = try Self.sample()
    let simple = try Simplification(
      of: network, on: data, allowance: 0.1, random: RandomStream(seed: 1), workers: Self.workers)
    let digits = try #require(simple.digits)
    let numbers =
      simple.network.readout.values
      + simple.network.units.flatMap { [$0.offset, $0.scale] + $0.connections.map(\.weight) }
    for number in numbers { #expect(number == number.rounded(toDigits: digits)) }
  }

  @Test func withoutAllowanceNoErrorIsAdded() throws {
    let (network, data) = try Self.sample()
    let simple = try Simplification(
      of: network, on: data, allowance: 0, random: RandomStream(seed: 1), workers: Self.workers)
    for step in simple.steps where step.isKept { #expect(step.error <= simple.steps[0].error) }
  }

  /// Of a network of logarithms the readout is fitted to logarithms, and the error is that of the numbers.
  @Test func networksOfLogarithmsStayThat() throws {
    let (plain, data) = try Self.sample()
    let link = LogarithmicLink(origin: -2, factor: 1)
    let network = try #require(
      Network(
        inputCount: 2, units: plain.units, readout: plain.readout, task: .regression,
        outputRanges: plain.outputRanges, links: [link]))
    var numbers = data.targets
    for k in numbers.values.indices { numbers.values[k] = link.output(ofScore: numbers.values[k]) }
    let simple = try Simplification(
      of: network, on: data.replacing(targets: numbers, weights: nil), allowance: 0.02,
      random: RandomStream(seed: 1), workers: Self.workers)
    #expect(simple.network.units.map(\.activation) == [.sin])
    #expect(simple.network.links == [link])
    #expect(
      simple.network.error(on: data.replacing(targets: numbers, weights: nil), workers: Self.workers) < 0.03)
    #expect(simple.steps.filter(\.isKept).allSatisfy { $0.error <= 1.02 * simple.steps[0].error })
  }

  @Test func fewRowsAreRefused() throws {
    let (network, data) = try Self.sample()
    #expect(throws: InputError.self) {
      try Simplification(
        of: network, on: data.selecting(Array(0..<9)), allowance: 0.1, random: RandomStream(seed: 1),
        workers: Self.workers)
    }
  }

  @Test func sharesOfTheErrorAddUp() throws {
    let (network, data) = try Self.sample()
    let shares = network.errorShares(on: data, workers: Self.workers)
    #expect(shares.count == 2 && abs(shares.reduce(0, +) - 1) < 1e-12)
    #expect(shares[1] > 0.9)
  }

  @Test(arguments: [
    (0.0, 3, 0.0), (1234.5, 2, 1200), (-0.0456, 1, -0.05), (9.99, 2, 10), (1e-20, 3, 1e-20),
  ])
  func roundingKeepsDigits(_ value: Double, _ digits: Int, _ rounded: Double) {
    #expect(value.rounded(toDigits: digits) == rounded)
  }
}
