internal import CKernels

extension Network.Unit {
  /// The columns of Φ that it reads.
  package var sources: Set<Int> { Set(connections.map(\.source)) }

  /// Its column over all rows of the columns before it.
  package func column(over design: DesignMatrix, workers: WorkerPool?) -> [Double] {
    design.columnValues(reading: sources, workers: workers) { tile, column in
      respond(rows: tile.count, sources: tile.base, into: column)
    }
  }

  /// f(z) over all rows, neither clipped nor standardised.
  package func responses(over design: DesignMatrix, workers: WorkerPool?) -> [Double] {
    design.columnValues(reading: sources, workers: workers) { tile, column in
      preactivate(rows: tile.count, sources: tile.base, into: column)
      cambium_values(activation.function, tile.count, column, column)
    }
  }
}
