import CambiumCore
import Foundation
import Testing

@testable import Cambium

/// Units that multiply two weighted sums.
@Suite struct ProductUnitTests {
  /// y = (x₁ + ½)(x₃ − 1) of four inputs.
  private static let interaction: Dataset = {
    let features = Samples.matrix(200, 4)
    let targets = (0..<200).map { (features[$0, 0] + 0.5) * (features[$0, 2] - 1) }
    return Dataset(
      features: features, targets: Matrix(rows: 200, columns: 1, values: targets), task: .regression)
  }()

  private static func spec(_ activations: ActivationSet, units: Int) -> GrowthSpec {
    var spec = Samples.quickSpec(units: units, holdOut: false)
    spec.activations = activations
    spec.restarts = 4
    spec.training.epochs = 100
    return spec
  }

  /// One unit of one connection and a bias in each factor is the whole of an interaction.
  @Test func anInteractionIsFoundAndNothingElseIsRead() throws {
    for seed in 1...3 {
      let network = try Grower.network(
        Self.spec([.product], units: 1), Self.interaction, seed: UInt64(seed)
      ).network
      let outputs = network.outputs(for: Self.interaction.features, workers: Samples.workers)
      let errors = zip(outputs.values, Self.interaction.targets.values).map { abs($0 - $1) }
      #expect((errors.max() ?? 1) < 1e-4, "seed \(seed)")
      let unit = try #require(network.units.first)
      let read = [Network.Factor.first, .second].map { factor in
        Set(unit.connections.filter { $0.factor == factor && $0.source > 0 }.map(\.source))
      }
      #expect(Set(read) == [[1], [3]], "seed \(seed): \(read)")
    }
  }

  @Test func theFactorsMayChangePlaces() throws {
    let units = Cascade.units([.tanh, .product, .radial])
    var turned = units
    turned[1].connections = units[1].connections.map { connection in
      var connection = connection
      connection.factor = connection.factor == .first ? .second : .first
      return connection
    }
    let readout = Cascade.readout(units, outputs: 1)
    let features = Samples.matrix(40, 2)
    let outputs = try [units, turned].map { units in
      try #require(
        Network(
          inputCount: 2, units: units, readout: readout, task: .regression, outputRanges: [-1e9...1e9])
      ).outputs(for: features, workers: Samples.workers)
    }
    #expect(isClose(outputs[0].values, outputs[1].values, 1e-14))
  }

  @Test(arguments: [false, true])
  func threadsChangeNoBit(holdOut: Bool) throws {
    var spec = Self.spec([.product, .tanh, .radial], units: 3)
    if holdOut { spec.stopping.validationFraction = 0.2 }
    for data in [Samples.regression(1100, outputs: 2, noise: 0.1), Samples.classes(1100, 3)] {
      let first = try Grower.network(spec, data).network.bytes
      for threads in [2, 4] {
        #expect(try Grower.network(spec, data, threads: threads).network.bytes == first)
      }
    }
  }

  /// Files of networks without products hold what they held before there were any.
  @Test func onlySecondFactorsAreWritten() throws {
    let network = try #require(Cascade.network(.regression, activations: [.tanh, .radial]))
    #expect(!String(decoding: try network.bytes, as: UTF8.self).contains("factor"))
    let grown = try Grower.network(Self.spec([.product], units: 2), Self.interaction).network
    let text = String(decoding: try grown.bytes, as: UTF8.self)
    let second = grown.units.flatMap(\.connections).count { $0.factor == .second }
    #expect(text.components(separatedBy: "\"factor\":\"second\"").count == second + 1 && second > 0)
    #expect(!text.contains("\"factor\":\"first\""))
    #expect(try JSONDecoder().decode(Network.self, from: grown.bytes) == grown)
  }
}
