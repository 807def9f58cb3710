extension Matrix {
  private enum Key: String, CodingKey { case rows, columns, values }

  /// Reads a matrix and checks its shape, so that no file can make one that is not.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let rows = try container.decode(Int.self, forKey: .rows)
    let columns = try container.decode(Int.self, forKey: .columns)
    let values = try container.decode([Double].self, forKey: .values)
    let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
    guard rows >= 0, columns >= 0, !overflow, count == values.count else {
      throw InputError.nonsense(
        in: container, found: "\(values.count) entries of a \(rows) × \(columns) matrix",
        expected: "one entry for each row and column")
    }
    self.init(rows: rows, columns: columns, values: values)
  }
}
