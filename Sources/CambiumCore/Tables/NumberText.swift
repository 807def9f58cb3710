/// The shortest text that reads back as exactly this number: `0.1`, `5` rather than `5.0`, `1e-07`.
///
/// Not-a-number, which stands for a missing value, is the empty text.
public func numberText(_ value: Double) -> String {
  guard !value.isNaN else { return "" }
  let text = value.description
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}

/// A number as the name of a class or level: both zeros are `0`.
func levelText(_ value: Double) -> String { numberText(value == 0 ? 0 : value) }

/// What an error says was found: the text in quotes, cut short where it is long.
func quoted(_ text: String) -> String {
  let longest = 40
  let printable = String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 }.prefix(longest))
  return text.count > longest ? "\"\(printable)…\"" : "\"\(printable)\""
}

/// Several names as a sentence has them: `"a", "b" and 3 more`.
func listed(_ names: [String], atMost limit: Int = 10) -> String {
  let shown = names.prefix(limit).map(quoted).joined(separator: ", ")
  return names.count > limit ? "\(shown) and \(names.count - limit) more" : shown
}

/// A count with its noun: `1 row`, `2 rows`.
func counted(_ count: Int, _ noun: String, plural: String? = nil) -> String {
  "\(count) \(count == 1 ? noun : plural ?? noun + "s")"
}
