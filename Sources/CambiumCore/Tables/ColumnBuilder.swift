/// The cells of a column so far; the first that is not missing says what they are.
struct ColumnBuilder {
  private enum Kind { case undecided, numbers, texts }

  private var kind = Kind.undecided
  private var numbers: [Double] = []
  private var texts: [String?] = []

  /// Takes the cell if it is a finite number in a column of numbers: nearly all cells of most files.
  mutating func addNumber(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard kind == .numbers, let number = parsedNumber(bytes), number.isFinite else { return false }
    numbers.append(number)
    return true
  }

  /// Takes a missing cell; `rowCount` is the number of rows before it.
  mutating func addMissing(rowCount: Int) {
    switch kind {
    case .undecided: break
    case .numbers: numbers.append(.nan)
    case .texts: texts.append(nil)
    }
  }

  /// Takes any other cell; where it does not belong, says what was found and expected.
  mutating func add(_ text: String, rowCount: Int) -> (found: String, expected: String)? {
    switch kind {
    case .texts:
      texts.append(text)
    case .numbers:
      guard let number = Self.number(text) else {
        return (quoted(text), "a number, as in the column's first rows")
      }
      guard number.isFinite else { return (quoted(text), "a finite number") }
      numbers.append(number)
    case .undecided:
      guard let number = Self.number(text) else {
        kind = .texts
        texts = [String?](repeating: nil, count: rowCount) + [text]
        return nil
      }
      guard number.isFinite else { return (quoted(text), "a finite number") }
      kind = .numbers
      numbers = [Double](repeating: .nan, count: rowCount) + [number]
    }
    return nil
  }

  /// The column of `rowCount` cells; one without any value is of numbers.
  func finished(rowCount: Int) -> Table.Values {
    switch kind {
    case .undecided: .numbers([Double](repeating: .nan, count: rowCount))
    case .numbers: .numbers(numbers)
    case .texts: .texts(texts)
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
