extension InputEncoding {
  /// Writes the features of a raw column for the given rows into `matrix`, from column `firstColumn` on.
  ///
  /// - Throws: `InputError` where the column is not of the kind it was in training, or a number is so far from the
  ///   training rows that it has no standardised value.
  func encode(
    _ column: Table.Column, of table: Table, rows: [Int], into matrix: inout Matrix, firstColumn: Int
  ) throws {
    switch (self, column.values) {
    case (.numeric(let input), .numbers(let numbers)):
      try input.encode(numbers, of: table, rows: rows, into: &matrix, firstColumn: firstColumn)
    case (.text(let input), _):
      input.encode(column, rows: rows, into: &matrix, firstColumn: firstColumn)
    case (.numeric, .texts(let texts)):
      // A column of texts has at least one; should all be outside the rows, the others are missing.
      if let row = rows.first(where: { texts[$0] != nil }) {
        throw InputError(
          .content, at: table.location(row: row, column: name), found: quoted(texts[row] ?? ""),
          expected: "a number, as in training")
      }
      try encode(
        Table.Column(name: name, values: .numbers([Double](repeating: .nan, count: texts.count))), of: table,
        rows: rows, into: &matrix, firstColumn: firstColumn)
    }
  }
}

extension NumericInput {
  fileprivate func encode(
    _ numbers: [Double], of table: Table, rows: [Int], into matrix: inout Matrix, firstColumn: Int
  ) throws {
    let offset = firstColumn * matrix.rows
    for (index, row) in rows.enumerated() {
      let value = standardised(numbers[row])
      guard value.isFinite else {
        throw InputError(
          .content, at: table.location(row: row, column: name), found: numberText(numbers[row]),
          expected: "a value less far from the training rows' mean \(numberText(imputed))")
      }
      matrix.values[offset + index] = value
    }
    guard let missingScaling else { return }
    let present = missingScaling.standardised(0)
    let missing = missingScaling.standardised(1)
    for (index, row) in rows.enumerated() {
      matrix.values[offset + matrix.rows + index] = numbers[row].isNaN ? missing : present
    }
  }
}

extension TextInput {
  fileprivate func encode(_ column: Table.Column, rows: [Int], into matrix: inout Matrix, firstColumn: Int) {
    var position: [String?: Int] = [:]
    for (index, level) in levels.enumerated() {
      position[level.text] = index
      let absent = level.scaling.standardised(0)
      let start = (firstColumn + index) * matrix.rows
      for index in 0..<rows.count { matrix.values[start + index] = absent }
    }
    for (index, row) in rows.enumerated() {
      guard let level = position[column.text(ofRow: row)] else { continue }
      matrix.values[(firstColumn + level) * matrix.rows + index] = levels[level].scaling.standardised(1)
    }
  }
}
