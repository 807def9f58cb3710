import CambiumStatistics
import Testing

private func comparison(
  _ scores: [[Double?]], _ learners: [String]? = nil,
  _ direction: LearnerComparison.Direction = .lowerIsBetter
) throws -> LearnerComparison {
  let names = learners ?? (0..<(scores.first?.count ?? 0)).map { "learner \($0)" }
  return try LearnerComparison(scores: scores, learners: names, direction: direction, rope: 0.01)
}

@Suite struct LearnerComparisonTests {
  let scores = References.scores.map { $0.map(Optional.some) }

  @Test func theOrderOfDataSetsDoesNotMatter() throws {
    #expect(try comparison(scores).pairs.map(\.bayes) == comparison(scores.reversed()).pairs.map(\.bayes))
    let (forward, backward) = (try comparison(scores), try comparison(scores.reversed()))
    #expect(forward.averageRanks == backward.averageRanks && forward.cliques == backward.cliques)
    #expect(forward.friedman == backward.friedman)
    #expect(forward.pairs.map(\.wilcoxon) == backward.pairs.map(\.wilcoxon))
  }

  @Test func theOrderOfLearnersDoesNotMatter() throws {
    let names = ["a", "b", "c", "d"]
    let forward = try comparison(scores, names)
    let backward = try comparison(scores.map { $0.reversed() }, names.reversed())
    #expect(forward.averageRanks == backward.averageRanks.reversed())
    #expect(forward.friedman.chiSquare == backward.friedman.chiSquare)
    #expect(forward.order.map { names[$0] } == backward.order.map { names[3 - $0] })
    #expect(forward.cliques.map { $0.map { names[$0] } } == backward.cliques.map { $0.map { names[3 - $0] } })
    for pair in forward.pairs {
      let other = try #require(
        backward.pairs.first { $0.first == 3 - pair.second && $0.second == 3 - pair.first })
      #expect(pair.wilcoxon.probability == other.wilcoxon.probability)
      #expect(
        pair.holmProbability == other.holmProbability && pair.sign.probability == other.sign.probability)
      #expect(abs(pair.a12 + other.a12 - 1) < 1e-12)
      #expect(pair.firstIsBetter == other.secondIsBetter && pair.equivalent == other.equivalent)
    }
  }

  @Test func theDirectionTurnsRanksAndSidesButNotEffectSizes() throws {
    let lower = try comparison(scores)
    let higher = try comparison(scores, nil, .higherIsBetter)
    for (low, high) in zip(lower.averageRanks, higher.averageRanks) { #expect(abs(low + high - 5) < 1e-12) }
    #expect(lower.criticalDifference == higher.criticalDifference)
    for (low, high) in zip(lower.pairs, higher.pairs) {
      #expect(low.wilcoxon.probability == high.wilcoxon.probability)
      #expect(low.firstIsBetter == high.secondIsBetter)
      #expect(low.a12 == high.a12 && low.cohenD == high.cohenD)
    }
  }

  @Test func aLearnerAgainstItselfDoesNotDiffer() throws {
    let same = try comparison(References.scores.map { [$0[0], $0[0]] })
    #expect(same.averageRanks == [1.5, 1.5])
    #expect(same.friedman.chiSquare == 0 && same.friedman.probability == 1)
    #expect(same.friedman.f == 0 && same.friedman.fProbability == 1)
    let pair = try #require(same.pairs.first)
    #expect(pair.wilcoxon.probability == 1 && pair.sign.probability == 1 && pair.holmProbability == 1)
    #expect(pair.a12 == 0.5 && pair.cohenD == 0 && pair.equivalent == 1)
    #expect(same.cliques == [[0, 1]])
  }

  @Test func aLearnerThatAlwaysWinsHasAnInfiniteF() throws {
    let always = try comparison((0..<9).map { [Double($0), Double($0) + 1, Double($0) + 2] })
    #expect(always.averageRanks == [1, 2, 3])
    #expect(always.friedman.f == .infinity && always.friedman.fProbability == 0)
    #expect(always.pairs.allSatisfy { $0.cohenD == nil && $0.firstIsBetter > 0.9 })
    #expect(always.cliques.isEmpty)
  }

  @Test func oneDataSetSaysNothing() throws {
    let one = try comparison([[1, 2, 3]])
    #expect(one.averageRanks == [1, 2, 3])
    #expect(one.friedman.f == nil && one.friedman.fProbability == nil)
    #expect(one.friedman.chiSquare == 2)
    #expect(one.criticalDifference > 2)
    #expect(one.pairs.allSatisfy { $0.wilcoxon.probability == 1 && $0.cohenD == nil })
    #expect(one.cliques == [[0, 1, 2]])
  }

  @Test func dataSetsWithoutAScoreOfEachAreLeftOut() throws {
    var holed = scores
    holed[3][1] = nil
    holed[7] = [nil, nil, nil, nil]
    let whole = scores.enumerated().filter { ![3, 7].contains($0.offset) }.map(\.element)
    let without = try comparison(holed)
    #expect(without.leftOut == [3, 7] && without.dataSetCount == 12)
    #expect(without.pairs == (try comparison(whole)).pairs)
  }

  @Test func whatCannotBeComparedIsRefused() {
    #expect(throws: ComparisonTrouble.tooFewLearners(1)) { try comparison([[1], [2]]) }
    #expect(throws: ComparisonTrouble.tooFewLearners(0)) { try comparison([]) }
    #expect(throws: ComparisonTrouble.noCompleteDataSet) { try comparison([], ["a", "b"]) }
    #expect(throws: ComparisonTrouble.noCompleteDataSet) { try comparison([[1, nil], [nil, 2]]) }
    #expect(throws: ComparisonTrouble.unusableScore(dataSet: 1, learner: 0, score: .infinity)) {
      try comparison([[1, 2], [.infinity, 2]])
    }
    #expect(throws: ComparisonTrouble.unusableScore(dataSet: 0, learner: 1, score: -2e300)) {
      try comparison([[1, -2e300]])
    }
    #expect(throws: ComparisonTrouble.self) { try comparison([[1, .nan]]) }
  }

  @Test func scoresAtTheEdgesHaveFiniteAnswers() throws {
    for value in [1e300, 1e-300, 0] {
      let edge = try comparison([[value, -value, 0], [-value, value, 0], [value, 0, 0], [value, 0, 1]])
      #expect(edge.friedman.chiSquare.isFinite && edge.friedman.probability.isFinite)
      for pair in edge.pairs {
        #expect((0...1).contains(pair.wilcoxon.probability) && (0...1).contains(pair.sign.probability))
        #expect((0...1).contains(pair.a12) && pair.cohenD?.isNaN != true)
        #expect(abs(pair.firstIsBetter + pair.equivalent + pair.secondIsBetter - 1) < 1e-12)
      }
    }
  }
}

@Suite struct CliqueTests {
  @Test func groupsAreTheLongestRunsWithoutADifference() {
    func runs(_ count: Int, _ different: [[Int]]) -> [ClosedRange<Int>] {
      Cliques.maximal(count: count) { different.contains([$0, $1]) }
    }
    #expect(runs(0, []) == [])
    #expect(runs(1, []) == [])
    #expect(runs(4, []) == [0...3])
    #expect(runs(4, [[0, 3]]) == [0...2, 1...3])
    #expect(runs(4, [[0, 1], [1, 2], [2, 3]]) == [])
    #expect(runs(5, [[0, 2], [0, 3], [0, 4], [1, 4], [2, 4]]) == [0...1, 1...3, 3...4])
    // 0 and 2 do not differ, but 1 between them differs from 0.
    #expect(runs(3, [[0, 1]]) == [1...2])
  }

  /// All 2^10 relations among five learners, against the definition.
  @Test func everyRelationOfFiveLearnersHasItsLongestRuns() {
    let pairs = (0..<5).flatMap { first in ((first + 1)..<5).map { [first, $0] } }
    for pattern in 0..<(1 << pairs.count) {
      let different = Set(pairs.indices.filter { pattern >> $0 & 1 == 1 }.map { pairs[$0] })
      let even = pairs.filter { ends in
        pairs.allSatisfy { $0[0] < ends[0] || $0[1] > ends[1] || !different.contains($0) }
      }
      let longest = even.filter { run in
        !even.contains { $0 != run && $0[0] <= run[0] && $0[1] >= run[1] }
      }
      #expect(Cliques.maximal(count: 5) { different.contains([$0, $1]) } == longest.map { $0[0]...$0[1] })
    }
  }
}
