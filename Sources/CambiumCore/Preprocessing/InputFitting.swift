extension InputEncoding {
  /// What became of a raw column.
  enum Fitted {
    /// It becomes features; the note says what is worth saying of it.
    case kept(InputEncoding, note: String?)
    /// It says nothing that can be learned from; the note says why.
    case dropped(note: String)
  }

  /// Fits the encoding of a raw column to the given rows, at least two, and what each of them counts.
  ///
  /// - Throws: `InputError` where numbers are too large for their spread to be told.
  static func fit(
    to column: Table.Column, of table: Table, rows: [Int], weights: [Double]? = nil
  ) throws -> Fitted {
    let weights = RowWeights(count: rows.count, weights: weights)
    switch column.values {
    case .numbers(let numbers):
      return try fit(numbers: numbers.numbers(ofRows: rows), weights, named: column.name, of: table)
    case .texts(let texts): return fit(texts: texts.texts(ofRows: rows), weights, named: column.name)
    }
  }

  private static func fit(
    numbers all: [Double], _ weights: RowWeights, named name: String, of table: Table
  ) throws -> Fitted {
    let missing = all.indices.filter { all[$0].isNaN }
    let places = missing.isEmpty ? Array(all.indices) : all.indices.filter { !all[$0].isNaN }
    let present = missing.isEmpty ? all : places.map { all[$0] }
    guard let minimum = present.min(), let maximum = present.max() else {
      return .dropped(note: "Column \(quoted(name)) is left out: it has no value in the training rows.")
    }
    let constant = Fitted.dropped(
      note:
        "Column \(quoted(name)) is left out: its only value in the training rows is \(numberText(minimum)).")
    guard minimum < maximum else { return constant }

    let picked = weights.picked(places)
    let numbers = missing.isEmpty && picked == nil ? described(of: present) : present
    let plain = DescriptiveStatistics.moments(of: numbers, weights: picked)
    let logarithm = LogarithmicScale(fittingTo: numbers, weights: picked, skewness: plain.skewness)
    let values = logarithm.map { scale in numbers.map { scale.value(of: $0) } } ?? numbers
    func deviation(around mean: Double) -> Double? {
      if logarithm == nil, missing.isEmpty { return plain.deviation }
      return DescriptiveStatistics.standardDeviation(
        of: values + [Double](repeating: mean, count: missing.count),
        weights: weights.picked(places + missing))
    }
    guard
      let mean = logarithm == nil
        ? plain.mean : DescriptiveStatistics.mean(of: values, weights: picked),
      let deviation = deviation(around: mean)
    else {
      throw InputError(
        .content, at: table.location(column: name),
        found: "values from \(numberText(minimum)) to \(numberText(maximum))",
        expected: "values whose spread can be told: smaller units")
    }
    guard deviation > 0 else { return constant }
    let input = NumericInput(
      name: name, logarithm: logarithm, scaling: Scaling(mean: mean, standardDeviation: deviation),
      missingScaling: Scaling(rows: missing, of: weights))
    guard !missing.isEmpty else { return .kept(.numeric(input), note: nil) }
    return .kept(
      .numeric(input),
      note: "Column \(quoted(name)): \(missing.count) of \(counted(all.count, "training value")) "
        + "\(missing.count == 1 ? "is" : "are") missing and become the mean \(numberText(input.imputed)); "
        + "one more input says where.")
  }

  /// The most numbers without gaps and weights whose moments are looked at: the deviation is then known to a fifth of a per cent.
  static let mostNumbersDescribed = 1 << 17

  /// As many numbers, evenly spaced, where they vary; else all.
  private static func described(of numbers: [Double]) -> [Double] {
    guard numbers.count > mostNumbersDescribed else { return numbers }
    let some = (0..<mostNumbersDescribed).map { numbers[$0 * numbers.count / mostNumbersDescribed] }
    return some.contains { $0 != some[0] } ? some : numbers
  }

  private static func fit(texts: [String?], _ weights: RowWeights, named name: String) -> Fitted {
    var places: [String: [Int]] = [:]
    var gaps: [Int] = []
    for (place, text) in texts.enumerated() {
      if let text { places[text, default: []].append(place) } else { gaps.append(place) }
    }
    let counts = places.mapValues(\.count)
    let present = texts.count - gaps.count
    let leftOut = "Column \(quoted(name)) is left out: "
    guard let any = counts.keys.first else {
      return .dropped(note: leftOut + "it has no value in the training rows.")
    }
    guard counts.count > 1 || present < texts.count else {
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
    var levels = places.sorted { $0.key < $1.key }.compactMap { text, places in
      Scaling(rows: places, of: weights).map { TextInput.Level(text: text, scaling: $0) }
    }
    if let scaling = Scaling(rows: gaps, of: weights) {
      levels.append(TextInput.Level(text: nil, scaling: scaling))
    }
    let note =
      "Column \(quoted(name)): its \(counted(counts.count, "text")) become 0/1 inputs"
      + (gaps.isEmpty ? "." : ", and one more says where it is missing (\(gaps.count) of \(texts.count)).")
    return .kept(.text(TextInput(name: name, levels: levels)), note: note)
  }
}
