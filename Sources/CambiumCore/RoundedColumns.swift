/// Columns of Φ in float32, of some of its tiles: units' responses of large data, which would else be most of the memory that
/// growth takes.
///
/// They lie in blocks of tiles, an array for each column of a block, so that a column more moves none, and blocks may be written
/// to on several threads.
struct RoundedColumns: Sendable {
  /// Tiles in each block but the last.
  private static let blockTiles = 16

  /// The tiles whose rows are kept.
  let tiles: Range<Int>
  /// The number of all rows of Φ.
  private let rowCount: Int
  /// For each block the columns, one after another.
  private var blocks: [[[Float]]]

  init(tiles: Range<Int>, rowCount: Int) {
    self.tiles = tiles
    self.rowCount = rowCount
    blocks = Array(repeating: [], count: (tiles.count + Self.blockTiles - 1) / Self.blockTiles)
  }

  /// The tiles of each block.
  var blockRanges: [Range<Int>] {
    blocks.indices.map { block in
      let first = tiles.lowerBound + block * Self.blockTiles
      return first..<min(first + Self.blockTiles, tiles.upperBound)
    }
  }

  private func rows(ofTiles tiles: Range<Int>) -> Range<Int> {
    tiles.lowerBound * DesignMatrix.tileRows..<min(tiles.upperBound * DesignMatrix.tileRows, rowCount)
  }

  /// Appends a column, given for all rows of Φ.
  mutating func append(_ column: [Double]) {
    for (block, tiles) in blockRanges.enumerated() {
      blocks[block].append(column[rows(ofTiles: tiles)].map { Float($0) })
    }
  }

  mutating func removeLast(_ count: Int) {
    for block in blocks.indices { blocks[block].removeLast(count) }
  }

  /// Where the values of a tile lie in the arrays of its block.
  private func place(ofTile tile: Int) -> (block: Int, values: Range<Int>) {
    let block = (tile - tiles.lowerBound) / Self.blockTiles
    let rows = rows(ofTiles: tile..<tile + 1)
    let first = (tiles.lowerBound + block * Self.blockTiles) * DesignMatrix.tileRows
    return (block, rows.lowerBound - first..<rows.upperBound - first)
  }

  /// Writes the columns of a tile one after another.
  func copy(tile: Int, columns: Range<Int>, to base: UnsafeMutablePointer<Double>) {
    let (block, values) = place(ofTile: tile)
    Self.widen(blocks[block][columns], values, to: base)
  }

  /// The value of a column in a row.
  subscript(row row: Int, column column: Int) -> Double {
    let (block, values) = place(ofTile: row / DesignMatrix.tileRows)
    return Double(blocks[block][column][values.lowerBound + row % DesignMatrix.tileRows])
  }

  /// Calls `body` once for each block, on any thread, with the block's tiles, with what writes columns of one of them to a place,
  /// and with what takes the values of all of its columns from one.
  mutating func rewrite(
    workers: WorkerPool?,
    _ body: (
      _ tiles: Range<Int>, _ lend: (_ tile: Int, _ columns: Range<Int>, UnsafeMutablePointer<Double>) -> Void,
      _ keep: (_ tile: Int, UnsafePointer<Double>) -> Void
    ) -> Void
  ) {
    let (ranges, places) = (blockRanges, tiles.map { place(ofTile: $0).values })
    let first = tiles.lowerBound
    blocks.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let blocks = buffer
      func rewrite(_ block: Int) {
        body(ranges[block]) { tile, columns, base in
          Self.widen(blocks[block][columns], places[tile - first], to: base)
        } _: { tile, values in
          let place = places[tile - first]
          for column in blocks[block].indices {
            let from = values + column * place.count
            blocks[block][column].withUnsafeMutableBufferPointer { kept in
              for i in 0..<place.count { kept[place.lowerBound + i] = Float(from[i]) }
            }
          }
        }
      }
      if let workers { workers.forEach(ranges.count, rewrite) } else { ranges.indices.forEach(rewrite) }
    }
  }

  /// Writes parts of columns one after another.
  private static func widen(
    _ columns: ArraySlice<[Float]>, _ values: Range<Int>, to base: UnsafeMutablePointer<Double>
  ) {
    for (place, column) in columns.enumerated() {
      column.withUnsafeBufferPointer { kept in
        let to = base + place * values.count
        for i in 0..<values.count { to[i] = Double(kept[values.lowerBound + i]) }
      }
    }
  }
}

/// What the columns of units in Φ are rounded to.
package enum UnitPrecision: Sendable {
  case float32
  case float64

  /// Rounds a unit's values as its column is.
  package func round(_ values: UnsafeMutablePointer<Double>, count: Int) {
    guard self == .float32 else { return }
    for i in 0..<count { values[i] = Double(Float(values[i])) }
  }
}
