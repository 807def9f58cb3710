import Testing

@testable import CambiumCore

/// Inputs that are encoded when they are asked for beside the matrix of all of them.
@Suite struct FeaturesTests {
  private static let rowCount = 9001

  /// Numbers with few digits and with many, with gaps, with a long tail; texts with gaps.
  private static let table: Table = {
    let count = rowCount
    let plain = KernelSamples.numbers(count, "plain")
    func gaps(_ values: [Double]) -> [Double] {
      values.enumerated().map { $0.offset % 11 == 3 ? .nan : $0.element }
    }
    return Table(columns: [
      .init(name: "digits", values: .numbers(NumberColumn(plain.map { ($0 * 100).rounded() / 100 }))),
      .init(name: "plain", values: .numbers(NumberColumn(plain))),
      .init(name: "gaps", values: .numbers(NumberColumn(gaps(KernelSamples.numbers(count, "gaps"))))),
      .init(
        name: "tail",
        values: .numbers(NumberColumn(KernelSamples.numbers(count, "tail").map { exponential(2 * $0) }))),
      .init(name: "text", values: .texts(TextColumn((0..<count).map { ["a", "b", nil, "c"][$0 % 4] }))),
      .init(name: "y", values: .numbers(NumberColumn(plain.map { 2 * $0 }))),
    ])
  }()

  private static func preprocessing() throws -> Preprocessing {
    try Preprocessing.fit(to: table, task: .regression).preprocessing
  }

  private static let picks: [[Int]?] = [
    nil, Array(stride(from: 0, to: rowCount, by: 3)), Array(2000..<5000), [8000, 3, 3, 4096, 0],
    (0..<rowCount).reversed(),
  ]

  @Test(arguments: picks.indices)
  func encodedRowsAreThoseOfTheMatrix(pick: Int) throws {
    let rows = Self.picks[pick]
    let preprocessing = try Self.preprocessing()
    let matrix = try preprocessing.features(from: Self.table, rows: rows)
    let lazy = try preprocessing.inputs(from: Self.table, rows: rows, largestMatrixCount: 0)
    #expect(!lazy.isMatrix && matrix.columns == 9)
    #expect(lazy.matrix == matrix)
    let count = matrix.rows
    let part = count / 3..<count / 2 + 1
    #expect(lazy.matrix(ofRows: part) == matrix.selectingRows(Array(part)))
    let some = [count - 1, 0, count / 2, 0]
    for j in 0..<matrix.columns {
      #expect(lazy.column(j) == matrix.column(j))
      #expect(lazy.column(j, rows: some) == some.map { matrix[$0, j] })
    }
    #expect(lazy.selecting(some).matrix == matrix.selectingRows(some))
    #expect(lazy.appending(lazy).matrix == matrix.appendingRows(of: matrix))
    #expect(!lazy.appending(lazy).isMatrix)
    #expect(lazy.appending(Features(matrix)).matrix == matrix.appendingRows(of: matrix))
  }

  /// Rows that are looked up are those that are picked out, once and again.
  @Test func viewedRowsAreThoseSelected() throws {
    let matrix = try Self.preprocessing().features(from: Self.table)
    let rows = [700, 3, 3, 4096, 0, 8000]
    let viewed = Features(matrix).viewing(rows)
    let selected = matrix.selectingRows(rows)
    #expect(viewed.matrix == selected && viewed.rowCount == 6 && viewed.columnCount == 9 && viewed.isMatrix)
    #expect(viewed.matrix(ofRows: 2..<5) == selected.selectingRows([2, 3, 4]))
    for j in 0..<9 {
      #expect(viewed.column(j) == selected.column(j))
      #expect(viewed.column(j, rows: [5, 1]) == [selected[5, j], selected[1, j]])
    }
    let again = [4, 0, 4]
    #expect(viewed.viewing(again).matrix == selected.selectingRows(again))
    #expect(viewed.selecting(again).matrix == selected.selectingRows(again))
    #expect(viewed.appending(viewed).matrix == selected.appendingRows(of: selected))
    let encoded = try Self.preprocessing().inputs(from: Self.table, largestMatrixCount: 0)
    #expect(encoded.viewing(rows).matrix == selected)
  }

  @Test func smallOnesAreAMatrix() throws {
    let preprocessing = try Self.preprocessing()
    #expect(try preprocessing.dataset(from: Self.table).inputs.isMatrix)
    #expect(try preprocessing.inputs(from: Self.table, largestMatrixCount: 9 * Self.rowCount).isMatrix)
    #expect(try !preprocessing.inputs(from: Self.table, largestMatrixCount: 9 * Self.rowCount - 1).isMatrix)
  }

  @Test func numbersTooFarAwayAreNamed() throws {
    let table = Table(columns: [
      .init(name: "x", values: .numbers([0.1, 0.2, 0.3, 0.4])),
      .init(name: "y", values: .numbers([1, 2, 3, 4])),
    ])
    let preprocessing = try Preprocessing.fit(to: table, task: .regression).preprocessing
    let other = Table(columns: [.init(name: "x", values: .numbers([1, -1.7e308, .nan, 2]))])
    for rows in [nil, [3, 1]] as [[Int]?] {
      expectInputError(line: 3, column: "x", found: "-1.7e+308") {
        _ = try preprocessing.inputs(from: other, rows: rows, largestMatrixCount: 0)
      }
    }
    #expect(try preprocessing.inputs(from: other, rows: [0, 2]).rowCount == 2)
  }

  /// Φ over inputs that are encoded when asked for, beside Φ over their matrix.
  @Test func designsOverThemAreTheSame() throws {
    let preprocessing = try Self.preprocessing()
    let features = try preprocessing.features(from: Self.table)
    var kept = DesignMatrix(features: features)
    var encoded = DesignMatrix(inputs: try preprocessing.inputs(from: Self.table, largestMatrixCount: 0))
    func expectSame(_ a: DesignMatrix, _ b: DesignMatrix) {
      #expect(a.columnCount == b.columnCount && a.rowCount == b.rowCount)
      for j in 0..<a.columnCount {
        #expect(a.column(j) == b.column(j))
        #expect(a.column(j, rows: [a.rowCount - 1, 2]) == b.column(j, rows: [a.rowCount - 1, 2]))
        #expect(a.gapOfTwoValues(inColumn: j) == b.gapOfTwoValues(inColumn: j))
      }
      for t in 0..<a.tileCount {
        a.withTile(t) { left in
          b.withTile(t) { right in
            #expect(left.rows == right.rows)
            #expect((0..<left.count * a.columnCount).allSatisfy { left.base[$0] == right.base[$0] })
          }
        }
      }
    }
    expectSame(kept, encoded)
    for index in 0..<3 {
      let column = KernelSamples.numbers(Self.rowCount, "column \(index)")
      kept.append(column)
      encoded.append(column)
    }
    expectSame(kept, encoded)
    let other = KernelSamples.numbers(Self.rowCount, "other")
    func rewrite(_ design: inout DesignMatrix) {
      design.rewriteColumns(from: 11, workers: WorkerPool(threads: 2)) { _, tile, room in
        for (place, row) in tile.rows.enumerated() {
          room[place] = other[row] * tile.column(3)[place]
          room[tile.count + place] = room[place] + tile.column(10)[place]
        }
      }
    }
    rewrite(&kept)
    rewrite(&encoded)
    #expect(kept.column(11) == zip(other, kept.column(3)).map { $0 * $1 })
    #expect(kept.column(12) == zip(kept.column(11), kept.column(10)).map { $0 + $1 })
    expectSame(kept, encoded)
    let rows = Array(stride(from: 5, to: Self.rowCount, by: 7))
    expectSame(kept.selectingRows(rows), encoded.selectingRows(rows))
    kept.removeColumns(after: 11)
    encoded.removeColumns(after: 11)
    expectSame(kept, encoded)
  }
}
