/// The learners' markers and names, in as many lines as they need.
struct LearnerLegend {
  private let names: [String]
  private let places: [(x: Double, y: Double)]
  /// The height of all lines.
  let height: Double

  private static let lineHeight = 17.0

  /// A legend that is `width` pixels wide.
  init(_ names: [String], width: Double) {
    var places: [(x: Double, y: Double)] = []
    var (x, line) = (0.0, 0.0)
    for name in names {
      let length = 26 + 6.4 * Double(name.count)
      if x > 0, x + length > width { (x, line) = (0, line + 1) }
      places.append((x, line * Self.lineHeight))
      x += length
    }
    self.names = names
    self.places = places
    height = (line + 1) * Self.lineHeight
  }

  func draw(at origin: (x: Double, y: Double), in drawing: inout SVGDocument) {
    for (index, name) in names.enumerated() {
      let (x, y) = (origin.x + places[index].x, origin.y + places[index].y + 8)
      PlotMarker.draw(index, at: (x + 6, y), in: &drawing)
      drawing.text(name, at: (x + 14, y + 3.5), size: 11)
    }
  }
}
