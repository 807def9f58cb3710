import CambiumPrediction
import Testing

@testable import CambiumCore

/// Units' columns in float32, behind encoded inputs, against plain arrays of rounded values.
@Suite struct RoundedColumnsTests {
  /// A tile, a block of tiles, and one row more or less.
  static let rowCounts = [2, 511, 512, 513, 8191, 8192, 8193, 9000]

  private static func encoded(rows: Int) throws -> (inputs: Features, values: [Double]) {
    let values = KernelSamples.numbers(rows, "input")
    let table = Table(columns: [
      .init(name: "x", values: .numbers(NumberColumn(values))),
      .init(name: "y", values: .numbers(NumberColumn(values.map { $0 + 1 }))),
    ])
    let preprocessing = try Preprocessing.fit(to: table, task: .regression).preprocessing
    let inputs = try preprocessing.inputs(from: table, largestMatrixCount: 0)
    return (inputs, inputs.column(0))
  }

  private static func nearest(_ values: [Double]) -> [Double] { values.map { Double(Float($0)) } }

  @Test(arguments: rowCounts)
  func holdsTheNearestValues(rows: Int) throws {
    let (inputs, x) = try Self.encoded(rows: rows)
    var design = DesignMatrix(inputs: inputs, unitPrecision: .float32)
    var columns = [[Double](repeating: 1, count: rows), x]
    for index in 0..<3 {
      let values = KernelSamples.numbers(rows, "appended \(index)")
      design.append(values)
      columns.append(Self.nearest(values))
    }
    func expectSame(sourceLocation: SourceLocation = #_sourceLocation) {
      #expect(design.columnCount == columns.count, sourceLocation: sourceLocation)
      for (j, column) in columns.enumerated() {
        #expect(design.column(j) == column, "column \(j)", sourceLocation: sourceLocation)
        let picked = [rows - 1, 0, rows / 2]
        #expect(design.column(j, rows: picked) == picked.map { column[$0] }, sourceLocation: sourceLocation)
        #expect(
          design.selectingRows(picked).column(j) == picked.map { column[$0] }, sourceLocation: sourceLocation)
      }
      for t in 0..<design.tileCount {
        design.withTile(t) { tile in
          let agrees = columns.indices.allSatisfy { j in
            tile.rows.allSatisfy { tile.column(j)[$0 - tile.rows.lowerBound] == columns[j][$0] }
          }
          #expect(agrees, "tile \(t)", sourceLocation: sourceLocation)
        }
      }
    }
    expectSame()

    // The last two anew, from what stands before them.
    let others = (0..<2).map { KernelSamples.numbers(rows, "replacement \($0)") }
    for threads in [1, 2] {
      design.rewriteColumns(from: 3, workers: WorkerPool(threads: threads)) { _, tile, room in
        for (index, other) in others.enumerated() {
          for (place, row) in tile.rows.enumerated() {
            room[index * tile.count + place] = other[row] - tile.column(2)[place]
          }
          UnitPrecision.float32.round(room + index * tile.count, count: tile.count)
        }
      }
      for (index, other) in others.enumerated() {
        columns[3 + index] = Self.nearest(zip(other, columns[2]).map { $0 - $1 })
      }
      expectSame()
    }

    design.removeColumns(after: 3)
    columns.removeLast(2)
    expectSame()
  }

  /// A copy keeps what it had.
  @Test func isAValue() throws {
    let (inputs, _) = try Self.encoded(rows: 600)
    var design = DesignMatrix(inputs: inputs, unitPrecision: .float32)
    design.append(KernelSamples.numbers(600, "first"))
    let copy = design
    let before = copy.column(2)
    design.rewriteColumns(from: 2, workers: WorkerPool(threads: 1)) { _, tile, room in
      room.update(repeating: 0.5, count: tile.count)
    }
    #expect(copy.column(2) == before)
    #expect(design.column(2).allSatisfy { $0 == 0.5 })
  }
}
