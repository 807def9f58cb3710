/// A matrix of weights in a flat array: (1 + `fanIn`) × `fanOut`, column after column, biases in the first row.
package struct WeightBlock: Sendable, Equatable {
  /// What each unit reads.
  package let fanIn: Int
  /// The units.
  package let fanOut: Int

  /// Weights and biases.
  package var count: Int { (1 + fanIn) * fanOut }

  /// A matrix of these sides.
  package init(fanIn: Int, fanOut: Int) { (self.fanIn, self.fanOut) = (fanIn, fanOut) }
}

/// The matrices of weights of a network, one after another in one flat array; the last is the readout.
package struct WeightLayout: Sendable, Equatable {
  /// The matrices.
  package let blocks: [WeightBlock]
  /// The number of weights and biases.
  package let parameterCount: Int

  /// The layout of some matrices.
  package init(_ blocks: [WeightBlock]) {
    self.blocks = blocks
    parameterCount = blocks.reduce(0) { $0 + $1.count }
  }

  /// The matrices of a flat array, the readout times a factor.
  package func matrices(of parameters: [Double], readoutTimes factor: Double = 1) -> [Matrix] {
    let parameters = timesReadout(factor, parameters)
    var start = 0
    return blocks.map { block in
      defer { start += block.count }
      return Matrix(
        rows: 1 + block.fanIn, columns: block.fanOut, values: Array(parameters[start..<start + block.count]))
    }
  }

  /// The weights with those of the readout times a factor, and so all scores.
  package func timesReadout(_ factor: Double, _ parameters: [Double]) -> [Double] {
    var scaled = parameters
    for k in parameterCount - (blocks.last?.count ?? 0)..<parameterCount { scaled[k] *= factor }
    return scaled
  }

  /// Whether these are finite matrices of such a layout.
  package func fits(_ matrices: [Matrix]) -> Bool {
    matrices.count == blocks.count
      && zip(matrices, blocks).allSatisfy { matrix, block in
        matrix.rows == 1 + block.fanIn && matrix.columns == block.fanOut
          && matrix.values.allSatisfy(\.isFinite)
      }
  }

  /// Adds λw to `gradient` for every weight that is no bias, and returns ½λ Σ w². O(weights).
  package func addDecay(_ decay: Double, of parameters: [Double], to gradient: inout [Double]) -> Double {
    guard decay > 0 else { return 0 }
    var sum = 0.0
    var start = 0
    for block in blocks {
      for _ in 0..<block.fanOut {
        for k in start + 1..<start + 1 + block.fanIn {
          sum += parameters[k] * parameters[k]
          gradient[k] += decay * parameters[k]
        }
        start += 1 + block.fanIn
      }
    }
    return 0.5 * decay * sum
  }

  /// Adds λ sign(w) to `gradient` for every weight that is no bias, 0 at 0, and returns λ Σ |w|. O(weights).
  package func addAbsolutePenalty(_ penalty: Double, of parameters: [Double], to gradient: inout [Double])
    -> Double
  {
    guard penalty > 0 else { return 0 }
    var sum = 0.0
    var start = 0
    for block in blocks {
      for _ in 0..<block.fanOut {
        for k in start + 1..<start + 1 + block.fanIn {
          sum += abs(parameters[k])
          if parameters[k] != 0 { gradient[k] += parameters[k] > 0 ? penalty : -penalty }
        }
        start += 1 + block.fanIn
      }
    }
    return penalty * sum
  }

  /// Shortens what each hidden unit reads, its bias aside, to the length `largest` where it is longer. O(weights).
  package func limitNorms(to largest: Double, of parameters: inout [Double]) {
    var start = 0
    for block in blocks.dropLast() {
      for _ in 0..<block.fanOut {
        let weights = start + 1..<start + 1 + block.fanIn
        let square = parameters[weights].reduce(0) { $0 + $1 * $1 }
        if square > largest * largest {
          let factor = largest / square.squareRoot()
          for k in weights { parameters[k] *= factor }
        }
        start += 1 + block.fanIn
      }
    }
  }
}

extension Task {
  /// Whether a model of the task may have so many outputs.
  package func fits(outputCount: Int) -> Bool {
    switch self {
    case .regression: outputCount >= 1
    case .classification(let classes): classes >= 2 && self.outputCount(targets: 1) == outputCount
    }
  }
}
