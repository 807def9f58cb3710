extension TargetEncoding {
  /// Fits the encoding of targets to the given rows, and what each of them counts.
  ///
  /// - Throws: `InputError` for a missing or unfit cell, a target without spread, or a single class.
  static func fit(
    to targets: TargetColumns, of table: Table, rows: [Int], weights: [Double]? = nil
  ) throws -> TargetEncoding {
    switch targets.kind {
    case .numbers:
      return .numbers(
        try targets.names.map { name in
          try NumericTarget.fit(
            to: try numbers(of: name, in: table, rows: rows), weights, named: name, of: table)
        })
    case .classes(let names):
      let encoding = TargetEncoding.classes(column: targets.names[0], names: names)
      try encoding.checkClasses(of: table, rows: rows)
      return encoding
    case .oneHot:
      let encoding = TargetEncoding.oneHot(columns: targets.names)
      try encoding.checkClasses(of: table, rows: rows)
      return encoding
    }
  }

  /// The outputs wanted for the given rows, laid out as `Dataset.targets`.
  ///
  /// - Throws: `InputError` for a missing cell, a text among numbers, or a class that is not among the known ones.
  func outputs(from table: Table, rows: [Int]) throws -> Matrix {
    switch self {
    case .numbers(let targets):
      var matrix = Matrix(rows: rows.count, columns: targets.count)
      for (column, target) in targets.enumerated() {
        let numbers = try Self.numbers(of: target.name, in: table, rows: rows)
        for (index, row) in rows.enumerated() {
          let value = target.scaling.standardised(numbers[index])
          guard value.isFinite else {
            throw InputError(
              .content, at: table.location(row: row, column: target.name), found: numberText(numbers[index]),
              expected: "a value less far from the training rows' mean \(numberText(target.scaling.mean))")
          }
          matrix[index, column] = value
        }
      }
      return matrix
    case .classes, .oneHot:
      var matrix = Matrix(rows: rows.count, columns: outputCount)
      for (index, classIndex) in try classIndices(of: table, rows: rows).enumerated() {
        if outputCount == 1 { matrix[index, 0] = Double(classIndex) } else { matrix[index, classIndex] = 1 }
      }
      return matrix
    }
  }

  private func classIndices(of table: Table, rows: [Int]) throws -> [Int] {
    let columns = try columnNames.map { try table.column(named: $0) }
    guard case .classes(let name, let classes) = self else {
      return try rows.map { row in
        let cells = columns.map { $0.text(ofRow: row) }
        guard let one = cells.firstIndex(of: "1"), cells.indices.allSatisfy({ $0 == one || cells[$0] == "0" })
        else {
          throw InputError(
            .content, at: table.location(row: row, column: columnNames.joined(separator: ", ")),
            found: cells.map { $0 ?? "nothing" }.joined(separator: ", "), expected: "exactly one 1 and else 0"
          )
        }
        return one
      }
    }
    let position = Dictionary(uniqueKeysWithValues: classes.enumerated().map { ($1, $0) })
    return try rows.map { row in
      let cell = columns[0].text(ofRow: row)
      guard let index = cell.flatMap({ position[$0] }) else {
        throw InputError(
          .content, at: table.location(row: row, column: name), found: cell.map(quoted) ?? "a missing target",
          expected: "one of the classes \(listed(classes))")
      }
      return index
    }
  }

  func checkClasses(of table: Table, rows: [Int]) throws {
    let present = Set(try classIndices(of: table, rows: rows))
    guard present.count > 1 else {
      throw InputError(
        .content, at: table.location(column: columnNames.joined(separator: ", ")),
        found: "the one class \(present.map { quoted(classNames[$0]) }.joined())",
        expected: "at least two classes in the training rows")
    }
  }

  /// The numbers of a target column in the given rows, none missing.
  private static func numbers(of name: String, in table: Table, rows: [Int]) throws -> [Double] {
    switch try table.column(named: name).values {
    case .numbers(let numbers):
      if let row = rows.first(where: { numbers[$0].isNaN }) {
        throw InputError(
          .content, at: table.location(row: row, column: name), found: "a missing target",
          expected: "a number")
      }
      return rows.map { numbers[$0] }
    case .texts(let texts):
      guard let row = rows.first else { return [] }
      throw InputError(
        .content, at: table.location(row: row, column: name),
        found: texts[row].map(quoted) ?? "a missing target",
        expected: "a number, as the target of a regression")
    }
  }
}

extension NumericTarget {
  fileprivate static func fit(
    to values: [Double], _ weights: [Double]?, named name: String, of table: Table
  ) throws -> NumericTarget {
    let minimum = values.min() ?? 0
    let maximum = values.max() ?? 0
    guard minimum < maximum else {
      throw InputError(
        .content, at: table.location(column: name),
        found: "the one value \(numberText(minimum)) in all training rows",
        expected: "a target that varies")
    }
    guard let mean = DescriptiveStatistics.mean(of: values, weights: weights),
      let deviation = DescriptiveStatistics.standardDeviation(of: values, weights: weights), deviation > 0
    else {
      throw InputError(
        .content, at: table.location(column: name),
        found: "values from \(numberText(minimum)) to \(numberText(maximum))",
        expected: "values whose spread can be told: other units")
    }
    return NumericTarget(
      name: name, scaling: Scaling(mean: mean, standardDeviation: deviation), minimum: minimum,
      maximum: maximum)
  }
}
