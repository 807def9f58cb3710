extension InputEncoding {
  /// What became of a raw column.
  enum Fitted {
    /// It becomes features; the note says what is worth saying of it.
    case kept(InputEncoding, note: String?)
    /// It says nothing that can be learned from; the note says why.
    case dropped(note: String)
  }

  /// Fits the encoding of a raw column to the given rows, at least two.
  ///
  /// - Throws: `InputError` where numbers are too large for their spread to be told.
  static func fit(to column: Table.Column, of table: Table, rows: [Int]) throws -> Fitted {
    switch column.values {
    case .numbers(let numbers): try fit(numbers: numbers, named: column.name, of: table, rows: rows)
    case .texts(let texts): fit(texts: texts, named: column.name, rows: rows)
    }
  }

  private static func fit(
    numbers: [Double], named name: String, of table: Table, rows: [Int]
  ) throws -> Fitted {
    let present = rows.lazy.map { numbers[$0] }.filter { !$0.isNaN }
    guard let minimum = present.min(), let maximum = present.max() else {
      return .dropped(note: "Column \(quoted(name)) is left out: it has no value in the training rows.")
    }
    let constant = Fitted.dropped(
      note:
        "Column \(quoted(name)) is left out: its only value in the training rows is \(numberText(minimum)).")
    guard minimum < maximum else { return constant }

    let numbers = Array(present)
    let logarithm = LogarithmicScale(fittingTo: numbers)
    let values = logarithm.map { scale in numbers.map { scale.value(of: $0) } } ?? numbers
    guard let mean = DescriptiveStatistics.mean(of: values),
      let deviation = DescriptiveStatistics.standardDeviation(
        of: values + [Double](repeating: mean, count: rows.count - values.count))
    else {
      throw InputError(
        .content, at: table.location(column: name),
        found: "values from \(numberText(minimum)) to \(numberText(maximum))",
        expected: "values whose spread can be told: smaller units")
    }
    guard deviation > 0 else { return constant }
    let missing = rows.count - values.count
    let input = NumericInput(
      name: name, logarithm: logarithm, scaling: Scaling(mean: mean, standardDeviation: deviation),
      missingScaling: Scaling(ones: missing, of: rows.count))
    guard missing > 0 else { return .kept(.numeric(input), note: nil) }
    return .kept(
      .numeric(input),
      note: "Column \(quoted(name)): \(missing) of \(counted(rows.count, "training value")) "
        + "\(missing == 1 ? "is" : "are") missing and become the mean \(numberText(input.imputed)); "
        + "one more input says where.")
  }

  private static func fit(texts: [String?], named name: String, rows: [Int]) -> Fitted {
    var counts: [String: Int] = [:]
    for row in rows { if let text = texts[row] { counts[text, default: 0] += 1 } }
    let present = counts.values.reduce(0, +)
    let leftOut = "Column \(quoted(name)) is left out: "
    guard let any = counts.keys.first else {
      return .dropped(note: leftOut + "it has no value in the training rows.")
    }
    guard counts.count > 1 || present < rows.count else {
      return .dropped(note: leftOut + "its only value in the training rows is \(quoted(any)).")
    }
    guard counts.count < present || present <= 2 else {
      return .dropped(note: leftOut + "all its texts differ, as identifiers do.")
    }
    guard counts.count <= TextInput.largestLevelCount else {
      return .dropped(
        note: leftOut + "it has \(counts.count) different texts, and at most \(TextInput.largestLevelCount) "
          + "can become inputs.")
    }
    var levels = counts.sorted { $0.key < $1.key }.compactMap { text, count in
      Scaling(ones: count, of: rows.count).map { TextInput.Level(text: text, scaling: $0) }
    }
    let missing = rows.count - present
    if let scaling = Scaling(ones: missing, of: rows.count) {
      levels.append(TextInput.Level(text: nil, scaling: scaling))
    }
    let note =
      "Column \(quoted(name)): its \(counted(counts.count, "text")) become 0/1 inputs"
      + (missing > 0 ? ", and one more says where it is missing (\(missing) of \(rows.count))." : ".")
    return .kept(.text(TextInput(name: name, levels: levels)), note: note)
  }
}
