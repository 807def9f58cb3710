extension Table {
  /// The table as CSV (RFC 4180, lines end in a line feed): a header, then one line for each row.
  ///
  /// Numbers have the shortest text that reads back as the same number; missing cells are empty.
  public func csv() -> String {
    var text = columns.map { Self.field($0.name) }.joined(separator: ",") + "\n"
    for row in 0..<rowCount {
      for (index, column) in columns.enumerated() {
        if index > 0 { text += "," }
        switch column.values {
        case .numbers(let numbers): text += numberText(numbers[row])
        case .texts(let texts): text += texts[row].map(Self.field) ?? ""
        }
      }
      // An empty line would be skipped when read: quotes make a row of a lone missing cell.
      if columns.count == 1, columns[0].text(ofRow: row)?.isEmpty ?? true { text += "\"\"" }
      text += "\n"
    }
    return text
  }

  /// A field as CSV: in quotes where a reader would otherwise see something else.
  private static func field(_ text: String) -> String {
    let needsQuotes = text.utf8.contains { byte in
      byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == 0x0A || byte == 0x0D
    }
    guard needsQuotes || text.first?.isWhitespace == true || text.last?.isWhitespace == true else {
      return text
    }
    var quotedText = "\""
    for character in text.unicodeScalars {
      if character == "\"" { quotedText += "\"\"" } else { quotedText.unicodeScalars.append(character) }
    }
    return quotedText + "\""
  }
}
