internal import CKernels
internal import CambiumCore

/// The column of a unit that is to be installed, and what it adds to the normal equations: found in one pass over the samples,
/// however many there are.
struct StreamedColumn {
  /// Its values, standardised and not clipped, of the tiles in which columns of units are kept; nil where there are none.
  let values: [Double]?
  /// ΦᵀVg.
  let cross: [Double]
  /// gᵀVg.
  let square: Double
  /// gᵀVY.
  let pulls: [Double]
  /// What its responses are to be clipped to; nil where one of them is not finite.
  let range: ClosedRange<Double>?

  init(of unit: Network.Unit, over design: DesignMatrix, _ data: Dataset, workers: WorkerPool) {
    let (p, m) = (design.columnCount, data.outputCount)
    var tileRanges = [ResponseRange](repeating: ResponseRange(), count: design.tileCount)
    let found: (sums: [Double], values: [Double]?) = tileRanges.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let ranges = buffer
      func add(
        _ tile: DesignMatrix.Tile, _ sums: UnsafeMutablePointer<Double>,
        _ column: UnsafeMutablePointer<Double>
      ) {
        unit.preactivate(rows: tile.count, sources: tile.base, into: column)
        cambium_values(unit.activation.function, tile.count, column, column)
        ranges[tile.rows.lowerBound / DesignMatrix.tileRows].include(column, count: tile.count)
        cambium_standardise(tile.count, column, unit.offset, unit.scale, column)
        design.unitPrecision.round(column, count: tile.count)
        tile.withWeighted(column, by: data.weights) { weighted in
          for j in 0..<p { sums[j] += cambium_dot(tile.count, weighted, tile.column(j)) }
          sums[p] += cambium_dot(tile.count, weighted, column)
          tile.withRows(of: data.targets) { targets in
            for o in 0..<m {
              sums[p + 1 + o] += cambium_dot(tile.count, weighted, targets + o * data.targets.rows)
            }
          }
        }
      }
      if design.keepsSomeOfUnits {
        let (sums, values) = design.sum(
          p + 1 + m, with: 0.0, ofOwnTilesAlone: !design.keepsUnits, workers: workers, add)
        return (sums, values)
      }
      let sums = design.sum(p + 1 + m, workers: workers) { tile, sums in
        withUnsafeTemporaryAllocation(of: Double.self, capacity: tile.count) { column in
          column.baseAddress.map { add(tile, sums, $0) }
        }
      }
      return (sums, nil)
    }
    (cross, square, pulls) = (Array(found.sums[..<p]), found.sums[p], Array(found.sums[(p + 1)...]))
    values = found.values
    let all = ResponseRange(of: tileRanges, on: workers)
    range = all.isFinite && found.sums.allSatisfy(\.isFinite) ? Network.widened([all.low, all.high]) : nil
  }
}

/// The least and the largest of responses, and whether all are finite.
struct ResponseRange {
  private(set) var low = Double.infinity
  private(set) var high = -Double.infinity
  private(set) var isFinite = true

  init() {}

  /// That of all tiles, of which each process of a team knows its own.
  init(of tiles: some Sequence<ResponseRange>, on workers: WorkerPool) {
    for tile in tiles { include(tile) }
    guard let team = workers.presentTeam else { return }
    let least = team.minimum([low, -high, isFinite ? 1 : 0])
    (low, high, isFinite) = (least[0], -least[1], least[2] == 1)
  }

  mutating func include(_ value: Double) {
    low = min(low, value)
    high = max(high, value)
    isFinite = isFinite && value.isFinite
  }

  /// Includes all of a column.
  mutating func include(_ column: UnsafePointer<Double>, count: Int) {
    for i in 0..<count { include(column[i]) }
  }

  mutating func include(_ other: ResponseRange) {
    low = min(low, other.low)
    high = max(high, other.high)
    isFinite = isFinite && other.isFinite
  }
}
