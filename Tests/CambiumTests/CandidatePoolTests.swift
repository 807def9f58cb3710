import CambiumCore
import Foundation
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

  /// The second sine starts as the parity of all sources with two values, ±1 on every sample, a later one as that of
  /// some; a single such source is no interaction.
  @Test func sinesStartAsInteractionsOfSourcesWithTwoValues() {
    var features = Samples.matrix(40, 4)
    for i in 0..<40 {
      for j in 1..<4 { features[i, j] = features[i, j] > 0 ? 0.3 + Double(j) : -0.2 }
    }
    func sines(_ features: Matrix) -> [[Network.Connection]] {
      let pool = CandidatePool(
        activations: [.tanh, .sin], restarts: 3, sourceCount: features.columns + 1,
        design: DesignMatrix(features: features), random: RandomStream(seed: 1))
      return (3..<6).map { pool.connections(of: $0) }
    }
    func sum(_ sine: [Network.Connection], _ row: Int) -> Double {
      sine.reduce(0) { $0 + $1.weight * ($1.source == 0 ? 1 : features[row, $1.source - 1]) }
    }
    let found = sines(features)
    #expect(found[0].allSatisfy { $0.weight != 0 })
    for (sine, least) in zip(found[1...], [3, 0]) {
      let read = sine.filter { $0.source > 1 && $0.weight != 0 }
      #expect(read.count >= least && sine.first { $0.source == 1 }?.weight == 0 || read.count < 2)
      for row in 0..<40 where read.count >= 2 { #expect(isClose(abs(sin(sum(sine, row))), 1, 1e-9)) }
    }
    let plain = Samples.matrix(40, 4)
    var oneBit = plain
    for i in 0..<40 { oneBit[i, 0] = features[i, 1] }
    for (a, b) in zip(sines(plain), sines(oneBit)) { #expect(a == b) }
  }
}
