/// How wide a text is drawn, nearly: a drawing cannot ask, and readers have other fonts.
enum TextWidth {
  /// The width in pixels of `text` in a font of that size, a little more than Helvetica's.
  static func pixels(_ text: String, size: Double) -> Double { text.map(ems).reduce(0, +) * size * 1.08 }

  private static func ems(_ character: Character) -> Double {
    switch character {
    case "i", "j", "l", "I", ".", ",", ":", ";", "'", "|", "!": 0.26
    case "f", "t", "r", "(", ")", "[", "]", "-", "/", " ": 0.33
    case "m", "w", "M", "W", "%", "@", "—", "…": 0.9
    case "A"..."Z": 0.7
    case "a"..."z", "0"..."9": 0.55
    // Letters of East Asia and pictures are as wide as they are high.
    default: character.unicodeScalars.contains { $0.value >= 0x1100 } ? 1 : 0.6
    }
  }
}
