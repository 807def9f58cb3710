/// Lays out text for readers with a fixed width.
public enum TextLayout {
  /// `text` broken between words into lines of at most `width` characters, all but the first indented by
  /// `indent`. A longer word has a line of its own. Line breaks in the text stay.
  public static func wrapped(_ text: String, width: Int = 80, indent: Int = 0) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { wrappedLine(String($0), width: width, indent: indent) }
      .joined(separator: "\n")
  }

  private static func wrappedLine(_ line: String, width: Int, indent: Int) -> String {
    let margin = String(repeating: " ", count: indent)
    var lines: [String] = []
    var current = ""
    var rest = line[...]
    while !rest.isEmpty {
      // A word goes with the spaces before it, unless it begins a new line.
      let gap = rest.prefix { $0 == " " }
      let word = rest.dropFirst(gap.count).prefix { $0 != " " }
      rest = rest.dropFirst(gap.count + word.count)
      let isFirst = current.allSatisfy { $0 == " " }
      if isFirst || current.count + gap.count + word.count <= width {
        current += gap + word
      } else {
        lines.append(current)
        current = margin + word
      }
    }
    return (lines + [current]).joined(separator: "\n")
  }

  /// `text` with spaces before it to `width` characters.
  public static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  /// `text` with spaces after it to `width` characters.
  public static func left(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
