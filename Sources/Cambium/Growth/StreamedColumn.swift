internal import CKernels
internal import CambiumCore

/// The column of a unit that is to be installed, and what it adds to the normal equations: found in one pass over the samples,
/// however many there are.
struct StreamedColumn {
  /// Its values, standardised and not clipped; empty where the columns of units are not kept.
  let values: [Double]
  /// ΦᵀVg.
  let cross: [Double]
  /// gᵀVg.
  let square: Double
  /// gᵀVY.
  let pulls: [Double]
  /// What its responses are to be clipped to; nil where one of them is not finite.
  let range: ClosedRange<Double>?

  init(of unit: Network.Unit, over design: DesignMatrix, _ data: Dataset, workers: WorkerPool) {
    let p = design.columnCount
    let m = data.outputCount
    var tileRanges = [ResponseRange](repeating: ResponseRange(), count: design.tileCount)
    var sums: [Double] = []
    values = [Double](unsafeUninitializedCapacity: design.keepsUnits ? design.rowCount : 0) { buffer, written in
      nonisolated(unsafe) let kept = buffer.baseAddress
      tileRanges.withUnsafeMutableBufferPointer { ranges in
        nonisolated(unsafe) let ranges = ranges
        sums = design.sum(p + 1 + m, workers: workers) { tile, sums in
          withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * tile.count) { scratch in
            guard let column = scratch.baseAddress else { return }
            let weighted = column + tile.count
            unit.preactivate(rows: tile.count, sources: tile.base, into: column)
            cambium_values(unit.activation.function, tile.count, column, column)
            ranges[tile.rows.lowerBound / DesignMatrix.tileRows].include(column, count: tile.count)
            cambium_standardise(tile.count, column, unit.offset, unit.scale, column)
            if design.keepsUnits {
              kept.map { ($0 + tile.rows.lowerBound).initialize(from: column, count: tile.count) }
            }
            weighted.initialize(from: column, count: tile.count)
            tile.withWeights(data.weights) {
              $0.map { cambium_multiply(tile.count, weighted, $0, weighted) }
            }
            for j in 0..<p { sums[j] += cambium_dot(tile.count, weighted, tile.column(j)) }
            sums[p] += cambium_dot(tile.count, weighted, column)
            tile.withRows(of: data.targets) { targets in
              for o in 0..<m {
                sums[p + 1 + o] += cambium_dot(tile.count, weighted, targets + o * data.targets.rows)
              }
            }
          }
        }
      }
      written = design.keepsUnits ? design.rowCount : 0
    }
    (cross, square, pulls) = (Array(sums[..<p]), sums[p], Array(sums[(p + 1)...]))
    var all = ResponseRange()
    for range in tileRanges { all.include(range) }
    range = all.isFinite && sums.allSatisfy(\.isFinite) ? Network.widened([all.low, all.high]) : nil
  }
}

/// The least and the largest of responses, and whether all are finite.
struct ResponseRange {
  private(set) var low = Double.infinity
  private(set) var high = -Double.infinity
  private(set) var isFinite = true

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
