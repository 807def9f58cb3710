extension DesignMatrix {
  /// The sum over all tiles of `size` numbers that `body` adds a tile's part to, in at most `largestShardCount` parts, each
  /// of which takes memory of its own. `used`: see ``TileSums``.
  public func sum(
    _ size: Int, used: [Range<Int>]? = nil, largestShardCount: Int = TileSums.largestShardCount,
    workers: WorkerPool, _ body: (Tile, UnsafeMutablePointer<Double>) -> Void
  ) -> [Double] {
    let sums = TileSums(tileCount: tileCount, size: size, largestShardCount: largestShardCount)
    return sums.run(on: rowCount * size < Self.leastSharedWork ? nil : workers, used: used) { tile, sums in
      withTile(tile) { body($0, sums) }
    }
  }

  /// The same, and for each row what `body` writes for it, `Value`s from the first row on: those of all rows, on each process of
  /// a team as well, but where each needs those of its own tiles alone. The processes share the rows, however few there are.
  package func sum<Value: BitwiseCopyable>(
    _ size: Int, with initial: Value, ofOwnTilesAlone: Bool = false, workers: WorkerPool,
    _ body: (Tile, UnsafeMutablePointer<Double>, UnsafeMutablePointer<Value>) -> Void
  ) -> (sums: [Double], values: [Value]) {
    let tileSums = TileSums(tileCount: tileCount, size: size)
    var values = [Value](repeating: initial, count: rowCount)
    let sums = values.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let values = buffer.baseAddress
      return tileSums.run(on: workers) { tile, sums in
        withTile(tile) { tile in values.map { body(tile, sums, $0 + tile.rows.lowerBound) } }
      }
    }
    if !ofOwnTilesAlone, let team = workers.presentTeam {
      team.complete(&values) { rank in
        let tiles = tileSums.tiles(of: team, for: rank)
        return min(
          tiles.lowerBound * Self.tileRows, rowCount)..<min(tiles.upperBound * Self.tileRows, rowCount)
      }
    }
    return (sums, values)
  }
}
