import CambiumCore
import Testing

@testable import Cambium

@Suite struct TopologyTests {
  /// A spec whose rounds sometimes end in the middle of a ring, tuned between.
  private static func spec(_ topology: Topology, keep: Int, units: Int = 9) -> GrowthSpec {
    var spec = Samples.quickSpec(units: units, holdOut: false)
    spec.topology = topology
    spec.selection.keep = keep
    spec.layerWidth = 4
    return spec
  }

  private static let data = Samples.regression(100, noise: 0.2)

  @Test(arguments: Topology.allCases, [1, 3])
  func noUnitReadsOutsideItsTopology(topology: Topology, keep: Int) throws {
    let network = try Grower.network(Self.spec(topology, keep: keep), Self.data).network
    #expect(network.units.count == 9)
    for (index, unit) in network.units.enumerated() {
      let allowed: Set<Int>
      switch topology {
      case .flat: allowed = [1, 2]
      case .cascade, .mixed, .automatic: allowed = Set(1..<3 + index)
      case .layered:
        let ring = index / 4
        allowed = ring == 0 ? [1, 2] : Set(3 + (ring - 1) * 4..<3 + ring * 4)
      }
      let read = Set(unit.connections.map(\.source)).subtracting([0])
      #expect(read.isSubset(of: allowed) && !read.isEmpty, "unit \(index)")
    }
  }

  @Test(arguments: [1, 2, 3, 4, 9], [1, 3])
  func aLayeredNetworkIsAsDeepAsItHasRings(width: Int, keep: Int) throws {
    var spec = Self.spec(.layered, keep: keep)
    spec.layerWidth = width
    let network = try Grower.network(spec, Self.data).network
    #expect(network.units.count == 9 && network.size.depth == (9 + width - 1) / width)
  }

  @Test func aSingleRingIsTheFlatTopology() throws {
    var spec = Self.spec(.layered, keep: 1)
    spec.layerWidth = 9
    let flat = try Grower.network(Self.spec(.flat, keep: 1), Self.data).network
    #expect(try Grower.network(spec, Self.data).network == flat)
  }

  private static func pool(_ spec: GrowthSpec, round: Int) -> CandidatePool {
    let loop = GrowthLoop(
      spec: spec, topology: spec.topology, data: data, heldOut: nil, largestSize: 3,
      ridge: spec.readout.ridge, leastSizeAtFullCoverage: nil,
      context: FitContext(random: RandomStream(seed: 9)))
    return loop.pool(over: loop.run().last, round: round, random: RandomStream(seed: 1))
  }

  /// With two candidates of a function in one pool, with one in two pools that follow one another.
  @Test(arguments: [1, 2]) func aMixedPoolTriesEachFunctionBothWays(restarts: Int) {
    var spec = Self.spec(.mixed, keep: 1)
    spec.restarts = restarts
    // A product reads everything twice.
    spec.activations = ActivationSet(spec.activations.functions.filter { $0 != .product })
    var ways: [Activation: Set<Bool>] = [:]
    for round in 3..<(restarts == 1 ? 5 : 4) {
      let pool = Self.pool(spec, round: round)
      var cascaded = 0
      for candidate in 0..<pool.count {
        let units = pool.connections(of: candidate).filter { $0.source > 2 }
        #expect([0, 3].contains(units.count) && pool.prunedCount(of: candidate) == 0)
        if !units.isEmpty { cascaded += 1 }
        ways[pool.activation(of: candidate), default: []].insert(units.isEmpty)
      }
      #expect(2 * cascaded == pool.count)
    }
    #expect(ways.count == spec.activations.functions.count && ways.values.allSatisfy { $0.count == 2 })
  }

  /// Both kinds of candidate are installed where both are tried.
  @Test func aMixedNetworkHasUnitsOfBothKinds() throws {
    let data = Samples.regression(300, outputs: 2, noise: 0.1)
    let network = try Grower.network(Self.spec(.mixed, keep: 1, units: 16), data).network
    let readsUnits = network.units.dropFirst().map { $0.connections.contains { $0.source > 2 } }
    #expect(Set(readsUnits).count == 2)
  }

  @Test(arguments: [Topology.layered, .mixed], [false, true])
  func theResultDependsOnDataSpecAndSeedAlone(topology: Topology, holdOut: Bool) throws {
    var spec = Self.spec(topology, keep: 1, units: 5)
    if holdOut { spec.stopping.validationFraction = 0.2 }
    for data in [Samples.regression(1100, noise: 0.1), Samples.classes(1100, 3)] {
      let first = try Grower.network(spec, data).network.bytes
      for threads in [2, 4] {
        #expect(try Grower.network(spec, data, threads: threads).network.bytes == first)
      }
      #expect(try Grower.network(spec, data, seed: 2).network.bytes != first)
    }
  }
}
