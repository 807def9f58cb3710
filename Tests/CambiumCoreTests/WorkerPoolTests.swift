import CambiumCore
import Testing

@Suite struct WorkerPoolTests {
  /// How often `forEach` visits each index.
  private static func visits(_ count: Int, _ pool: WorkerPool) -> [Int] {
    var visits = [Int](repeating: 0, count: count)
    visits.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let visits = buffer
      pool.forEach(count) { visits[$0] += 1 }
    }
    return visits
  }

  @Test(arguments: [1, 2, 3, 8], [0, 1, 2, 7, 1000])
  func everyIndexIsVisitedOnce(threads: Int, count: Int) {
    let pool = WorkerPool(threads: threads)
    #expect(pool.threads == threads)
    #expect(Self.visits(count, pool) == [Int](repeating: 1, count: count))
    #expect(pool.map(count) { $0 * $0 } == (0..<count).map { $0 * $0 })
  }

  @Test(arguments: [1, 2, 4])
  func jobsMayShareOutJobs(threads: Int) {
    let pool = WorkerPool(threads: threads)
    let sums = pool.map(20) { outer in
      pool.map(20) { inner in pool.map(3) { $0 + inner * outer }.reduce(0, +) }.reduce(0, +)
    }
    #expect(sums == (0..<20).map { outer in (0..<20).reduce(0) { $0 + 3 + 3 * $1 * outer } })
  }

  @Test func poolsMayBeNested() {
    let (outer, inner) = (WorkerPool(threads: 2), WorkerPool(threads: 2))
    #expect(outer.map(8) { index in inner.map(8) { $0 * index }.reduce(0, +) } == (0..<8).map { 28 * $0 })
  }

  @Test(arguments: [2, 4])
  func manySmallRoundsAreAllDone(threads: Int) {
    let pool = WorkerPool(threads: threads)
    for round in 0..<400 {
      let count = 2 + round % 5
      #expect(Self.visits(count, pool).allSatisfy { $0 == 1 })
    }
  }

  @Test func optionalResultsAreKept() {
    let pool = WorkerPool(threads: 2)
    let results: [Int?] = pool.map(6) { $0.isMultiple(of: 2) ? $0 : nil }
    #expect(results == [0, nil, 2, nil, 4, nil])
  }

  /// Workers sleep after a while without work, and must wake again.
  @Test func aPoolWakesAfterARest() async throws {
    let pool = WorkerPool(threads: 3)
    for _ in 0..<3 {
      #expect(Self.visits(100, pool).allSatisfy { $0 == 1 })
      try await _Concurrency.Task.sleep(for: .milliseconds(20))
    }
  }

  @Test func severalCallersMayShareAPool() async {
    let pool = WorkerPool(threads: 3)
    let sums = await withTaskGroup(of: Int.self) { group in
      for caller in 0..<6 {
        group.addTask { (0..<50).reduce(0) { sum, _ in sum + pool.map(20) { $0 * caller }.reduce(0, +) } }
      }
      return await group.reduce(0, +)
    }
    #expect(sums == 15 * 190 * 50)
  }
}
