/// Colours that the colour-blind tell apart, and that keep their order of darkness in print.
///
/// Okabe and Ito, Color Universal Design, 2008; the yellow is left out, which is too pale for lines on white.
enum Palette {
  static let colours = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000"]
  static let dashes: [[Double]] = [[6, 3], [2, 2.5], [8, 2.5, 2, 2.5], [4, 2]]
  static let paper = "#ffffff"
  static let text = "#222222"
  static let axis = "#555555"
  static let grid = "#E4E4E4"
  static let faint = "#666666"

  static func colour(_ index: Int) -> String { colours[index % colours.count] }
}
