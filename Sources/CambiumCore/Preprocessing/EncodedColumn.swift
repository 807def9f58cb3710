internal import CKernels

/// A feature as a function of a raw column: what ``EncodedFeature`` describes, with the cells that it reads.
///
/// A class, so that features of the same cells can be told from others.
final class EncodedColumn: Sendable {
  /// What the feature is made of.
  enum Cells: Sendable {
    /// Standardised numbers, on a logarithmic scale if there is one; the mean where one is missing.
    case numbers(NumberColumn, LogarithmicScale?)
    /// 0, or 1 where the number is missing, standardised.
    case missing(NumberColumn)
    /// 1 where the code is that of this level, else 0, standardised.
    case level(Int16, codes: [Int16])
  }

  private let cells: Cells
  private let scaling: Scaling

  init(_ cells: Cells, scaling: Scaling) {
    self.cells = cells
    self.scaling = scaling
  }

  func isSame(as other: EncodedColumn) -> Bool { self === other }

  /// The feature of one row.
  private subscript(row: Int) -> Double {
    switch cells {
    case .numbers(let numbers, let logarithm): encoded(numbers[row], logarithm)
    case .missing(let numbers): scaling.standardised(numbers[row].isNaN ? 1 : 0)
    case .level(let level, let codes): scaling.standardised(codes[row] == level ? 1 : 0)
    }
  }

  private func encoded(_ number: Double, _ logarithm: LogarithmicScale?) -> Double {
    scaling.standardised(number.isNaN ? scaling.mean : logarithm?.value(of: number) ?? number)
  }

  /// The feature of the given rows.
  func values(of rows: [Int]) -> [Double] { rows.map { self[$0] } }

  /// Writes the feature of some rows in order.
  func copy(_ rows: Range<Int>, to values: UnsafeMutablePointer<Double>) {
    switch cells {
    case .numbers(let numbers, let logarithm):
      numbers.copy(rows, to: values)
      guard let logarithm else {
        return cambium_encode(rows.count, values, scaling.mean, scaling.standardDeviation, values)
      }
      for i in 0..<rows.count { values[i] = encoded(values[i], logarithm) }
    case .missing(let numbers):
      let (present, missing) = (scaling.standardised(0), scaling.standardised(1))
      numbers.copy(rows, to: values)
      for i in 0..<rows.count { values[i] = values[i].isNaN ? missing : present }
    case .level(let level, let codes):
      let (absent, present) = (scaling.standardised(0), scaling.standardised(1))
      for (i, row) in rows.enumerated() { values[i] = codes[row] == level ? present : absent }
    }
  }

  /// The first of the given rows, or of all, whose feature is no finite number.
  func firstInfinite(of rows: [Int]?, count: Int) -> Int? {
    if let rows { return rows.first { !self[$0].isFinite } }
    var values = [Double](repeating: 0, count: NumberColumn.blockRows)
    for start in stride(from: 0, to: count, by: values.count) {
      let part = start..<min(count, start + values.count)
      values.withUnsafeMutableBufferPointer { if let base = $0.baseAddress { copy(part, to: base) } }
      if let place = values[..<part.count].firstIndex(where: { !$0.isFinite }) { return start + place }
    }
    return nil
  }

  /// How many times as many rows may lie between the first and the last of picked ones, to be encoded with them.
  private static let largestSpread = 4

  /// Writes the feature of the given rows; those that rise and lie near each other are encoded with what lies between.
  func copy(rowsAt rows: ArraySlice<Int32>, to values: UnsafeMutablePointer<Double>) {
    guard let first = rows.first, let last = rows.last else { return }
    let span = Int(last) - Int(first) + 1
    let isRising = span > 0 && zip(rows, rows.dropFirst()).allSatisfy { $0 <= $1 }
    guard isRising, span <= Self.largestSpread * rows.count else {
      for (place, row) in rows.enumerated() { values[place] = self[Int(row)] }
      return
    }
    withUnsafeTemporaryAllocation(of: Double.self, capacity: span) { buffer in
      guard let between = buffer.baseAddress else { return }
      copy(Int(first)..<Int(last) + 1, to: between)
      for (place, row) in rows.enumerated() { values[place] = between[Int(row - first)] }
    }
  }
}
