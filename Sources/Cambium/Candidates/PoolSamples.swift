internal import CKernels
internal import CambiumCore

/// The samples that a pool is trained on, in the precision that it is trained in: the columns of Φ that it reads, the
/// residual centred and of mean square 1, and the samples' weights, of mean 1.
///
/// Rows stand in tiles of ``DesignMatrix/tileRows`` rows; in each, column after column, `stride` values apart. Rows
/// past the last sample are 0. The memory is that of N × (sources + outputs) values.
final class PoolSamples<Scalar: PoolScalar> {
  /// From a column of a tile to the next: not a power of two, so that columns do not contend for the same lines of
  /// cache.
  static var stride: Int { DesignMatrix.tileRows + 16 }

  /// N.
  let count: Int
  /// p.
  let sourceCount: Int
  /// m, the residual's columns.
  let outputCount: Int
  private let phi: UnsafeMutablePointer<Scalar>
  private let residual: UnsafeMutablePointer<Scalar>
  private let weights: UnsafeMutablePointer<Scalar>?
  /// All columns of Φ, where responses are to be made orthogonal to them; else 0 columns.
  private let frame: UnsafeMutablePointer<Scalar>
  let frameCount: Int

  /// One tile: see ``PoolSamples``.
  struct Tile {
    /// Samples in the tile.
    let count: Int
    /// Rows in the tile: `count`, rounded up to whole blocks.
    let rows: Int
    let phi: UnsafePointer<Scalar>
    /// Φ of the tile after this one; nil where there is none.
    let next: UnsafePointer<Scalar>?
    let residual: UnsafePointer<Scalar>
    let weights: UnsafePointer<Scalar>?
    let frame: UnsafePointer<Scalar>
  }

  /// Φ's first columns, the residual and the weights of all its rows. Where there is noise, it is on the columns of Φ.
  init(
    design: DesignMatrix, sourceCount: Int, residual: Matrix, weights: [Double]?, keepsFrame: Bool = false,
    noise: SourceNoise? = nil
  ) {
    let count = design.rowCount
    self.count = count
    self.sourceCount = sourceCount
    outputCount = residual.columns
    let tileRows = DesignMatrix.tileRows
    let tileCount = (count + tileRows - 1) / tileRows
    func columns(_ count: Int, _ values: (Int) -> [Double]) -> UnsafeMutablePointer<Scalar> {
      let base = Self.zeros(tileCount * count * Self.stride)
      for j in 0..<count {
        let column = values(j)
        column.withUnsafeBufferPointer { column in
          for i in column.indices {
            let tile = i / tileRows
            base[(tile * count + j) * Self.stride + i - tile * tileRows] = Scalar(column[i])
          }
        }
      }
      return base
    }
    phi = columns(sourceCount) { j in
      let column = design.column(j)
      return noise?.disturbed(column, ofColumn: j) ?? column
    }
    let all = (0..<(keepsFrame ? design.columnCount : 0)).map { design.column($0) }
    frame = columns(all.count) { all[$0] }
    frameCount = all.count
    let criterion = PoolCriterion(residual: residual, weights: weights)
    let scale = (criterion.totalWeight / criterion.energy).squareRoot()
    hasResidual = criterion.energy > 0 && scale.isFinite
    let factor = hasResidual ? scale : 0
    self.residual = columns(residual.columns) { o in
      residual.column(o).map { ($0 - criterion.residualMeans[o]) * factor }
    }
    self.weights = weights.map { weights in
      let mean = criterion.totalWeight / Double(count)
      return columns(1) { _ in weights.map { $0 / mean } }
    }
  }

  /// Some of another's samples, in the given order, as they stand there: neither centred nor scaled anew.
  private init(_ all: PoolSamples, rows: [Int]) {
    (count, sourceCount, outputCount) = (rows.count, all.sourceCount, all.outputCount)
    hasResidual = all.hasResidual
    let tileRows = DesignMatrix.tileRows
    let tileCount = (rows.count + tileRows - 1) / tileRows
    func picked(_ values: UnsafePointer<Scalar>, _ columns: Int) -> UnsafeMutablePointer<Scalar> {
      let base = Self.zeros(tileCount * columns * Self.stride)
      for (i, row) in rows.enumerated() {
        let from = row / tileRows * columns * Self.stride + row % tileRows
        let to = i / tileRows * columns * Self.stride + i % tileRows
        for j in 0..<columns { base[to + j * Self.stride] = values[from + j * Self.stride] }
      }
      return base
    }
    phi = picked(all.phi, all.sourceCount)
    residual = picked(all.residual, all.outputCount)
    weights = all.weights.map { picked($0, 1) }
    frame = picked(all.frame, all.frameCount)
    frameCount = all.frameCount
  }

  /// All samples of another with some of its sources.
  private init(_ all: PoolSamples, sources: [Int]) {
    (count, sourceCount, outputCount) = (all.count, sources.count, all.outputCount)
    hasResidual = all.hasResidual
    let tiles = all.tileCount
    func copied(_ values: UnsafePointer<Scalar>, _ columns: Int, _ picked: [Int])
      -> UnsafeMutablePointer<Scalar>
    {
      let base = Self.zeros(tiles * picked.count * Self.stride)
      for tile in 0..<tiles {
        for (place, j) in picked.enumerated() {
          (base + (tile * picked.count + place) * Self.stride)
            .update(from: values + (tile * columns + j) * Self.stride, count: Self.stride)
        }
      }
      return base
    }
    phi = copied(all.phi, all.sourceCount, sources)
    residual = copied(all.residual, all.outputCount, Array(0..<all.outputCount))
    weights = all.weights.map { copied($0, 1, [0]) }
    frame = copied(all.frame, all.frameCount, Array(0..<all.frameCount))
    frameCount = all.frameCount
  }

  /// The samples with the given sources alone.
  func selecting(sources: [Int]) -> PoolSamples { PoolSamples(self, sources: sources) }

  /// The given samples alone.
  func selecting(_ rows: [Int]) -> PoolSamples { PoolSamples(self, rows: rows) }

  private static func zeros(_ count: Int) -> UnsafeMutablePointer<Scalar> {
    let base = UnsafeMutableRawPointer.allocate(
      byteCount: max(count, 1) * MemoryLayout<Scalar>.stride, alignment: 64
    ).bindMemory(to: Scalar.self, capacity: max(count, 1))
    base.initialize(repeating: 0, count: max(count, 1))
    return base
  }

  deinit {
    phi.deallocate()
    residual.deallocate()
    weights?.deallocate()
    frame.deallocate()
  }

  /// False where the residual is 0: there is nothing to take away then.
  let hasResidual: Bool

  /// How many tiles there are.
  var tileCount: Int { (count + DesignMatrix.tileRows - 1) / DesignMatrix.tileRows }

  /// Tile `index`.
  func tile(_ index: Int) -> Tile {
    let samples = min(DesignMatrix.tileRows, count - index * DesignMatrix.tileRows)
    let block = Int(CAMBIUM_ROW_BLOCK)
    return Tile(
      count: samples, rows: (samples + block - 1) / block * block,
      phi: phi + index * sourceCount * Self.stride,
      next: index + 1 < tileCount ? UnsafePointer(phi + (index + 1) * sourceCount * Self.stride) : nil,
      residual: residual + index * outputCount * Self.stride,
      weights: weights.map { $0 + index * Self.stride },
      frame: frame + index * frameCount * Self.stride)
  }
}
