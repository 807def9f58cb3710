import Foundation
import Testing

@testable import CambiumCore

@Suite struct CommitteeIntervalTests {
  private let workers = WorkerPool(threads: 1)

  /// Members that say 1 and 3; of three samples the first left two out and the second one.
  private func small() throws -> CommitteeModel<Line> {
    let residuals = LeftOutResiduals(groups: [
      .init(members: [0], residuals: Matrix(rows: 2, columns: 1, values: [1, 2])),
      .init(members: [1], residuals: Matrix(rows: 1, columns: 1, values: [0.5])),
    ])
    return try #require(
      CommitteeModel(
        members: [Line(slope: 0, constant: 1), Line(slope: 0, constant: 3)], residuals: residuals))
  }

  @Test func aSmallCaseIsAsByHand() throws {
    let model = try small()
    let x = Matrix(rows: 1, columns: 1)
    // Upper: 2, 3, 3.5; lower: 2.5, 0, -1. At ½ the ⌈½ · 4⌉ = second of each, at ¾ the third.
    for (level, low, high) in [(0.5, 0.0, 3.0), (0.75, -1, 3.5), (0.25, 2, 2)] {
      let intervals = try #require(try model.intervals(for: x, level: level, workers: workers))
      #expect(intervals.lower[0, 0] == low && intervals.upper[0, 0] == high, "\(level)")
    }
    for level in [0.76, 1, 0, -1, .nan] {
      let error = #expect(throws: InputError.self) {
        try model.intervals(for: x, level: level, workers: workers)
      }
      #expect(error?.expected.contains("0.75") == true)
    }
  }

  @Test func intervalsWidenWithTheLevelAndHoldTheAnswer() throws {
    let data = CommitteeSamples.line(200)
    let model = try CommitteeSamples.fit(LineLearner(shift: 0.3), .bagging, to: data).predictor
    let committee = try #require(model as? CommitteeModel<Line>)
    let x = Matrix(rows: 9, columns: 1, values: (0..<9).map { Double($0 - 4) })
    let outputs = committee.outputs(for: x, workers: workers)
    var last = OutputIntervals(lower: outputs, upper: outputs)
    for level in [0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99] {
      let next = try #require(try committee.intervals(for: x, level: level, workers: WorkerPool(threads: 3)))
      for i in 0..<9 {
        #expect(next.lower[i, 0] <= last.lower[i, 0] && last.upper[i, 0] <= next.upper[i, 0])
      }
      last = next
    }
    #expect(last.lower[0, 0] < outputs[0, 0] - 1)
  }

  /// Over forty training sets of 150 the share that a fresh answer is inside has a standard error of about
  /// √(0.9 · 0.1 / (40 · 150)) = 0.004 at 0.9; lines overfit little, so it is near the level rather than above.
  @Test(arguments: [CommitteeKind.bagging, .folds], [0.8, 0.9, 0.95])
  func theStatedShareOfAnswersIsInside(_ kind: CommitteeKind, _ level: Double) throws {
    var inside = 0
    for seed in 0..<40 {
      let data = CommitteeSamples.line(150, seed: UInt64(100 + seed))
      let model = try CommitteeSamples.fit(LineLearner(), kind, to: data).predictor as? CommitteeModel<Line>
      let fresh = CommitteeSamples.line(200, seed: UInt64(1000 + seed))
      let intervals = try #require(
        try model?.intervals(for: fresh.features, level: level, workers: workers))
      inside += (0..<200).count {
        intervals.lower[$0, 0] <= fresh.targets[$0, 0] && fresh.targets[$0, 0] <= intervals.upper[$0, 0]
      }
    }
    let share = Double(inside) / 8000
    #expect(share > level - 0.015 && share < level + 0.03, "\(share)")
  }

  @Test func ofManySamplesSomeAreKept() throws {
    let fit = try CommitteeSamples.fit(LineLearner(), .folds, to: CommitteeSamples.line(3000))
    let residuals = try #require((fit.predictor as? CommitteeModel<Line>)?.residuals)
    #expect(residuals.count == LeftOutResiduals.largestCount)
    #expect(residuals.groups.count == 5)
  }

  @Test func committeesReadBackBitForBit() throws {
    let data = CommitteeSamples.line(50)
    let fit = try CommitteeSamples.fit(LineLearner(shift: 1), .bagging, to: data)
    let model = try #require(fit.predictor as? CommitteeModel<Line>)
    let bytes = try JSONEncoder.sorted.encode(model)
    let read = try JSONDecoder().decode(CommitteeModel<Line>.self, from: bytes)
    #expect(read.members == model.members && read.residuals == model.residuals)
    #expect(try JSONEncoder.sorted.encode(read) == bytes)
  }

  @Test func partsThatDoNotFitAreRefused() throws {
    let text = String(decoding: try JSONEncoder.sorted.encode(small()), as: UTF8.self)
    _ = try JSONDecoder().decode(CommitteeModel<Line>.self, from: Data(text.utf8))
    for (part, other) in [
      ("\"members\":[1]", "\"members\":[2]"), ("\"members\":[1]", "\"members\":[]"),
      ("\"members\":[1]", "\"members\":[-1]"), ("\"members\":[1]", "\"members\":[1,1]"),
      ("\"members\":[1]", "\"members\":[1,0]"), ("[0.5]", "[-0.5]"), ("[1,2]", "[1]"),
      ("\"rows\":1", "\"rows\":9223372036854775807"), ("\"rows\":1", "\"rows\":-1"),
    ] {
      #expect(text.contains(part), "\(part) in \(text)")
      let broken = text.replacing(part, with: other)
      #expect(throws: (any Error).self, "\(broken)") {
        try JSONDecoder().decode(CommitteeModel<Line>.self, from: Data(broken.utf8))
      }
    }
    for broken in [
      "{\"members\":[]}", "{\"members\":[{\"slope\":1,\"constant\":1}],\"residuals\":{\"groups\":[]}}", "{}",
    ] {
      #expect(throws: (any Error).self, "\(broken)") {
        try JSONDecoder().decode(CommitteeModel<Line>.self, from: Data(broken.utf8))
      }
    }
    #expect(CommitteeModel<Memory>(members: []) == nil)
  }
}
