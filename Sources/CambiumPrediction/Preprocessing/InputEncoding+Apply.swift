extension InputEncoding {
  /// The features of a raw column as functions of its cells.
  ///
  /// - Parameter rows: The rows that are to be encoded; nil for all.
  /// - Throws: `InputError` where the column is not of the kind it was in training, or a number in `rows` is so far from
  ///   the training rows that it has no standardised value.
  func encoded(_ column: Table.Column, of table: Table, rows: [Int]?) throws -> [EncodedColumn] {
    switch (self, column.values) {
    case (.numeric(let input), .numbers(let numbers)):
      return try input.encoded(numbers, of: table, rows: rows)
    case (.text(let input), _):
      return input.encoded(column)
    case (.numeric, .texts(let texts)):
      // A column of texts has at least one; should all be outside the rows, the others are missing.
      if let row = (rows ?? Array(texts.indices)).first(where: { texts[$0] != nil }) {
        throw InputError(
          .content, at: table.location(row: row, column: name), found: quoted(texts[row] ?? ""),
          expected: "a number, as in training")
      }
      let missing = NumberColumn(repeatElement(.nan, count: texts.count))
      return try encoded(Table.Column(name: name, values: .numbers(missing)), of: table, rows: rows)
    }
  }
}

extension NumericInput {
  fileprivate func encoded(_ numbers: NumberColumn, of table: Table, rows: [Int]?) throws -> [EncodedColumn] {
    let column = EncodedColumn(.numbers(numbers, logarithm), scaling: scaling)
    if let row = column.firstInfinite(of: rows, count: numbers.count) {
      throw InputError(
        .content, at: table.location(row: row, column: name), found: numberText(numbers[row]),
        expected: "a value less far from the training rows' mean \(numberText(imputed))")
    }
    return [column] + (missingScaling.map { [EncodedColumn(.missing(numbers), scaling: $0)] } ?? [])
  }
}

extension TextInput {
  fileprivate func encoded(_ column: Table.Column) -> [EncodedColumn] {
    let texts =
      switch column.values {
      case .texts(let texts): texts
      case .numbers(let numbers):
        TextColumn(numbers.lazy.map { $0.isNaN ? nil : column.text(of: $0) })
      }
    return levels.map { level in
      EncodedColumn(
        .level(texts, isLevel: texts.levels.map { $0 == level.text }, isMissing: level.text == nil),
        scaling: level.scaling)
    }
  }
}
