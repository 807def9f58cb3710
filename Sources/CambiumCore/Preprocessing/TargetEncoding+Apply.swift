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

  /// The outputs wanted for the given rows, or for all, laid out as `Dataset.targets`.
  ///
  /// - Throws: `InputError` for a missing cell, a text among numbers, or a class that is not among the known ones.
  func outputs(from table: Table, rows: [Int]?) throws -> Matrix {
    var matrix = Matrix(rows: rows?.count ?? table.rowCount, columns: outputCount)
    switch self {
    case .numbers(let targets):
      for (column, target) in targets.enumerated() {
        try Self.forEachNumber(of: target.name, in: table, rows: rows) { index, row, number in
          let value = target.scaling.standardised(number)
          guard value.isFinite else {
            throw InputError(
              .content, at: table.location(row: row, column: target.name), found: numberText(number),
              expected: "a value less far from the training rows' mean \(numberText(target.scaling.mean))")
          }
          matrix[index, column] = value
        }
      }
    case .classes, .oneHot:
      try forEachClass(of: table, rows: rows) { index, classIndex in
        if outputCount == 1 { matrix[index, 0] = Double(classIndex) } else { matrix[index, classIndex] = 1 }
      }
    }
    return matrix
  }

  /// Hears of the given rows, or of all, one after another: its place among them, and its class counted from 0.
  private func forEachClass(of table: Table, rows: [Int]?, _ body: (Int, Int) -> Void) throws {
    let columns = try columnNames.map { try table.column(named: $0) }
    func row(_ index: Int) -> Int { rows?[index] ?? index }
    guard case .classes(let name, let classes) = self else {
      for index in 0..<(rows?.count ?? table.rowCount) {
        let cells = columns.map { $0.text(ofRow: row(index)) }
        guard let one = cells.firstIndex(of: "1"), cells.indices.allSatisfy({ $0 == one || cells[$0] == "0" })
        else {
          throw InputError(
            .content, at: table.location(row: row(index), column: columnNames.joined(separator: ", ")),
            found: cells.map { $0 ?? "nothing" }.joined(separator: ", "), expected: "exactly one 1 and else 0"
          )
        }
        body(index, one)
      }
      return
    }
    let position = Dictionary(uniqueKeysWithValues: classes.enumerated().map { ($1, $0) })
    for index in 0..<(rows?.count ?? table.rowCount) {
      let cell = columns[0].text(ofRow: row(index))
      guard let place = cell.flatMap({ position[$0] }) else {
        throw InputError(
          .content, at: table.location(row: row(index), column: name),
          found: cell.map(quoted) ?? "a missing target", expected: "one of the classes \(listed(classes))")
      }
      body(index, place)
    }
  }

  func checkClasses(of table: Table, rows: [Int]) throws {
    var present: Set<Int> = []
    try forEachClass(of: table, rows: rows) { present.insert($1) }
    guard present.count > 1 else {
      throw InputError(
        .content, at: table.location(column: columnNames.joined(separator: ", ")),
        found: "the one class \(present.map { quoted(classNames[$0]) }.joined())",
        expected: "at least two classes in the training rows")
    }
  }

  /// The numbers of a target column in the given rows, none missing.
  private static func numbers(of name: String, in table: Table, rows: [Int]) throws -> [Double] {
    var numbers: [Double] = []
    try forEachNumber(of: name, in: table, rows: rows) { numbers.append($2) }
    return numbers
  }

  /// Hears of the given rows, or of all, one after another: its place among them, the row, and the target's number.
  private static func forEachNumber(
    of name: String, in table: Table, rows: [Int]?, _ body: (Int, Int, Double) throws -> Void
  ) throws {
    func check(_ number: Double, _ row: Int) throws {
      guard number.isNaN else { return }
      throw InputError(
        .content, at: table.location(row: row, column: name), found: "a missing target", expected: "a number")
    }
    switch try table.column(named: name).values {
    case .numbers(let numbers):
      if let rows {
        let picked = numbers.numbers(ofRows: rows)
        for (row, number) in zip(rows, picked) { try check(number, row) }
        for (index, row) in rows.enumerated() { try body(index, row, picked[index]) }
        return
      }
      var next = 0
      var failure: (any Error)?
      _ = numbers.allBlocksSatisfy { block in
        do {
          for number in block {
            try check(number, next)
            try body(next, next, number)
            next += 1
          }
        } catch { failure = error }
        return failure == nil
      }
      if let failure { throw failure }
    case .texts(let texts):
      guard let row = rows?.first ?? texts.indices.first else { return }
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
