/// The shortest text that reads back as exactly this number: `0.1`, `5` rather than `5.0`, `1e-07`.
///
/// Not-a-number, which stands for a missing value, is the empty text.
public func numberText(_ value: Double) -> String {
  guard !value.isNaN else { return "" }
  let text = value.description
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}

/// A number as the name of a class or level: both zeros are `0`.
package func levelText(_ value: Double) -> String { numberText(value == 0 ? 0 : value) }

/// Whether a text is how a number is written as the name of a class.
package func isNumberText(_ text: String) -> Bool {
  var text = text
  let number = text.withUTF8 { parsedNumber($0) }
  return number.map { levelText($0) == text } ?? false
}

/// A text as a terminal may show it: control characters, which could move its cursor or worse, become spaces.
public func printable(_ text: String) -> String {
  var printable = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    let isControl =
      scalar.properties.generalCategory == .control || scalar == "\u{2028}" || scalar == "\u{2029}"
    printable.append(isControl ? " " : scalar)
  }
  return String(printable)
}

/// What an error says was found: the text in quotes, cut short where it is long.
package func quoted(_ text: String) -> String {
  let longest = 40
  let start = printable(String(text.prefix(longest)))
  return text.count > longest ? "\"\(start)…\"" : "\"\(start)\""
}

/// Several names as a sentence has them: `"a", "b" and 3 more`.
package func listed(_ names: [String], atMost limit: Int = 10) -> String {
  let shown = names.prefix(limit).map(quoted).joined(separator: ", ")
  return names.count > limit ? "\(shown) and \(names.count - limit) more" : shown
}

/// A count with its noun: `1 row`, `2 rows`.
package func counted(_ count: Int, _ noun: String, plural: String? = nil) -> String {
  "\(count) \(count == 1 ? noun : plural ?? noun + "s")"
}
