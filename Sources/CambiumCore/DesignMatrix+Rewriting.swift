extension DesignMatrix {
  /// Replaces the columns from `first` on by what `body` writes, tile by tile, on any thread; it is lent the tile's number,
  /// the tile, whose columns before `first` are as they were, and the place to write to, which is that of column `first` in
  /// the tile. `body` rounds the columns of units as they are to be (`unitPrecision`). Where the columns of units are
  /// not kept `first` is that of the first unit, the processes of a team share the tiles, and nothing of it stays but in tiles
  /// in which they are kept.
  public mutating func rewriteColumns(
    from first: Int, workers: WorkerPool, _ body: (Int, Tile, UnsafeMutablePointer<Double>) -> Void
  ) {
    precondition(keepsUnits || kept(first) == 0, "all units")
    let pool = rowCount * columnCount >= Self.leastSharedWork ? workers : nil
    guard let inputs else { return rewriteMatrix(from: first, workers: pool, body) }
    let (count, place, encodedCount) = (columnCount, kept(first), encodedCount)
    let rows = tiles.indices.map(rows(ofTile:))
    /// Rewrites the columns behind a tile's inputs: `before` writes what is kept of them, `after` takes what they are then.
    func rewrite(
      _ t: Int, before: (UnsafeMutablePointer<Double>) -> Void, after: (UnsafeMutablePointer<Double>) -> Void
    ) {
      let size = rows[t].count
      withUnsafeTemporaryAllocation(of: Double.self, capacity: size * count) { scratch in
        guard let base = scratch.baseAddress else { return }
        inputs.fill(rows[t], into: base)
        before(base + encodedCount * size)
        body(t, Tile(rows: rows[t], base: base), base + first * size)
        after(base + encodedCount * size)
      }
    }
    func forEach(_ tiles: Range<Int>, _ rewrite: (Int) -> Void) {
      guard let pool else { return tiles.forEach(rewrite) }
      pool.forEach(tiles.count) { rewrite(tiles.lowerBound + $0) }
    }
    if !keepsSomeOfUnits {
      let shared = workers.presentTeam.map(ownTiles(of:)) ?? tiles.indices
      return forEach(shared) { rewrite($0, before: { _ in }, after: { _ in }) }
    }
    if rounded != nil {
      rounded?.rewrite(workers: pool) { tiles, lend, keep in
        for t in tiles { rewrite(t, before: { lend(t, 0..<place, $0) }, after: { keep(t, $0) }) }
      }
      return
    }
    tiles.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let tiles = buffer
      forEach(tiles.indices) { t in
        tiles[t].withUnsafeMutableBufferPointer { kept in
          guard let own = kept.baseAddress else { return }
          rewrite(
            t, before: { $0.update(from: own, count: place * rows[t].count) },
            after: { own.update(from: $0, count: kept.count) })
        }
      }
    }
  }

  /// The same of a matrix, in place.
  private mutating func rewriteMatrix(
    from first: Int, workers: WorkerPool?, _ body: (Int, Tile, UnsafeMutablePointer<Double>) -> Void
  ) {
    let rows = tiles.indices.map(rows(ofTile:))
    tiles.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let tiles = buffer
      func rewrite(_ t: Int) {
        tiles[t].withUnsafeMutableBufferPointer { kept in
          guard let own = kept.baseAddress else { return }
          body(t, Tile(rows: rows[t], base: own), own + first * rows[t].count)
        }
      }
      if let workers { workers.forEach(tiles.count, rewrite) } else { tiles.indices.forEach(rewrite) }
    }
  }
}
