import CambiumCore
import Foundation
import Synchronization
import Testing

@testable import Cambium

/// Processes that share the sums over rows come, all of them, to what one alone comes to.
@Suite struct TeamTests {
  @Test(arguments: [1, 2, 3, 4, 7, 32])
  func sumsOfTilesAreTheSameOnAnyNumberOfProcesses(count: Int) {
    for (tileCount, size) in [(1, 3), (2, 1), (31, 5), (33, 4), (100, 17), (5000, 2)] {
      let terms = Samples.numbers(tileCount * size, "terms")
      @Sendable func sum(_ workers: WorkerPool) -> [Double] {
        TileSums(tileCount: tileCount, size: size).run(on: workers) { tile, sums in
          for k in 0..<size { sums[k] += terms[tile * size + k] }
        }
      }
      let alone = sum(Samples.workers)
      let (sums, _) = ThreadTeam.run(count) { sum(WorkerPool(threads: 1, team: $0)) }
      #expect(sums.allSatisfy { $0 == alone })
    }
  }

  /// Places that nobody reads are not told, and the others are what they are.
  @Test func whatIsUsedOfASumIsTold() {
    let terms = Samples.numbers(40 * 9, "terms")
    @Sendable func sum(_ workers: WorkerPool, _ used: [Range<Int>]?) -> [Double] {
      TileSums(tileCount: 40, size: 9).run(on: workers, used: used) { tile, sums in
        for k in 0..<9 { sums[k] += terms[tile * 9 + k] }
      }
    }
    let alone = sum(Samples.workers, nil)
    func told(_ used: [Range<Int>]?) -> (sums: [[Double]], byteCount: Int) {
      let (sums, byteCount) = ThreadTeam.run(3) { sum(WorkerPool(threads: 1, team: $0), used) }
      return (sums, byteCount)
    }
    let (all, few) = (told(nil), told([1..<2, 4..<7]))
    #expect(few.sums.allSatisfy { $0[1] == alone[1] && $0[4..<7] == alone[4..<7] })
    #expect(9 * few.byteCount == 4 * all.byteCount)
  }

  /// Beyond as many processes as there are shards, each still takes some tiles.
  @Test func moreProcessesThanShardsComeToTheSameButForRounding() {
    let terms = Samples.numbers(100, "terms")
    let (sums, _) = ThreadTeam.run(50) { team in
      let sums = TileSums(tileCount: 100, size: 1)
      let own = sums.tiles(of: team, for: team.rank)
      return (own, sums.run(on: WorkerPool(threads: 1, team: team)) { $1[0] += terms[$0] }[0])
    }
    #expect(sums.map(\.0).flatMap(Array.init) == Array(0..<100))
    #expect(sums.allSatisfy { !$0.0.isEmpty && $0.1 == sums[0].1 })
    #expect(abs(sums[0].1 - terms.reduce(0, +)) < 1e-12)
  }

  @Test func whatEachKnowsAllKnow() {
    let (found, _) = ThreadTeam.run(3) { team -> ([[UInt8]], [Double], Bool, Bool, [Int]) in
      var numbers = [Int](repeating: 0, count: 10)
      for place in team.part(of: 10) { numbers[place] = place * place }
      team.complete(&numbers) { team.part(of: 10, for: $0) }
      return (
        team.gathered([UInt8](repeating: 7, count: team.rank)),
        team.minimum([Double(team.rank), -Double(team.rank), .infinity]),
        team.isSoOnAny(team.rank == 1), team.isSoOnAny(false), numbers
      )
    }
    for (bytes, minimum, isSo, isNotSo, numbers) in found {
      #expect(bytes == [[], [7], [7, 7]])
      #expect(minimum == [0, -2, .infinity])
      #expect(isSo && !isNotSo)
      #expect(numbers == (0..<10).map { $0 * $0 })
    }
  }

  /// Of large data and of small, whatever the inputs are kept as: the network of one process, bit for bit.
  @Test(arguments: [2, 4], [false, true])
  func processesGrowTheNetworkOfOne(count: Int, isOfClasses: Bool) throws {
    let rows = 20_000
    let data = isOfClasses ? Samples.classes(rows, 3) : Samples.regression(rows, noise: 0.1)
    let table = Table(
      columns: (0..<2).map {
        .init(name: "x\($0)", values: .numbers(NumberColumn(data.features.column($0))))
      } + [.init(name: "y", values: .numbers(NumberColumn(data.targets.column(0))))])
    let inputs = try Preprocessing.fit(to: table, targets: ["y"], task: .regression).preprocessing
      .inputs(from: table, largestMatrixCount: 0)
    let encoded = Dataset(inputs: inputs, targets: data.targets, task: data.task, columns: data.columns)
    var spec = Samples.quickSpec(units: 3, holdOut: true)
    spec.refinement.every = 2
    spec.restarts = 4
    spec.selection.sampleLimit = 2000
    spec.stopping.sampleLimit = 9000
    spec.refinement.sampleLimit = 1500
    for data in [data, encoded] {
      let growth = spec
      @Sendable func network(_ workers: WorkerPool, _ memory: Double? = nil) -> Network? {
        (try? Grower(spec: growth).fit(
          data, validation: nil,
          in: FitContext(random: RandomStream(seed: 1), workers: workers, memory: memory)))?
          .predictor as? Network
      }
      let alone = try #require(network(Samples.workers))
      #expect(!alone.units.isEmpty)
      // With room for the columns of units in a process' own rows, and without.
      let need = MemoryNeed(of: spec, data: data, holdOuts: 1, unitColumns: .computed).bytes
      for (threads, memory) in [(1, nil), (2, nil), (1, need + 1)] as [(Int, Double?)] {
        guard memory == nil || !data.inputs.isMatrix else { continue }
        let (networks, byteCount) = ThreadTeam.run(count) {
          network(WorkerPool(threads: threads, team: $0), memory)
        }
        #expect(networks.allSatisfy { $0 == alone })
        #expect(byteCount > 100_000)
      }
    }
  }

  /// A signal that reaches one process ends the growth of all after the same round.
  @Test func anInterruptionOfOneEndsAll() throws {
    final class Watch: FitObserver {
      let isInterrupting: Bool
      private let rounds = Atomic<Int>(0)
      init(isInterrupting: Bool) { self.isInterrupting = isInterrupting }
      func observe(_ event: FitEvent) {
        if case .round = event { rounds.add(1, ordering: .relaxed) }
      }
      var isInterrupted: Bool { isInterrupting && rounds.load(ordering: .relaxed) >= 2 }
    }
    let data = Samples.regression(3000, noise: 0.1)
    let (fits, _) = ThreadTeam.run(3) { team in
      try? Grower(spec: Samples.quickSpec(units: 6, holdOut: false)).fit(
        data, validation: nil,
        in: FitContext(
          random: RandomStream(seed: 1), workers: WorkerPool(threads: 1, team: team),
          observer: Watch(isInterrupting: team.rank == 1)))
    }
    #expect(fits.map { $0?.report.stopReason } == [.interrupted, .interrupted, .interrupted])
    #expect(fits.map { $0?.report.rounds.count } == [2, 2, 2])
  }
}
