/// Φ, the N × p matrix that everything is trained on: a column of ones, the inputs, and one column for each
/// installed unit.
///
/// Rows are kept in tiles of a fixed size, column after column within a tile. All that looks at rows is a sum
/// over tiles (``sum(_:workers:_:)``): partial sums of a fixed number of shards are added in a fixed order, so
/// the number of threads changes no bit. Appending a column costs O(N).
///
/// Inputs of large tables (``Features``) are not copied: a tile of them is encoded whenever it is lent. Behind such inputs
/// the columns of units need not be kept either, or only those of the tiles whose sums a process of a team finds: they are then
/// computed anew whenever another tile is lent, and the matrix takes no memory in proportion to N.
///
/// Of large data the columns of units are rounded to float32 (``UnitPrecision``), wherever they are kept or computed: kept behind
/// encoded inputs, which are float32 as well, they take half the memory. An error of 6·10⁻⁸ of a response is far below what
/// its weight is known by. All sums remain float64.
public struct DesignMatrix: Sendable {
  /// Rows in each tile but the last.
  public static let tileRows = 512
  /// Below this many multiplications, waking other threads costs more than it saves.
  static let leastSharedWork = 500_000

  /// N, the number of rows.
  public let rowCount: Int
  /// p, the number of columns.
  public private(set) var columnCount: Int
  /// Inputs that are encoded anew, behind the column of ones; nil where all columns are kept.
  let inputs: Features?
  /// The kept columns of each tile; those of units only where they are not rounded behind encoded inputs.
  var tiles: [[Double]]
  /// What the values of units' columns are rounded to.
  package let unitPrecision: UnitPrecision
  /// The columns of units behind encoded inputs, where they are rounded.
  var rounded: RoundedColumns?
  /// Whether the columns of units are kept.
  public let keepsUnits: Bool
  /// Units behind the inputs whose columns are not kept, in order.
  private var computed: [Network.Unit] = []

  /// The matrix [1, features].
  public init(features: Matrix) { self.init(inputs: Features(features)) }

  /// The matrix [1, inputs]. What units append to inputs that are kept is kept in any case.
  ///
  /// - Parameters:
  ///   - keepsUnits: Whether the columns of units are kept behind inputs that are not. Where they are not, they are rounded.
  ///   - unitPrecision: What the columns of units are rounded to.
  ///   - team: Processes each of which keeps the columns of units in the tiles whose sums it finds, where those of all tiles
  ///     are not kept.
  package init(
    inputs: Features, keepsUnits: Bool = true, unitPrecision: UnitPrecision = .float64,
    of team: (any Team)? = nil, workers: WorkerPool? = nil
  ) {
    let unitPrecision = keepsUnits ? unitPrecision : .float32
    guard inputs.areToBeKept else {
      self.init(
        rowCount: inputs.rowCount, inputs: inputs, keepsUnits: keepsUnits, unitPrecision: unitPrecision)
      columnCount = 1 + inputs.columnCount
      if unitPrecision == .float32 {
        let own = keepsUnits ? tiles.indices : team.map(ownTiles(of:)) ?? 0..<0
        rounded = RoundedColumns(tiles: own, rowCount: rowCount)
      }
      return
    }
    self.init(rowCount: inputs.rowCount, inputs: nil, keepsUnits: true, unitPrecision: unitPrecision)
    columnCount = 1 + inputs.columnCount
    let (rows, count) = (tiles.indices.map(rows(ofTile:)), columnCount)
    tiles.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let tiles = buffer
      func fill(_ t: Int) {
        tiles[t] = [Double](unsafeUninitializedCapacity: rows[t].count * count) { buffer, written in
          if let base = buffer.baseAddress { inputs.fill(rows[t], into: base) }
          written = rows[t].count * count
        }
      }
      if let workers { workers.forEach(tiles.count, fill) } else { tiles.indices.forEach(fill) }
    }
  }

  /// A matrix of `rowCount` rows and no columns.
  public init(rowCount: Int) {
    self.init(rowCount: rowCount, inputs: nil, keepsUnits: true, unitPrecision: .float64)
  }

  private init(rowCount: Int, inputs: Features?, keepsUnits: Bool, unitPrecision: UnitPrecision) {
    self.rowCount = rowCount
    self.keepsUnits = keepsUnits
    self.unitPrecision = unitPrecision
    self.inputs = inputs
    columnCount = 0
    tiles = Array(repeating: [], count: (rowCount + Self.tileRows - 1) / Self.tileRows)
  }

  /// Whether the inputs are kept.
  package var keepsInputs: Bool { inputs == nil }

  /// How many leading columns are encoded anew.
  var encodedCount: Int { inputs.map { 1 + $0.columnCount } ?? 0 }

  /// The tiles whose sums a process of a team finds.
  func ownTiles(of team: any Team) -> Range<Int> {
    TileSums(tileCount: tileCount, size: 1).tiles(of: team, for: team.rank)
  }

  /// Whether the columns of units are kept in any tile.
  package var keepsSomeOfUnits: Bool { keepsUnits || rounded?.tiles.isEmpty == false }

  /// Appends the column of a unit, which reads columns that are there: `values` where it is known, or known for the tiles in
  /// which it is kept.
  package mutating func append(_ unit: Network.Unit, values: [Double]? = nil, workers: WorkerPool?) {
    guard !keepsUnits else { return append(values ?? unit.column(over: self, workers: workers)) }
    if keepsSomeOfUnits {
      let values = values ?? unit.column(over: self, workers: workers)
      rounded?.append(values)
    }
    computed.append(unit)
    columnCount += 1
  }

  /// Puts other units in the place of those whose columns are not kept; where some of them are, those were written before.
  package mutating func replaceComputed(by units: [Network.Unit]) {
    precondition(!keepsUnits && units.count == computed.count, "a unit for each column")
    computed = units
  }

  /// Appends a column of `rowCount` values.
  public mutating func append(_ column: [Double]) {
    precondition(keepsUnits, "a unit, and not its column")
    precondition(column.count == rowCount, "a column has one value for each row")
    columnCount += 1
    if rounded != nil {
      rounded?.append(column)
    } else {
      for t in tiles.indices { append(column[rows(ofTile: t)], toTile: t) }
    }
  }

  /// Appends a column's part to a tile, which grows by few columns at a time: twice the room, as arrays take, would be most of the
  /// memory of a growing network.
  private mutating func append(_ values: ArraySlice<Double>, toTile t: Int) {
    let count = tiles[t].count + values.count
    if tiles[t].capacity < count { tiles[t].reserveCapacity(count + max(count / 32, 3 * values.count)) }
    tiles[t].append(contentsOf: values)
  }

  /// Keeps the first `count` columns.
  public mutating func removeColumns(after count: Int) {
    precondition(count >= encodedCount, "inputs stay")
    if rounded != nil {
      if keepsSomeOfUnits { rounded?.removeLast(columnCount - count) }
    } else {
      for t in tiles.indices { tiles[t].removeLast((columnCount - count) * rows(ofTile: t).count) }
    }
    if !keepsUnits { computed.removeLast(columnCount - count) }
    columnCount = count
  }

  /// The place of column `j` among those that are kept.
  func kept(_ j: Int) -> Int {
    precondition(j >= encodedCount, "a column that is kept")
    return j - encodedCount
  }

  /// Column `j`, copied.
  public func column(_ j: Int) -> [Double] {
    if let inputs, j < encodedCount {
      return j == 0 ? [Double](repeating: 1, count: rowCount) : inputs.column(j - 1)
    }
    guard keepsUnits else {
      return columnValues(reading: [j], workers: nil) { $1.update(from: $0.column(j), count: $0.count) }
    }
    let place = kept(j)
    return [Double](unsafeUninitializedCapacity: rowCount) { buffer, written in
      for t in tiles.indices {
        buffer.baseAddress.map { copyKept(place..<place + 1, ofTile: t, to: $0 + rows(ofTile: t).lowerBound) }
      }
      written = rowCount
    }
  }

  /// Column `j` of the given rows, in the given order. O(rows picked).
  public func column(_ j: Int, rows picked: [Int]) -> [Double] {
    if let inputs, j < encodedCount {
      return j == 0 ? [Double](repeating: 1, count: picked.count) : inputs.column(j - 1, rows: picked)
    }
    guard keepsUnits else { return selectingRows(picked).column(j) }
    let place = kept(j)
    if let rounded { return picked.map { rounded[row: $0, column: place] } }
    return picked.map { row in
      let tile = row / Self.tileRows
      return tiles[tile][place * rows(ofTile: tile).count + row - tile * Self.tileRows]
    }
  }

  /// Writes columns that are kept, by their places, one after another.
  private func copyKept(_ places: Range<Int>, ofTile t: Int, to base: UnsafeMutablePointer<Double>) {
    if let rounded { return rounded.copy(tile: t, columns: places, to: base) }
    let size = rows(ofTile: t).count
    tiles[t].withUnsafeBufferPointer { kept in
      kept.baseAddress.map {
        base.update(from: $0 + places.lowerBound * size, count: places.count * size)
      }
    }
  }

  /// How far apart the two values of column `j` lie; nil where it has fewer or more than two. O(N), and of most
  /// columns only the first rows are read.
  public func gapOfTwoValues(inColumn j: Int) -> Double? {
    var low = Double.infinity
    var high = -Double.infinity
    for t in tiles.indices {
      for value in column(j, rows: Array(rows(ofTile: t))) where value != low && value != high {
        guard low == .infinity || low == high else { return nil }
        low = min(low, value)
        high = max(high, value)
      }
    }
    return low < high ? high - low : nil
  }

  /// The given rows, in the given order. O(p · rows picked), however many rows there are.
  ///
  /// - Parameter picked: Those rows of the inputs, where they are at hand.
  public func selectingRows(
    _ indices: [Int], inputs picked: Features? = nil, workers: WorkerPool? = nil
  ) -> DesignMatrix {
    var selected =
      inputs.map {
        DesignMatrix(inputs: picked ?? $0.selecting(indices, workers: workers), workers: workers)
      }
      ?? DesignMatrix(rowCount: indices.count)
    for unit in computed {
      var values = unit.column(over: selected, workers: workers)
      values.withUnsafeMutableBufferPointer { values in
        values.baseAddress.map { unitPrecision.round($0, count: values.count) }
      }
      selected.append(values)
    }
    let missing = selected.columnCount..<columnCount
    guard !missing.isEmpty else { return selected }
    selected.columnCount = columnCount
    let rows = selected.tiles.indices.map(selected.rows(ofTile:))
    selected.tiles.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let tiles = buffer
      func gather(_ t: Int) {
        let values = gathered(indices[rows[t]], missing)
        guard !tiles[t].isEmpty else { return tiles[t] = values }
        tiles[t].reserveCapacity(tiles[t].count + values.count)
        tiles[t] += values
      }
      if let workers { workers.forEach(tiles.count, gather) } else { tiles.indices.forEach(gather) }
    }
    return selected
  }

  /// Some columns that are kept, of the given rows, column after column.
  private func gathered(_ picked: ArraySlice<Int>, _ columns: Range<Int>) -> [Double] {
    if let rounded {
      return columns.flatMap { j in picked.map { rounded[row: $0, column: kept(j)] } }
    }
    return [Double](unsafeUninitializedCapacity: picked.count * columns.count) { buffer, written in
      for run in runsOfOneTile(picked) {
        let tile = picked[run.lowerBound] / Self.tileRows
        let rows = rows(ofTile: tile)
        tiles[tile].withUnsafeBufferPointer { tile in
          for (place, j) in columns.enumerated() {
            let from = kept(j) * rows.count - rows.lowerBound
            let to = place * picked.count - picked.startIndex
            for index in run { buffer[to + index] = tile[from + picked[index]] }
          }
        }
      }
      written = picked.count * columns.count
    }
  }

  /// Where rows that follow on one another lie in one tile.
  private func runsOfOneTile(_ indices: ArraySlice<Int>) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var start = indices.startIndex
    for place in indices.indices.dropFirst() + [indices.endIndex]
    where place == indices.endIndex || indices[place] / Self.tileRows != indices[start] / Self.tileRows {
      runs.append(start..<place)
      start = place
    }
    return runs.filter { !$0.isEmpty }
  }

  /// How many tiles there are.
  public var tileCount: Int { tiles.count }

  /// The rows of tile `t`.
  public func rows(ofTile t: Int) -> Range<Int> {
    t * Self.tileRows..<min((t + 1) * Self.tileRows, rowCount)
  }

  /// Some rows of the matrix, in memory.
  public struct Tile {
    /// Which rows these are.
    public let rows: Range<Int>
    /// The first value: entry (i, j) is `base[i + j * count]`.
    public let base: UnsafePointer<Double>
    /// The number of rows, and the distance from a column to the next.
    public var count: Int { rows.count }
    /// Column `j`.
    public func column(_ j: Int) -> UnsafePointer<Double> { base + j * rows.count }
  }

  /// Lends tile `t` to `body`, which reads no other than the given columns, or all.
  public func withTile<Result>(_ t: Int, columns read: Set<Int>? = nil, _ body: (Tile) -> Result) -> Result {
    let rows = rows(ofTile: t)
    let read = read.map(withSources)
    return tiles[t].withUnsafeBufferPointer { buffer in
      guard let inputs else {
        guard let base = buffer.baseAddress else {
          return withUnsafePointer(to: 0) { body(Tile(rows: rows, base: $0)) }
        }
        return body(Tile(rows: rows, base: base))
      }
      return withUnsafeTemporaryAllocation(of: Double.self, capacity: rows.count * columnCount) { scratch in
        guard let base = scratch.baseAddress else { preconditionFailure("a tile has rows") }
        inputs.fill(rows, into: base, columns: read)
        if keepsUnits || rounded?.tiles.contains(t) == true {
          copyKept(0..<columnCount - encodedCount, ofTile: t, to: base + encodedCount * rows.count)
        } else {
          compute(rows.count, base, columns: read)
        }
        return body(Tile(rows: rows, base: base))
      }
    }
  }

  /// The columns, and what those among them that are not kept read.
  private func withSources(_ read: Set<Int>) -> Set<Int> {
    var all = read
    for place in computed.indices.reversed() where all.contains(encodedCount + place) {
      for connection in computed[place].connections { all.insert(connection.source) }
    }
    return all
  }

  /// Writes the columns that are not kept behind those of the inputs.
  private func compute(_ rows: Int, _ base: UnsafeMutablePointer<Double>, columns read: Set<Int>?) {
    for (place, unit) in computed.enumerated() where read?.contains(encodedCount + place) ?? true {
      let column = base + (encodedCount + place) * rows
      unit.respond(rows: rows, sources: base, into: column)
      unitPrecision.round(column, count: rows)
    }
  }

  /// N values that `body`, which reads the given columns alone, writes tile by tile.
  package func columnValues(
    reading read: Set<Int>, workers: WorkerPool?, _ body: (Tile, UnsafeMutablePointer<Double>) -> Void
  ) -> [Double] {
    [Double](unsafeUninitializedCapacity: rowCount) { buffer, written in
      if let base = buffer.baseAddress {
        nonisolated(unsafe) let base = base
        base.initialize(repeating: 0, count: rowCount)
        forEachTile(workers: workers, columns: read) { body($0, base + $0.rows.lowerBound) }
      }
      written = rowCount
    }
  }

  /// Calls `body`, which reads no other than the given columns, once for each tile, on any thread.
  public func forEachTile(workers: WorkerPool?, columns read: Set<Int>? = nil, _ body: (Tile) -> Void) {
    guard let workers, rowCount * columnCount >= Self.leastSharedWork else {
      for t in 0..<tileCount { withTile(t, columns: read, body) }
      return
    }
    workers.forEach(tileCount) { withTile($0, columns: read, body) }
  }
}

extension Features {
  /// Writes the leading columns of Φ for some rows: ones and, of the inputs, those that are read.
  func fill(
    _ rows: Range<Int>, into base: UnsafeMutablePointer<Double>, columns read: Set<Int>? = nil
  ) {
    base.initialize(repeating: 1, count: rows.count)
    copy(rows, to: base + rows.count, stride: rows.count) { read?.contains(1 + $0) ?? true }
  }
}
