import CambiumCore
import Testing

@testable import Cambium

/// Cutting weights of the readout against fits without their columns.
@Suite struct ReadoutPruningTests {
  private static let ridge = 1e-3

  /// Five inputs, of which the last three say nothing of the target.
  private static func data(classes: Int?, weighted: Bool) -> Dataset {
    let count = 120
    let told = classes.map { Samples.classes(count, $0) } ?? Samples.regression(count, noise: 0.3)
    let useless = Samples.matrix(count, 3, "useless")
    let features = Matrix(
      rows: count, columns: 5, values: told.features.values + useless.values)
    return Dataset(
      features: features, targets: told.targets, task: told.task,
      weights: weighted ? Samples.weights(count) : nil)
  }

  private static func network(classes: Int?, weighted: Bool = false) -> GrowingNetwork {
    GrowingNetwork(
      data: data(classes: classes, weighted: weighted), heldOut: nil, ridge: ridge, workers: Samples.workers)
  }

  private static func pruned(_ network: GrowingNetwork, share: Double) -> Matrix {
    ReadoutPruning(share: share, network: network, penalties: network.penalties).pruned(network.readout)
  }

  /// Σ v loss + ½ Σ penalty B².
  private static func cost(_ network: GrowingNetwork, _ readout: Matrix) -> Double {
    var cost =
      network.loss.valueAndGradient(
        scores: network.design.product(with: readout, workers: Samples.workers),
        targets: network.data.targets, weights: network.data.weights
      ).value
    for o in 0..<readout.columns {
      for (j, penalty) in network.penalties.enumerated() {
        cost += 0.5 * penalty * readout[j, o] * readout[j, o]
      }
    }
    return cost
  }

  /// Of least squares what is left is what a fit without the columns finds, whatever their order.
  @Test(arguments: [false, true])
  func weightsThatStayAreThoseOfAFitWithoutTheOthers(weighted: Bool) {
    let network = Self.network(classes: nil, weighted: weighted)
    let readout = Self.pruned(network, share: 0.05)
    let kept = (0..<6).filter { readout[$0, 0] != 0 }
    #expect(kept.contains(0) && kept.count < 6)
    let wanted = naiveLeastSquares(
      kept.map { network.design.column($0) }, network.data.targets, network.data.weights,
      kept.map { network.penalties[$0] })
    for (place, j) in kept.enumerated() { #expect(isClose(readout[j, 0], wanted[place, 0], 1e-7)) }
  }

  @Test(arguments: [nil, 2, 3], [0.001, 0.01, 0.1])
  func costsNoMoreThanItMay(classes: Int?, share: Double) {
    let network = Self.network(classes: classes)
    let readout = Self.pruned(network, share: share)
    // Of classes each output may cost twice what the quadratic said.
    let allowed = (classes == nil ? 1 : 2) * share
    #expect(Self.cost(network, readout) <= (1 + allowed) * Self.cost(network, network.readout) + 1e-9)
    if share == 0.1 { #expect(readout.values.count { $0 == 0 } >= 2) }
  }

  /// However much may be spent: of least squares, every weight that stays takes more than σ² off the loss, by fits without its
  /// column, and some that would fit into the budget do stay.
  @Test func whatTakesMoreOffTheLossThanChanceStays() {
    let network = Self.network(classes: nil)
    let whole = 2 * Self.cost(network, network.readout)
    let readout = Self.pruned(network, share: 1)
    let gone = (1..<6).filter { readout[$0, 0] == 0 }
    #expect(!gone.isEmpty && gone.count < 5)
    for j in 1..<6 where !gone.contains(j) {
      let kept = (0..<6).filter { $0 != j && !gone.contains($0) }
      let wanted = naiveLeastSquares(
        kept.map { network.design.column($0) }, network.data.targets, network.data.weights,
        kept.map { network.penalties[$0] })
      var without = Matrix(rows: 6, columns: 1)
      for (place, k) in kept.enumerated() { without[k, 0] = wanted[place, 0] }
      let lost = Self.cost(network, without) - Self.cost(network, readout)
      #expect(lost > whole / Double(network.data.sampleCount))
    }
  }

  @Test(arguments: [nil, 3])
  func withoutAShareNothingGoes(classes: Int?) {
    let network = Self.network(classes: classes)
    #expect(Self.pruned(network, share: 0) == network.readout)
  }

  /// Everything may go but biases and what makes a unit heard.
  @Test func everyUnitThatNoOtherReadsIsHeard() {
    var network = Self.network(classes: 3)
    for index in 0..<2 {
      network.install(
        Network.Unit(
          activation: .tanh, connections: [.init(source: 3 + index, weight: 1)], range: -1...1, offset: 0,
          scale: 1, prunedConnections: 0))
    }
    network.refitReadout()
    let readout = Self.pruned(network, share: 1)
    for o in 0..<3 { #expect(readout[0, o] != 0) }
    for row in [6, 7] { #expect((0..<3).contains { readout[row, $0] != 0 }) }
  }

  /// Networks have fewer connections, and as many units.
  @Test func grownNetworksHaveFewerConnections() throws {
    var spec = Samples.quickSpec(units: 4, holdOut: true)
    let networks = try [0, 0.02].map { share in
      spec.pruning.readout = share
      return try Grower(spec: spec).fit(
        Self.data(classes: 3, weighted: false), validation: nil,
        in: FitContext(random: RandomStream(seed: 3), workers: Samples.workers)
      ).predictor
    }
    #expect(networks[1].size.connections < networks[0].size.connections)
    #expect(networks[1].size.units == networks[0].size.units)
  }
}
