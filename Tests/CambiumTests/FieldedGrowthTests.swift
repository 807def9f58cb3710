import CambiumCore
import Testing

@testable import Cambium

/// Pools and networks whose candidates have receptive fields.
@Suite struct FieldedGrowthTests {
  private static let design = DesignMatrix(features: Samples.matrix(50, 6))

  private static func pool(_ field: (Int) -> [Int]? = { _ in nil }) -> CandidatePool {
    CandidatePool(
      activations: Activation.allCases, restarts: 3, sourceCount: 7, design: design,
      random: RandomStream(seed: 2), field: field)
  }

  @Test func aFieldOfEverythingIsNoField() {
    let (all, without) = (Self.pool { _ in Array(1...6) }, Self.pool())
    #expect(all.parameters == without.parameters && all.mask == without.mask)
  }

  /// In both factors of a product, and in widths and centres.
  @Test func aCandidateStartsWithItsFieldAndNothingPruned() {
    let fields = (0..<Self.pool().count).map { [[1], [2, 5], [], [3, 4, 6]][$0 % 4] }
    let pool = Self.pool { fields[$0] }
    for candidate in 0..<pool.count {
      let read = pool.connections(of: candidate).filter { $0.source > 0 }
      for factor in [Network.Factor.first, .second] {
        let sources = read.filter { $0.factor == factor }.map(\.source)
        let isThere = factor == .first || pool.activation(of: candidate).form == .product
        #expect(sources == (isThere ? fields[candidate] : []))
      }
      #expect(pool.prunedCount(of: candidate) == 0)
      for range in pool.parameterRanges(of: candidate) {
        #expect(range.allSatisfy { pool.mask[$0] != 0 || pool.parameters[$0] == 0 })
      }
    }
  }

  /// z of standardised sources has a standard deviation from ½ to 4, the exponent of a radial unit is −½ to −4 on
  /// average, however many sources there are.
  @Test(arguments: [1, 2, 6]) func startsAreAsLargeAsSuitsTheSourcesThatAreRead(count: Int) {
    let pool = Self.pool { candidate in (0..<count).map { 1 + (candidate + $0) % 6 } }
    for candidate in 0..<pool.count {
      for range in pool.prunableRanges(of: candidate) {
        let energy = range.reduce(0) { $0 + pool.parameters[$1] * pool.parameters[$1] }
        let isRadial = pool.activation(of: candidate) == .radial
        let bounds = isRadial ? 0.25...2 : 0.25...16
        #expect((bounds.lowerBound - 1e-9...bounds.upperBound + 1e-9).contains(energy))
      }
    }
  }

  @Test func trainingOpensNoConnection() {
    let pool = Self.pool { [1 + $0 % 6, 1 + ($0 + 2) % 6] }
    let objective = TrainingObjective(
      in: .float32, design: Self.design, sourceCount: 7, residual: Samples.matrix(50, 2, "residual"),
      weights: nil, workers: Samples.workers)
    let trained = CandidateTraining(spec: CandidateTrainingSpec(), pruning: PruningSpec())
      .train(pool, on: objective)
    for k in pool.mask.indices where pool.mask[k] == 0 {
      #expect(trained.mask[k] == 0 && trained.parameters[k] == 0)
    }
    for candidate in 0..<pool.count {
      let lost = pool.prunableRanges(of: candidate).reduce(0) { count, range in
        count + range.count { pool.mask[$0] != 0 && trained.mask[$0] == 0 }
      }
      #expect(trained.prunedCount(of: candidate) == lost)
    }
  }

  @Test func evolutionStaysInTheFieldAndUsesIt() {
    let pool = Self.pool { [1 + $0 % 6, 1 + ($0 + 2) % 6] }
    let objective = TrainingObjective(
      in: .float64, design: Self.design, sourceCount: 7, residual: Samples.matrix(50, 2, "residual"),
      weights: nil, workers: Samples.workers)
    var spec = EvolutionSpec()
    (spec.generations, spec.fields, spec.crossover, spec.functions) = (30, 1, 1, 0.5)
    let evolved = PoolEvolution(spec: spec, random: RandomStream(seed: 1)).evolved(pool, on: objective)
    for k in pool.mask.indices where pool.mask[k] == 0 {
      #expect(evolved.mask[k] == 0 && evolved.parameters[k] == 0)
    }
    for candidate in 0..<pool.count {
      for range in evolved.prunableRanges(of: candidate) { #expect(range.contains { evolved.mask[$0] != 0 }) }
    }
    #expect(evolved.parameters != pool.parameters)
  }

  /// Training costs nothing for what nobody reads, and so does not see it.
  @Test func sourcesInNoFieldChangeNothing() {
    let fields = [[1], [3, 5], [1, 5]]
    func trained(_ features: Matrix) -> CandidatePool {
      let design = DesignMatrix(features: features)
      let pool = CandidatePool(
        activations: [.tanh, .radial, .product], restarts: 3, sourceCount: 7, design: design,
        random: RandomStream(seed: 2)
      ) { fields[$0 % 3] }
      let objective = TrainingObjective(
        in: .float32, design: design, sourceCount: 7, residual: Samples.matrix(50, 1, "residual"),
        weights: nil, workers: Samples.workers)
      return CandidateTraining(spec: CandidateTrainingSpec(), pruning: PruningSpec())
        .train(pool, on: objective)
    }
    let features = Samples.matrix(50, 6)
    var others = features
    for column in [1, 3, 5] { for i in 0..<50 { others[i, column] = 1e3 } }
    let (a, b) = (trained(features), trained(others))
    #expect(a.parameters == b.parameters && a.mask == b.mask)
  }

  // MARK: Networks

  /// A way to draw fields over six inputs, and what a unit of it may read.
  enum Way: String, CaseIterable, Sendable {
    case random, mostCorrelated, nearest, groups, fewUnits

    var spec: ReceptiveFieldSpec {
      var spec = ReceptiveFieldSpec()
      switch self {
      case .random: (spec.kind, spec.fanIn) = (.random, 2)
      case .mostCorrelated: (spec.kind, spec.fanIn, spec.earlierUnits) = (.mostCorrelated, 3, 1)
      case .nearest: (spec.kind, spec.shape, spec.window) = (.nearest, [2, 3], [2, 2])
      case .groups: (spec.kind, spec.groups) = (.groups, [[.number(1), .number(2)], [.name("6")]])
      case .fewUnits: spec.earlierUnits = 2
      }
      return spec
    }

    func allows(inputs: Set<Int>, units: Set<Int>) -> Bool {
      switch self {
      case .random: inputs.count + units.count <= 2
      case .mostCorrelated: inputs.count + units.count <= 3 && units.count <= 1
      case .nearest: inputs.isSubset(of: [1, 2, 4, 5]) || inputs.isSubset(of: [2, 3, 5, 6])
      case .groups: inputs.isSubset(of: [1, 2]) || inputs.isSubset(of: [6])
      case .fewUnits: units.count <= 2
      }
    }
  }

  private static func data(_ count: Int) -> Dataset {
    let features = Samples.matrix(count, 6)
    let noise = Samples.numbers(count, "noise")
    let targets = (0..<count).map { i in
      features[i, 0] * features[i, 1] + features[i, 5] * features[i, 5] + 0.1 * noise[i]
    }
    return Dataset(
      features: features, targets: Matrix(rows: count, columns: 1, values: targets), task: .regression)
  }

  private static func spec(_ way: Way, _ topology: Topology) -> GrowthSpec {
    var spec = Samples.quickSpec(units: 8, holdOut: false)
    spec.activations = [.tanh, .square, .radial, .product]
    spec.topology = topology
    spec.layerWidth = 3
    spec.fields = way.spec
    return spec
  }

  @Test(arguments: Way.allCases, Topology.allCases)
  func noUnitReadsOutsideItsField(way: Way, topology: Topology) throws {
    let network = try Grower.network(Self.spec(way, topology), Self.data(150)).network
    #expect(network.units.count == 8)
    for unit in network.units {
      let read = Set(unit.connections.map(\.source)).subtracting([0])
      #expect(way.allows(inputs: read.filter { $0 <= 6 }, units: read.filter { $0 > 6 }), "\(read)")
    }
  }

  @Test(arguments: Way.allCases)
  func theResultDependsOnDataSpecAndSeedAlone(way: Way) throws {
    var spec = Self.spec(way, .automatic)
    spec.stopping.validationFraction = 0.2
    let data = Self.data(1100)
    let first = try Grower.network(spec, data).network.bytes
    for threads in [2, 4] {
      #expect(try Grower.network(spec, data, threads: threads).network.bytes == first)
    }
    #expect(try Grower.network(spec, data, seed: 2).network.bytes != first)
  }

  // MARK: Fields that do not fit

  @Test(arguments: [[5], [2, 2], [7, 1], [1000, 1000, 1000]])
  func aShapeOfAnotherSizeIsRefused(shape: [Int]) throws {
    var spec = Self.spec(.nearest, .flat)
    (spec.fields.shape, spec.fields.window) = (shape, shape.map { _ in 1 })
    let error = try #require(throws: InputError.self) { try Grower.network(spec, Self.data(30)) }
    #expect(error.location.column == "fields.shape" && error.expected.contains("6"))
  }

  @Test(arguments: [ColumnReference.number(7), .name("x"), .name("")])
  func aGroupOfOtherColumnsIsRefused(reference: ColumnReference) throws {
    var spec = Self.spec(.groups, .flat)
    spec.fields.groups.append([.number(3), reference])
    let error = try #require(throws: InputError.self) { try Grower.network(spec, Self.data(30)) }
    #expect(error.location.column == "fields.groups" && !error.expected.isEmpty)
  }
}
