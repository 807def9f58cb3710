internal import CambiumCore

extension Table {
  /// The table with the rows of another below its own; columns go by name.
  ///
  /// - Throws: `InputError` where the other lacks a column, or has text where this one has numbers.
  func appending(_ other: Table) throws -> Table {
    Table(
      file: file,
      columns: try columns.map { column in
        switch (column.values, try other.column(named: column.name).values) {
        case (.numbers(let own), .numbers(let more)):
          Column(name: column.name, values: .numbers(own + more))
        case (.texts(let own), .texts(let more)):
          Column(name: column.name, values: .texts(own + more))
        case (.numbers, .texts):
          throw InputError(
            .content, at: other.location(column: column.name), found: "text",
            expected: "numbers as in the training rows")
        case (.texts, .numbers):
          throw InputError(
            .content, at: other.location(column: column.name), found: "numbers",
            expected: "text as in the training rows")
        }
      })
  }
}
