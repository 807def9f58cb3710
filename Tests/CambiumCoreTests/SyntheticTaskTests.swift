import Foundation
import Testing

@testable import CambiumCore

@Suite struct SyntheticTaskTests {
  private let random = RandomStream(seed: 21)

  /// Reference: the generator's formula in Python, i = 0, 1, 50, 96 and i = 0.1, 96.1.
  @Test func spirals() throws {
    let table = SyntheticTask.twoSpirals.table(rows: 194, random: random)
    let shifted = SyntheticTask.shiftedTwoSpirals.table(rows: 194, random: random)
    #expect(table.columnNames == ["x", "y", "class"] && table.rowCount == 194)
    let wanted: [(Table, i: Int, x: Double, y: Double)] = [
      (table, 0, 0, 6.5), (table, 1, 1.2558939479788256, 6.313805242595796),
      (table, 50, -1.2915565842321781, -3.1180934222255927), (table, 96, -3.6739403974420594e-16, 0.5),
      (shifted, 0, 0.12749629041620503, 6.492498267880409),
      (shifted, 96, 0.009694135652434484, 0.49365482498801994),
    ]
    for (table, i, x, y) in wanted {
      let (xs, ys) = (try table.numbers("x"), try table.numbers("y"))
      #expect(abs(xs[2 * i] - x) < 1e-12 && abs(ys[2 * i] - y) < 1e-12, "i = \(i)")
      #expect(xs[2 * i + 1] == -xs[2 * i] && ys[2 * i + 1] == -ys[2 * i])
    }
    #expect(try table.numbers("class") == (0..<194).map { Double($0 % 2) })
  }

  @Test(arguments: 0...5) func fewSpiralPoints(rows: Int) throws {
    let table = SyntheticTask.twoSpirals.table(rows: rows, random: random)
    #expect(table.rowCount == rows)
    #expect(try table.numbers("x").allSatisfy { $0.isFinite })
  }

  @Test func parity() throws {
    let all = SyntheticTask.parity.table(rows: 8, random: random)
    #expect(all.columnNames == ["x1", "x2", "x3", "parity"])
    #expect(try all.numbers("parity") == [0, 1, 1, 0, 1, 0, 0, 1])
    let some = try SyntheticTask.named("parity-12").table(rows: 100, random: random)
    #expect(some.columns.count == 13 && some.rowCount == 100)
    for row in 0..<100 {
      let ones = try (1...12).reduce(0) { $0 + (try some.numbers("x\($1)")[row]) }
      #expect(try some.numbers("parity")[row] == ones.truncatingRemainder(dividingBy: 2))
    }
    #expect(SyntheticTask.parity.table(rows: 100, random: random).columns.count == 9)
  }

  @Test func classesOfPlacesAreAsTheirFieldsSay() throws {
    let board = SyntheticTask.chessBoard.table(rows: 400, random: random)
    let rings = SyntheticTask.rings.table(rows: 400, random: random)
    for (table, field) in [
      (board, { (x: Double, y: Double) in x.rounded(.down) + y.rounded(.down) }),
      (rings, { x, y in (2 * hypot(x - 2, y - 2)).rounded(.down) }),
    ] {
      let (xs, ys) = (try table.numbers("x"), try table.numbers("y"))
      let wanted = zip(xs, ys).map { field($0, $1).truncatingRemainder(dividingBy: 2) }
      #expect(try table.numbers("class") == wanted)
      #expect(xs.allSatisfy { (0..<4).contains($0) } && ys.allSatisfy { (0..<4).contains($0) })
      #expect((120...280).contains(wanted.count { $0 == 1 }))
    }
  }

  /// Turned back by its angle, a point lies on its spiral but for the noise.
  @Test func noisySpiralsScatterAboutSpirals() throws {
    let table = SyntheticTask.noisySpirals.table(rows: 4000, random: random)
    let (xs, ys, classes) = (try table.numbers("x"), try table.numbers("y"), try table.numbers("class"))
    let turn = 2 * Double.pi
    let distances = xs.indices.map { i in
      // How far the radius is from the nearest that the spiral has in this direction.
      let angle = atan2(ys[i], xs[i]) + (classes[i] == 1 ? Double.pi : 0)
      return (hypot(xs[i], ys[i]) - angle).remainder(dividingBy: turn)
    }
    let deviation = try #require(
      DescriptiveStatistics.standardDeviation(of: distances.filter { abs($0) < 3 }))
    #expect(abs(deviation / 0.6 - 1) < 0.05)
  }

  /// Reference: scikit-learn's formulas (`make_friedman1` to `3`) in NumPy at one point each.
  @Test func friedmanFunctions() {
    #expect(abs(FriedmanFunction.first([0.5, 0.25, 0.75, 0.125, 0.625]) - 9.451834323650898) < 1e-12)
    #expect(abs(FriedmanFunction.second([50, 300, 0.5, 3]) - 158.112828916256) < 1e-10)
    #expect(abs(FriedmanFunction.third([50, 300, 0.5, 3]) - 1.2490435501612174) < 1e-12)
  }

  @Test(arguments: 1...3) func friedmanNoise(number: Int) throws {
    let (task, function, noise) = [
      (SyntheticTask.friedman1, FriedmanFunction.first, 1.0), (.friedman2, FriedmanFunction.second, 125),
      (.friedman3, FriedmanFunction.third, 0.1),
    ][number - 1]
    let table = task.table(rows: 4000, random: random)
    let columns = try table.columnNames.map { try table.numbers($0) }
    let truth = (0..<4000).map { row in function(columns.dropLast().map { $0[row] }) }
    let residuals = zip(columns[columns.count - 1], truth).map { $0 - $1 }
    let deviation = try #require(DescriptiveStatistics.standardDeviation(of: residuals))
    // The standard error of a standard deviation of 4000 normal draws is 1.1 %.
    #expect(abs(deviation / noise - 1) < 0.05)
    #expect(abs(DescriptiveStatistics.mean(of: residuals) ?? 1) < 0.07 * noise)
  }

  @Test func seedsAndPrefixes() throws {
    for name in ["friedman1", "friedman3", "feynman:I_9_18", "parity-16", "rings", "noisy-spirals"] {
      let task = try SyntheticTask.named(name)
      let table = task.table(rows: 50, random: random)
      #expect(table.csv() == task.table(rows: 50, random: random).csv())
      #expect(table.csv() != task.table(rows: 50, random: RandomStream(seed: 22)).csv())
      #expect(task.table(rows: 80, random: random).csv().hasPrefix(table.csv()), "\(name)")
    }
  }

  @Test func everyTaskGivesFiniteNumbers() throws {
    #expect(Set(SyntheticTask.all.map(\.name)).count == SyntheticTask.all.count)
    for task in SyntheticTask.all {
      #expect(try SyntheticTask.named(task.name).name == task.name)
      let table = task.table(rows: 64, random: random)
      #expect(table.rowCount == 64)
      #expect(
        try table.columnNames.allSatisfy { try table.numbers($0).allSatisfy { $0.isFinite } }, "\(task.name)")
      #expect(try Table.parse(table.csv()).columnNames == table.columnNames)
    }
  }

  @Test func unknownNames() throws {
    #expect(try SyntheticTask.named("feynman:feynman_I_6_2").name == "feynman:I_6_2")
    expectInputError(.usage, found: "\"two-spiral\"", expected: "\"two-spirals\"") {
      try SyntheticTask.named("two-spiral")
    }
    expectInputError(.usage, found: "\"feynman:I_6_3\"", expected: "feynman:I_6_2") {
      try SyntheticTask.named("feynman:I_6_3")
    }
    expectInputError(.usage, found: "\"parity-99\"") { try SyntheticTask.named("parity-99") }
  }
}
