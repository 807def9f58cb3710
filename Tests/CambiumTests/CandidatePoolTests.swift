import CambiumCore
import Testing

@testable import Cambium

@Suite struct CandidatePoolTests {
  private static let design = DesignMatrix(features: Samples.matrix(50, 4))

  private static func pool(seed: UInt64 = 1, sources: Int = 5) -> CandidatePool {
    CandidatePool(
      activations: Activation.allCases, restarts: 3, sourceCount: sources, design: design,
      random: RandomStream(seed: seed))
  }

  @Test func everyActivationHasAsManyCandidates() {
    let pool = Self.pool()
    for activation in Activation.allCases {
      #expect((0..<pool.count).count { pool.activation(of: $0) == activation } == 3)
    }
    #expect(pool.ridgeGroups.map(\.columns.count).reduce(0, +) == pool.ridgeCount)
  }

  @Test func aSeedIsAPool() {
    #expect(Self.pool().parameters == Self.pool().parameters)
    #expect(Self.pool().parameters != Self.pool(seed: 2).parameters)
    #expect(Self.pool().parameters.areFinite)
  }

  @Test func candidatesStartWithConnectionsToAllSourcesTheyMayRead() {
    for sources in [2, 3, 5] {
      let pool = Self.pool(sources: sources)
      for candidate in 0..<pool.count {
        let all = Array(0..<sources)
        let wanted =
          switch pool.activation(of: candidate).form {
          case .ridge: all
          case .radial: Array(all.dropFirst())
          case .product: all + all
          }
        #expect(pool.connections(of: candidate).map(\.source) == wanted)
        #expect(pool.prunedCount(of: candidate) == 0)
      }
    }
  }

  @Test func theParametersOfCandidatesAreApartAndTogetherAll() {
    let pool = Self.pool()
    let indices = (0..<pool.count).flatMap { pool.parameterRanges(of: $0).flatMap { Array($0) } }
    #expect(indices.sorted() == Array(pool.parameters.indices))
  }

  @Test func cuttingTakesOneConnectionAway() {
    var pool = Self.pool()
    for candidate in 0..<pool.count {
      for (count, range) in pool.prunableRanges(of: candidate).enumerated() {
        let before = pool.connections(of: candidate)
        let factor = [Network.Factor.first, .second][count]
        pool.prune(range.lowerBound + 1)
        #expect(
          pool.connections(of: candidate) == before.filter { $0.source != 2 || $0.factor != factor })
        #expect(pool.prunedCount(of: candidate) == count + 1)
      }
    }
  }
}
