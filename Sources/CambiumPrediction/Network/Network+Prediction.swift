internal import CKernels

extension Network: Predictor {
  /// Hidden units, connections (biases and readout included, zero weights left out) and the longest path.
  public var size: ModelSize {
    var depths: [Int] = []
    for unit in units {
      let below = unit.connections.compactMap { connection in
        connection.source > inputCount ? depths[connection.source - inputCount - 1] : nil
      }
      depths.append(1 + (below.max() ?? 0))
    }
    let readoutConnections = readout.values.count { $0 != 0 }
    return ModelSize(
      inputs: inputCount, outputs: readout.columns, units: units.count,
      connections: units.reduce(readoutConnections) { $0 + $1.connections.count },
      depth: depths.max() ?? 0)
  }

  /// Rows that are answered at a time, so that their columns stay in the cache.
  private static let tileRows = 512
  /// Fewer rows than these are answered one after another.
  private static let fewRows = 8
  /// Standardised inputs count as no larger: sums of larger ones could overflow, and their differences would not
  /// be numbers.
  private static let largestInput = 1e100

  /// The outputs for N × d `features`; finite where those are numbers. O(N · connections).
  public func outputs(for features: Matrix, workers: WorkerPool) -> Matrix {
    precondition(features.columns == inputCount, "the network reads \(inputCount) inputs")
    var outputs = Matrix(rows: features.rows, columns: readout.columns)
    outputs.values.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      let tileRows = Self.tileRows
      workers.forEach((features.rows + tileRows - 1) / tileRows) { tile in
        let rows = tile * tileRows..<min((tile + 1) * tileRows, features.rows)
        if rows.count < Self.fewRows, let fanOut {
          for row in rows { predict(row, of: features, by: fanOut, into: base + row) }
        } else {
          predict(rows, of: features, into: base)
        }
      }
    }
    return outputs
  }

  private func predict(
    _ row: Int, of features: Matrix, by fanOut: FanOut, into outputs: UnsafeMutablePointer<Double>
  ) {
    features.values.withUnsafeBufferPointer { values in
      let inputs = values.baseAddress.map { $0 + row }
      fanOut.withScores(ofInputs: inputs, stride: features.rows, largest: Self.largestInput) { scores in
        finish(scores, rows: 1)
        for o in 0..<readout.columns { outputs[o * features.rows] = scores[o] }
      }
    }
  }

  /// Turns scores into outputs, in place.
  private func finish(_ scores: UnsafeMutablePointer<Double>, rows: Int) {
    for o in 0..<outputRanges.count {
      let column = scores + o * rows
      cambium_clip(rows, column, outputRanges[o].lowerBound, outputRanges[o].upperBound, column)
    }
    Loss(task: task).applyLink(rows: rows, outputs: readout.columns, to: scores)
    for (o, link) in links.enumerated() {
      let column = scores + o * rows
      cambium_values(CAMBIUM_EXPONENTIAL, rows, column, column)
      for i in 0..<rows { column[i] = link.origin + link.factor * column[i] }
    }
  }

  private func predict(_ rows: Range<Int>, of features: Matrix, into outputs: UnsafeMutablePointer<Double>) {
    let count = rows.count
    let p = readout.rows
    let m = readout.columns
    withUnsafeTemporaryAllocation(of: Double.self, capacity: count * (p + m)) { scratch in
      guard let phi = scratch.baseAddress else { return }
      phi.initialize(repeating: 1, count: count)
      features.values.withUnsafeBufferPointer { values in
        guard let first = values.baseAddress.map({ $0 + rows.lowerBound }) else { return }
        for j in 0..<inputCount {
          cambium_clip(
            count, first + j * features.rows, -Self.largestInput, Self.largestInput, phi + (1 + j) * count)
        }
      }
      // (Where they stand: a copy of each would take longer than the arithmetic of a row.)
      units.withUnsafeBufferPointer { units in
        for index in units.indices {
          units[index].respond(rows: count, sources: phi, into: phi + (1 + inputCount + index) * count)
        }
      }
      let linear = phi + p * count
      readout.values.withUnsafeBufferPointer { weights in
        guard let weights = weights.baseAddress else { return }
        linear.initialize(repeating: 0, count: count * m)
        for o in 0..<m {
          WeightedColumns.add(atMost: p, rows: count, to: linear + o * count) { columns in
            for j in 0..<p where weights[j + o * p] != 0 {
              columns.append(weights[j + o * p], phi + j * count)
            }
          }
        }
      }
      finish(linear, rows: count)
      for o in 0..<m {
        (outputs + o * features.rows + rows.lowerBound).update(from: linear + o * count, count: count)
      }
    }
  }
}

extension Network.Unit {
  /// Its column of Φ for some rows of the columns before it, each `rows` values after the last.
  package func respond(rows: Int, sources: UnsafePointer<Double>, into column: UnsafeMutablePointer<Double>) {
    preactivate(rows: rows, sources: sources, into: column)
    cambium_values(activation.function, rows, column, column)
    cambium_clip_and_standardise(rows, column, range.lowerBound, range.upperBound, offset, scale, column)
  }

  /// Its z for some rows.
  package func preactivate(rows: Int, sources: UnsafePointer<Double>, into z: UnsafeMutablePointer<Double>) {
    switch activation.form {
    case .ridge: sum(.first, rows: rows, sources: sources, into: z)
    case .radial:
      z.update(repeating: 0, count: rows)
      for connection in connections {
        let source = sources + connection.source * rows
        cambium_add_radial(rows, connection.weight, connection.centre, source, z)
      }
    case .product:
      sum(.first, rows: rows, sources: sources, into: z)
      withUnsafeTemporaryAllocation(of: Double.self, capacity: rows) { buffer in
        guard let second = buffer.baseAddress else { return }
        sum(.second, rows: rows, sources: sources, into: second)
        cambium_multiply(rows, z, second, z)
      }
    }
  }

  /// The sum Σ w φ of one factor for some rows.
  package func sum(
    _ factor: Network.Factor, rows: Int, sources: UnsafePointer<Double>,
    into total: UnsafeMutablePointer<Double>
  ) {
    total.update(repeating: 0, count: rows)
    connections.withUnsafeBufferPointer { connections in
      WeightedColumns.add(atMost: connections.count, rows: rows, to: total) { columns in
        for connection in connections where connection.factor == factor {
          columns.append(connection.weight, sources + connection.source * rows)
        }
      }
    }
  }
}
