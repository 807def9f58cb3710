internal import CambiumCore
internal import CCambium

/// A matrix in the caller's memory whose sizes make sense.
struct CallerMatrix {
  let rows: Int
  let columns: Int
  private let values: UnsafePointer<Double>?
  private let rowStride: Int
  private let columnStride: Int

  /// Checks what can be checked: pointers, sizes, strides. Throws an `InputError` that names the argument.
  init(_ pointer: UnsafePointer<cambium_matrix>?, _ name: String) throws {
    let matrix = try given(pointer, name).pointee
    rows = Int(matrix.rows)
    columns = Int(matrix.columns)
    values = matrix.values
    rowStride = Int(matrix.row_stride)
    columnStride = Int(matrix.column_stride)
    let isEmpty = rows == 0 || columns == 0
    guard rows >= 0, columns >= 0, isEmpty || values != nil, spansMemory else {
      throw InputError(
        .usage, found: "\(rows) rows and \(columns) columns for \(name)" + (values == nil ? " at null" : ""),
        expected: "a matrix that fits into memory")
    }
  }

  /// Whether no place of an entry overflows.
  private var spansMemory: Bool {
    let limit = Int.max / MemoryLayout<Double>.stride
    let spans = [(rows, rowStride), (columns, columnStride)].map { count, stride in
      max(0, count - 1).multipliedReportingOverflow(by: stride)
    }
    let count = rows.multipliedReportingOverflow(by: columns)
    guard !count.overflow, count.partialValue <= limit, !spans.contains(where: \.overflow) else {
      return false
    }
    let sum = spans[0].partialValue.addingReportingOverflow(spans[1].partialValue)
    return !sum.overflow && spans.allSatisfy { (-limit...limit).contains($0.partialValue) }
      && (-limit...limit).contains(sum.partialValue)
  }

  /// A column, copied.
  func column(_ index: Int) -> [Double] {
    guard let values else { return [] }
    let start = values + index * columnStride
    return (0..<rows).map { start[$0 * rowStride] }
  }

  /// All columns as those of a table, where infinite numbers have no place.
  func tableColumns(named names: [String], _ argument: String) throws -> [Table.Column] {
    guard names.count == columns else {
      throw InputError(
        .content, found: "\(columns) columns of \(argument)", expected: "\(names.count), a name for each")
    }
    return try names.enumerated().map { index, name in
      let numbers = column(index)
      if let row = numbers.firstIndex(where: \.isInfinite) {
        throw InputError(
          .content, at: .init(line: row + 1, column: name), found: "infinity",
          expected: "a finite number, or not-a-number for a missing one")
      }
      return Table.Column(name: name, values: .numbers(NumberColumn(numbers)))
    }
  }
}
