internal import Foundation

/// A drawing in SVG, element after element. Coordinates are in pixels, from the upper left corner.
struct SVGDocument {
  private let width: Double
  private let height: Double
  private var elements: [String] = []

  init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }

  /// Where a text's anchor lies.
  enum Anchor: String { case start, middle, end }

  /// How a line is drawn.
  struct Stroke {
    var colour: String
    var width = 1.0
    /// Lengths of dashes and gaps; empty for a whole line.
    var dashes: [Double] = []
    var opacity = 1.0
  }

  mutating func line(_ from: (x: Double, y: Double), _ to: (x: Double, y: Double), _ stroke: Stroke) {
    elements.append(
      "<line x1=\"\(Self.text(from.x))\" y1=\"\(Self.text(from.y))\" x2=\"\(Self.text(to.x))\""
        + " y2=\"\(Self.text(to.y))\"\(Self.attributes(stroke))/>")
  }

  mutating func polyline(_ points: [(x: Double, y: Double)], _ stroke: Stroke) {
    elements.append(
      "<polyline points=\"\(Self.text(points))\" fill=\"none\" stroke-linejoin=\"round\"\(Self.attributes(stroke))/>"
    )
  }

  mutating func polygon(
    _ points: [(x: Double, y: Double)], fill: String, opacity: Double = 1, stroke: String = "none"
  ) {
    elements.append(
      "<polygon points=\"\(Self.text(points))\" fill=\"\(fill)\" fill-opacity=\"\(Self.text(opacity))\""
        + (stroke == "none" ? "/>" : " stroke=\"\(stroke)\"/>"))
  }

  mutating func rectangle(
    x: Double, y: Double, width: Double, height: Double, fill: String, opacity: Double = 1,
    stroke: String = "none"
  ) {
    elements.append(
      "<rect x=\"\(Self.text(x))\" y=\"\(Self.text(y))\" width=\"\(Self.text(width))\""
        + " height=\"\(Self.text(height))\" fill=\"\(fill)\" fill-opacity=\"\(Self.text(opacity))\""
        + (stroke == "none" ? "/>" : " stroke=\"\(stroke)\"/>"))
  }

  /// Draws several elements as one group, which carries the attributes given; a value must not need escaping.
  mutating func group(_ attributes: KeyValuePairs<String, String>, _ draw: (inout SVGDocument) -> Void) {
    elements.append("<g" + attributes.map { " \($0)=\"\($1)\"" }.joined() + ">")
    draw(&self)
    elements.append("</g>")
  }

  mutating func circle(
    _ centre: (x: Double, y: Double), radius: Double, fill: String, stroke: String = "none"
  ) {
    elements.append(
      "<circle cx=\"\(Self.text(centre.x))\" cy=\"\(Self.text(centre.y))\" r=\"\(Self.text(radius))\""
        + " fill=\"\(fill)\" stroke=\"\(stroke)\"/>")
  }

  mutating func text(
    _ words: String, at point: (x: Double, y: Double), size: Double = 10, anchor: Anchor = .start,
    colour: String = Palette.text, isBold: Bool = false
  ) {
    elements.append(
      "<text x=\"\(Self.text(point.x))\" y=\"\(Self.text(point.y))\" font-size=\"\(Self.text(size))\""
        + " text-anchor=\"\(anchor.rawValue)\" fill=\"\(colour)\"\(isBold ? " font-weight=\"bold\"" : "")>"
        + escapedForMarkup(words) + "</text>")
  }

  /// The whole document; `title` and `description` are for those who cannot see it.
  func rendered(title: String, description: String) -> String {
    """
    <svg xmlns="http://www.w3.org/2000/svg" width="\(Self.text(width))" height="\(Self.text(height))" \
    viewBox="0 0 \(Self.text(width)) \(Self.text(height))" role="img" \
    font-family="Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif">
    <title>\(escapedForMarkup(title))</title>
    <desc>\(escapedForMarkup(description))</desc>
    <rect width="100%" height="100%" fill="\(Palette.paper)"/>
    \(elements.joined(separator: "\n"))
    </svg>

    """
  }

  private static func attributes(_ stroke: Stroke) -> String {
    var text = " stroke=\"\(stroke.colour)\" stroke-width=\"\(Self.text(stroke.width))\""
    if !stroke.dashes.isEmpty {
      text += " stroke-dasharray=\"\(stroke.dashes.map(Self.text).joined(separator: " "))\""
    }
    if stroke.opacity < 1 { text += " stroke-opacity=\"\(Self.text(stroke.opacity))\"" }
    return text
  }

  private static func text(_ points: [(x: Double, y: Double)]) -> String {
    points.map { "\(text($0.x)),\(text($0.y))" }.joined(separator: " ")
  }

  /// A coordinate to a hundredth of a pixel.
  private static func text(_ value: Double) -> String {
    let text = String(format: "%.2f", value.isFinite ? value : 0)
    let trimmed = text.reversed().drop { $0 == "0" }
    return String((trimmed.first == "." ? trimmed.dropFirst() : trimmed).reversed())
  }
}
