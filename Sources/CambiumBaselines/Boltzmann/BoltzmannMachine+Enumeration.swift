public import CambiumCore

/// What a small machine says exactly, by going through all states. O(2^n · n²), of the data O(N · 2^H · n²).
extension BoltzmannMachine {
  /// The most units whose states are gone through.
  public static let largestEnumeration = 20

  /// log Z. Throws an `InputError` where there are more than ``largestEnumeration`` units.
  public func logPartition() throws -> Double {
    try checkSize()
    return logOfSum(BinaryStates.blocks(of: unitCount).map { logOfSum(energies(of: $0).map { -$0 }) })
  }

  /// The mean of log p(v) over the rows of N × D visible values.
  public func meanLogLikelihood(of visible: Matrix) throws -> Double {
    let partition = try logPartition()
    let logarithms = (0..<visible.rows).map { row in
      logOfSum(completions(of: visible, row).map { logOfSum(energies(of: $0).map { -$0 }) })
    }
    return logarithms.reduce(0, +) / Double(max(visible.rows, 1)) - partition
  }

  /// The moments under the machine.
  public func moments() throws -> BoltzmannMoments {
    let partition = try logPartition()
    return Self.sum(
      BinaryStates.blocks(of: unitCount).map { states in
        BoltzmannMoments(of: states, weights: energies(of: states).map { exponential(-$0 - partition) })
      }, unitCount)
  }

  /// The moments where the visible units are the rows of N × D values and the hidden ones follow from them.
  public func moments(given visible: Matrix) throws -> BoltzmannMoments {
    try checkSize()
    let share = 1 / Double(max(visible.rows, 1))
    let parts = (0..<visible.rows).flatMap { row in
      let blocks = Array(completions(of: visible, row))
      let logarithms = blocks.map { energies(of: $0).map { -$0 } }
      let total = logOfSum(logarithms.map { logOfSum($0) })
      return zip(blocks, logarithms).map { states, logarithms in
        BoltzmannMoments(of: states, weights: logarithms.map { share * exponential($0 - total) })
      }
    }
    return Self.sum(parts, unitCount)
  }

  /// The gradient of ``meanLogLikelihood(of:)``: ⟨s_i s_j⟩ of the data − ⟨s_i s_j⟩ of the machine.
  public func logLikelihoodGradient(of visible: Matrix) throws -> BoltzmannMoments {
    try moments(given: visible).minus(moments())
  }

  private func checkSize() throws {
    try require(
      unitCount <= Self.largestEnumeration, "units", "\(unitCount) to go through all states of",
      "at most \(Self.largestEnumeration)")
  }

  private static func sum(_ parts: [BoltzmannMoments], _ count: Int) -> BoltzmannMoments {
    var sum = BoltzmannMoments(of: Matrix(rows: 0, columns: count), weights: [])
    parts.forEach { sum.add($0) }
    return sum
  }

  /// The states whose visible units are those of a row.
  private func completions(of visible: Matrix, _ row: Int) -> some Collection<Matrix> {
    let seen = (0..<visibleCount).map { visible[row, $0] }
    return BinaryStates.blocks(of: hiddenCount).lazy.map { hidden in
      let fixed = Matrix(
        rows: hidden.rows, columns: visibleCount,
        values: seen.flatMap { [Double](repeating: $0, count: hidden.rows) })
      return fixed.appendingColumns(of: hidden)
    }
  }
}
