extension Table {
  /// The table with the rows of another below its own; columns go by name.
  ///
  /// - Throws: `InputError` where the other lacks a column, or has text where this one has numbers.
  public func appending(_ other: Table) throws -> Table {
    Table(
      file: file,
      columns: try columns.map { column in
        let more = try other.column(named: column.name)
        switch (column.values, more.values) {
        case (.numbers(let own), .numbers(let others)):
          return Column(
            name: column.name, values: .numbers(NumberColumn(own.array + others.array)),
            spellings: column.spellings.merging(more.spellings) { own, _ in own })
        case (.texts(let own), .texts(let others)):
          return Column(name: column.name, values: .texts(TextColumn(Array(own) + Array(others))))
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
