/// Figures as parts of a page: their colours are those of the page, light or dark.
enum EmbeddedFigure {
  /// Each colour of the palette, the page's custom property for it, and what that is in the dark.
  static let colours: [(colour: String, property: String, dark: String)] =
    [
      (Palette.paper, "--figure-paper", "#1b201d"), (Palette.text, "--figure-text", "#e4e7e2"),
      (Palette.axis, "--figure-axis", "#a9b0aa"), (Palette.grid, "--figure-grid", "#343b36"),
      (Palette.faint, "--figure-faint", "#98a09a"),
    ]
    + zip(Palette.colours, ["#5aaee8", "#f08a4b", "#3fc79b", "#e2a4c8", "#9bd7f7", "#f3c04f", "#f4f4f4"])
    .enumerated().map { ($1.0, "--series-\($0)", $1.1) }

  /// The drawing with its colours taken from the page.
  static func themed(_ svg: String) -> String {
    colours.reduce(svg) { $0.replacing("\"\($1.colour)\"", with: "\"var(\($1.property))\"") }
  }

  /// The custom properties, in light or in the dark.
  static func properties(isDark: Bool) -> String {
    colours.map { "\($0.property): \(isDark ? $0.dark : $0.colour);" }.joined(separator: " ")
  }
}
