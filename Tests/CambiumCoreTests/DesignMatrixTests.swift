import CambiumCore
import Testing

/// The tiled matrix against a plain one.
@Suite struct DesignMatrixTests {
  static let rowCounts = [1, 511, 512, 513, 1025]

  private static func expect(
    _ design: DesignMatrix, holds columns: [[Double]], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(design.columnCount == columns.count, sourceLocation: sourceLocation)
    for (j, column) in columns.enumerated() {
      #expect(design.column(j) == column, "column \(j)", sourceLocation: sourceLocation)
    }
    var seen: [Int] = []
    for t in 0..<design.tileCount {
      design.withTile(t) { tile in
        seen += tile.rows
        let agrees = columns.indices.allSatisfy { j in
          tile.rows.allSatisfy { tile.column(j)[$0 - tile.rows.lowerBound] == columns[j][$0] }
        }
        #expect(agrees, "tile \(t)", sourceLocation: sourceLocation)
      }
    }
    #expect(seen == Array(0..<design.rowCount), sourceLocation: sourceLocation)
  }

  @Test(arguments: rowCounts)
  func holdsWhatAPlainMatrixHolds(rows: Int) {
    let features = KernelSamples.matrix(rows, 3, "features")
    var columns = [[Double](repeating: 1, count: rows)] + (0..<3).map { features.column($0) }
    var design = DesignMatrix(features: features)
    Self.expect(design, holds: columns)

    for index in 0..<2 {
      columns.append(KernelSamples.numbers(rows, "appended \(index)"))
      design.append(columns[columns.count - 1])
    }
    Self.expect(design, holds: columns)

    let others = (0..<2).map { KernelSamples.numbers(rows, "replacement \($0)") }
    design.rewriteColumns(from: 4, workers: WorkerPool(threads: 2)) { t, tile, room in
      #expect(tile.rows.lowerBound == t * DesignMatrix.tileRows)
      for (index, other) in others.enumerated() {
        for (place, row) in tile.rows.enumerated() {
          room[index * tile.count + place] = other[row] - tile.column(2)[place]
        }
      }
    }
    for (index, other) in others.enumerated() { columns[4 + index] = zip(other, columns[2]).map { $0 - $1 } }
    Self.expect(design, holds: columns)

    let picked = [rows - 1, 0, rows / 2, 0]
    Self.expect(design.selectingRows(picked), holds: columns.map { column in picked.map { column[$0] } })

    design.removeColumns(after: 6)
    Self.expect(design, holds: columns)
    design.removeColumns(after: 2)
    Self.expect(design, holds: Array(columns.prefix(2)))
    design.append(columns[4])
    Self.expect(design, holds: [columns[0], columns[1], columns[4]])
  }

  @Test(arguments: rowCounts)
  func gapsAreThoseOfColumnsWithTwoValues(rows: Int) {
    var features = Matrix(rows: rows, columns: 3)
    for i in 0..<rows {
      features[i, 0] = i == rows - 1 ? -0.5 : 2
      features[i, 1] = Double(min(i, 2))
      features[i, 2] = 7
    }
    let design = DesignMatrix(features: features)
    #expect(design.gapOfTwoValues(inColumn: 0) == nil, "the constant")
    #expect(design.gapOfTwoValues(inColumn: 1) == (rows > 1 ? 2.5 : nil))
    #expect(design.gapOfTwoValues(inColumn: 2) == nil, "one value, or three")
    #expect(design.gapOfTwoValues(inColumn: 3) == nil)
  }

  @Test func hasNoTilesWithoutRows() {
    let design = DesignMatrix(features: Matrix(rows: 0, columns: 2))
    #expect(design.tileCount == 0 && design.columnCount == 3 && design.column(1).isEmpty)
    #expect(design.sum(2, workers: WorkerPool(threads: 1)) { _, sums in sums[0] += 1 } == [0, 0])
  }

  /// 500 sums: enough for the threads to share them.
  @Test(arguments: rowCounts + [20_000])
  func sumsAreNaiveOnesAndTheSameBitsForEveryThreadCount(rows: Int) {
    let size = 500
    let column = KernelSamples.numbers(rows, "column")
    var design = DesignMatrix(rowCount: rows)
    design.append(column)
    let wanted = (0..<size).map { k in column.reduce(0) { $0 + $1 * Double(k) } }
    let results = [1, 2, 4].map { threads in
      design.sum(size, workers: WorkerPool(threads: threads)) { tile, sums in
        for k in 0..<size { for i in 0..<tile.count { sums[k] += tile.base[i] * Double(k) } }
      }
    }
    #expect(isClose(results[0], wanted, 1e-10))
    for result in results { #expect(result.map(\.bitPattern) == results[0].map(\.bitPattern)) }
  }

  @Test(arguments: [1, 2, 4])
  func everyTileIsVisitedOnce(threads: Int) {
    // Enough entries for the threads to share them.
    var design = DesignMatrix(rowCount: 30_000)
    for _ in 0..<20 { design.append([Double](repeating: 1, count: 30_000)) }
    var visits = [Int](repeating: 0, count: design.tileCount)
    visits.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let visits = buffer
      design.forEachTile(workers: WorkerPool(threads: threads)) { tile in
        visits[tile.rows.lowerBound / DesignMatrix.tileRows] += 1
      }
    }
    #expect(visits.allSatisfy { $0 == 1 })
  }
}
