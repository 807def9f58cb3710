internal import CambiumCore

/// All states of some units of 0 or 1, a row each, in blocks that fit into memory.
enum BinaryStates {
  private static let blockBits = 10

  /// The 2^count states; unit j of state i is bit j of i.
  static func blocks(of count: Int) -> some Collection<Matrix> {
    let rows = 1 << min(count, blockBits)
    return (0..<(1 << count) / rows).lazy.map { block in
      var states = Matrix(rows: rows, columns: count)
      for j in 0..<count {
        for i in 0..<rows { states[i, j] = Double((block * rows + i) >> j & 1) }
      }
      return states
    }
  }
}
