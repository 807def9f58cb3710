internal import Foundation

/// Markers that differ in shape as well as in colour, so that print and the colour-blind tell them apart.
enum PlotMarker {
  /// The corners of each shape and by how much of a full turn the first is turned from the top; no corners are a circle.
  private static let shapes: [(corners: Int, turn: Double)] = [
    (0, 0), (4, 0.125), (3, 0), (4, 0), (3, 0.5), (6, 0), (5, 0),
  ]

  /// Draws the marker of a learner, by its place among the learners.
  static func draw(
    _ index: Int, at point: (x: Double, y: Double), radius: Double = 3.6, isFilled: Bool = true,
    in drawing: inout SVGDocument
  ) {
    let colour = Palette.colour(index)
    let fill = isFilled ? colour : Palette.paper
    // Past the last colour the shapes are shifted, so that no two of many learners look alike.
    let shape = shapes[(index + index / Palette.colours.count) % shapes.count]
    guard shape.corners > 0 else {
      drawing.circle(point, radius: radius, fill: fill, stroke: colour)
      return
    }
    // As large an area as the circle's, so that no shape looks more important.
    let corners = Double(shape.corners)
    let reach = radius * (2 * Double.pi / (corners * sin(2 * Double.pi / corners))).squareRoot()
    let points = (0..<shape.corners).map { corner in
      let angle = 2 * Double.pi * (Double(corner) / corners + shape.turn)
      return (x: point.x + reach * sin(angle), y: point.y - reach * cos(angle))
    }
    drawing.polygon(points, fill: fill, stroke: colour)
  }
}
