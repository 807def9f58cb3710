import CambiumCore
import Testing

@Suite struct SplitTests {
  private let random = RandomStream(seed: 11)
  /// 100 rows: 70, 25 and 5 of three classes, mixed.
  private let classes = (0..<100).map { $0 % 20 == 0 ? 2 : ($0 % 20 <= 5 ? 1 : 0) }

  private func isPartition(_ parts: Split.Parts, of count: Int) -> Bool {
    (parts.training + parts.heldOut).sorted() == Array(0..<count)
      && parts.training == parts.training.sorted() && parts.heldOut == parts.heldOut.sorted()
  }

  @Test(arguments: [1, 2, 3, 10, 101], [0, 0.01, 0.2, 0.5, 0.99]) func holdOutIsAPartition(
    count: Int, fraction: Double
  ) {
    let parts = Split.holdOut(count: count, fraction: fraction, random: random)
    #expect(isPartition(parts, of: count))
    #expect(!parts.training.isEmpty)
    #expect(parts.heldOut.isEmpty == (fraction == 0 || count == 1))
    #expect(abs(Double(parts.heldOut.count) - Double(count) * fraction) <= 1)
  }

  @Test(arguments: [0.1, 0.25, 0.5, 0.9]) func holdOutIsStratified(fraction: Double) {
    let parts = Split.holdOut(count: 100, classes: classes, fraction: fraction, random: random)
    #expect(isPartition(parts, of: 100))
    #expect(parts.heldOut.count == Int(100 * fraction))
    for (index, size) in [70, 25, 5].enumerated() {
      let heldOut = parts.heldOut.count { classes[$0] == index }
      #expect(abs(Double(heldOut) - Double(size) * fraction) <= 1, "class \(index)")
      #expect(heldOut < size)
    }
  }

  @Test func aClassOfOneRowIsNotStratified() {
    let parts = Split.holdOut(count: 4, classes: [0, 0, 0, 1], fraction: 0.5, random: random)
    #expect(isPartition(parts, of: 4) && parts.heldOut.count == 2)
  }

  @Test func classesOfTwoRowsKeepOneForTraining() {
    let classes = (0..<20).map { $0 / 2 }
    let parts = Split.holdOut(count: 20, classes: classes, fraction: 0.9, random: random)
    #expect(Set(parts.training.map { classes[$0] }).count == 10)
  }

  @Test(arguments: [2, 3, 10]) func foldsAreBalanced(folds: Int) throws {
    let parts = try Split.kFold(count: 100, classes: classes, folds: folds, random: random)
    #expect(parts.count == folds)
    #expect(parts.allSatisfy { isPartition($0, of: 100) })
    #expect(parts.flatMap(\.heldOut).sorted() == Array(0..<100))
    let sizes = parts.map(\.heldOut.count)
    #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
    for index in 0..<3 {
      let counts = parts.map { part in part.heldOut.count { classes[$0] == index } }
      #expect((counts.max() ?? 0) - (counts.min() ?? 0) <= 1)
    }
  }

  @Test func repeatsDiffer() throws {
    let parts = try Split.repeatedKFold(count: 30, folds: 3, repeats: 2, random: random)
    #expect(parts.count == 6)
    #expect(parts[3..<6].flatMap(\.heldOut).sorted() == Array(0..<30))
    #expect(parts[0].heldOut != parts[3].heldOut)
  }

  @Test func tooFewRows() {
    expectInputError(found: "3 rows", expected: "5 folds") {
      try Split.kFold(count: 3, folds: 5, random: random)
    }
  }

  @Test func theSeedDecides() {
    func heldOut(_ seed: UInt64) -> [Int] {
      Split.holdOut(count: 100, classes: classes, fraction: 0.3, random: RandomStream(seed: seed)).heldOut
    }
    #expect(heldOut(1) == heldOut(1))
    #expect(heldOut(1) != heldOut(2))
  }

  @Test func splitColumns() throws {
    let table = try Table.parse("a,s,t\n1,0,train\n2,1,validation\n3,2,TEST\n4,0,train\n", file: "d.csv")
    for name in ["s", "t"] {
      let split = try SplitColumn(named: name, of: table)
      #expect(split.training == [0, 3] && split.validation == [1] && split.test == [2])
    }
    expectInputError(file: "d.csv", line: 4, column: "a", found: "\"3\"", expected: "0, 1 or 2") {
      try SplitColumn(named: "a", of: Table.parse("a\n0\n1\n3\n", file: "d.csv"))
    }
    expectInputError(file: "d.csv", line: 3, column: "a", found: "nothing") {
      try SplitColumn(named: "a", of: Table.parse("a,b\n0,1\n,1\n", file: "d.csv"))
    }
    expectInputError(file: "d.csv", column: "a", found: "no row to train with") {
      try SplitColumn(named: "a", of: Table.parse("a\n1\n2\n", file: "d.csv"))
    }
    expectInputError(file: "d.csv", found: "\"part\"") { try SplitColumn(named: "part", of: table) }
  }
}
