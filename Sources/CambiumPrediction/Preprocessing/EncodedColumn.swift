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
    /// 1 where the text is one of those that are marked among the column's levels, or is missing where that is what counts,
    /// else 0; standardised.
    case level(TextColumn, isLevel: [Bool], isMissing: Bool)
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
    case .level(let texts, let isLevel, let isMissing):
      scaling.standardised(Self.level(texts.places[row], isLevel, isMissing))
    }
  }

  private func encoded(_ number: Double, _ logarithm: LogarithmicScale?) -> Double {
    scaling.standardised(number.isNaN ? scaling.mean : logarithm?.value(of: number) ?? number)
  }

  private static func level(_ place: Double, _ isLevel: [Bool], _ isMissing: Bool) -> Double {
    (place.isNaN ? isMissing : isLevel[Int(place)]) ? 1 : 0
  }

  /// The numbers that the feature is made of.
  private var numbers: NumberColumn {
    switch cells {
    case .numbers(let numbers, _), .missing(let numbers): numbers
    case .level(let texts, _, _): texts.places
    }
  }

  /// Whether its cells are read from a file.
  var isInFile: Bool { numbers.isInFile }

  /// The feature of the given rows.
  func values(of rows: [Int]) -> [Double] {
    guard isInFile else { return rows.map { self[$0] } }
    return [Double](unsafeUninitializedCapacity: rows.count) { buffer, written in
      if let base = buffer.baseAddress { copy(rowsAt: rows.map(Int32.init)[...], to: base) }
      written = rows.count
    }
  }

  /// Writes the feature of some rows in order.
  func copy(_ rows: Range<Int>, to values: UnsafeMutablePointer<Double>) {
    numbers.copy(rows, to: values)
    encode(values, count: rows.count)
  }

  /// Writes the feature of the given rows, in the given order.
  func copy(rowsAt rows: ArraySlice<Int32>, to values: UnsafeMutablePointer<Double>) {
    numbers.copy(rowsAt: rows, to: values)
    encode(values, count: rows.count)
  }

  /// Turns raw numbers into the feature, in place.
  private func encode(_ values: UnsafeMutablePointer<Double>, count: Int) {
    switch cells {
    case .numbers(_, .some(let logarithm)):
      for i in 0..<count { values[i] = encoded(values[i], logarithm) }
    case .numbers:
      cambium_encode(count, values, scaling.mean, scaling.standardDeviation, values)
    case .missing:
      let (present, missing) = (scaling.standardised(0), scaling.standardised(1))
      for i in 0..<count { values[i] = values[i].isNaN ? missing : present }
    case .level(_, let isLevel, let isMissing):
      let (absent, present) = (scaling.standardised(0), scaling.standardised(1))
      for i in 0..<count {
        values[i] = Self.level(values[i], isLevel, isMissing) == 1 ? present : absent
      }
    }
  }

  /// The first of the given rows, or of all, whose feature is no finite number.
  func firstInfinite(of rows: [Int]?, count: Int) -> Int? {
    if let rows { return zip(rows, values(of: rows)).first { !$1.isFinite }?.0 }
    var values = [Double](repeating: 0, count: NumberColumn.blockRows)
    for start in stride(from: 0, to: count, by: values.count) {
      let part = start..<min(count, start + values.count)
      values.withUnsafeMutableBufferPointer { if let base = $0.baseAddress { copy(part, to: base) } }
      if let place = values[..<part.count].firstIndex(where: { !$0.isFinite }) { return start + place }
    }
    return nil
  }
}
