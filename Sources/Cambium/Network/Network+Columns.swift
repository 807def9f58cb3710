internal import CKernels
internal import CambiumCore

extension Network {
  /// The range of values, with a fifth of its width more on both sides.
  static func widened(_ values: [Double]) -> ClosedRange<Double> {
    let low = values.min() ?? 0
    let high = values.max() ?? 0
    let margin = 0.2 * (high - low)
    return low - margin...high + margin
  }
}

extension Network.Unit {
  /// The columns of Φ that it reads.
  private var sources: Set<Int> { Set(connections.map(\.source)) }

  /// Its column over all rows of the columns before it.
  func column(over design: DesignMatrix, workers: WorkerPool) -> [Double] {
    design.columnValues(reading: sources, workers: workers) { tile, column in
      respond(rows: tile.count, sources: tile.base, into: column)
    }
  }

  /// f(z) over all rows, neither clipped nor standardised.
  func responses(over design: DesignMatrix, workers: WorkerPool) -> [Double] {
    design.columnValues(reading: sources, workers: workers) { tile, column in
      preactivate(rows: tile.count, sources: tile.base, into: column)
      cambium_values(activation.function, tile.count, column, column)
    }
  }
}
