/// The cells of a column so far; unless it is known, the first that is not missing says what they are.
struct ColumnBuilder {
  private enum Kind { case ignored, undecided, numbers, texts }

  private var kind: Kind
  private var numbers = NumberColumn()
  private var texts = TextColumn()
  private let writer: (any NumberBlockWriter)?
  private var spellings = NumberSpellings()

  /// A column of that name, not a cell of which has come.
  init(named name: String, reading: ColumnReading, writer: (any NumberBlockWriter)?) {
    self.writer = writer
    kind = !reading.includes(name) ? .ignored : reading.texts.contains(name) ? .texts : .undecided
    if kind == .texts { texts = TextColumn(writingTo: writer) }
  }

  /// Whether its cells are passed over.
  var isIgnored: Bool { kind == .ignored }

  /// Takes the cell if it is a finite number in a column of numbers: nearly all cells of most files.
  mutating func addNumber(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard kind == .numbers, let number = parsedNumber(bytes), number.isFinite else { return false }
    numbers.append(number)
    spellings.note(bytes, of: number)
    return true
  }

  /// Takes a missing cell; `rowCount` is the number of rows before it.
  mutating func addMissing(rowCount: Int) {
    switch kind {
    case .ignored, .undecided: break
    case .numbers: numbers.append(.nan)
    case .texts: texts.append(nil)
    }
  }

  /// Takes any other cell; where it does not belong, says what was found and expected.
  mutating func add(_ text: String, rowCount: Int) -> (found: String, expected: String)? {
    switch kind {
    case .ignored: return nil
    case .texts:
      texts.append(text)
      return nil
    case .numbers, .undecided: break
    }
    guard let number = Self.number(text) else {
      guard kind == .undecided else { return (quoted(text), "a number, as in the column's first rows") }
      kind = .texts
      texts = TextColumn(writingTo: writer)
      for _ in 0..<rowCount { texts.append(nil) }
      texts.append(text)
      return nil
    }
    guard number.isFinite else { return (quoted(text), "a finite number") }
    if kind == .undecided {
      kind = .numbers
      numbers = NumberColumn(writingTo: writer)
      for _ in 0..<rowCount { numbers.append(.nan) }
    }
    numbers.append(number)
    var text = text
    text.withUTF8 { spellings.note($0, of: number) }
    return nil
  }

  /// The column of `rowCount` cells; one without any value is of numbers. Nil where it was passed over.
  func finished(named name: String, rowCount: Int) -> Table.Column? {
    switch kind {
    case .ignored: nil
    case .undecided:
      Table.Column(name: name, values: .numbers(NumberColumn(repeatElement(.nan, count: rowCount))))
    case .numbers: Table.Column(name: name, values: .numbers(numbers), spellings: spellings.byNumber)
    case .texts: Table.Column(name: name, values: .texts(texts))
    }
  }

  /// The number that a text is, spaces around it ignored: in quotes they are part of a cell.
  private static func number(_ text: String) -> Double? {
    var bytes = text.utf8[...]
    while bytes.first == 0x20 || bytes.first == 0x09 { bytes.removeFirst() }
    while bytes.last == 0x20 || bytes.last == 0x09 { bytes.removeLast() }
    return Array(bytes).withUnsafeBufferPointer(parsedNumber)
  }
}
