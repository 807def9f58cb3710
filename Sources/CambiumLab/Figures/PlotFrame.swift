/// A rectangle with axes: where values lie in the drawing.
struct PlotFrame {
  let left: Double
  let right: Double
  let top: Double
  let bottom: Double
  let horizontal: PlotScale
  let vertical: PlotScale

  func x(_ value: Double) -> Double { left + horizontal.position(value) * (right - left) }
  func y(_ value: Double) -> Double { bottom - vertical.position(value) * (bottom - top) }

  /// Draws grid lines and axes with ticks; the horizontal axis is labelled where it is the lowest of several.
  func drawAxes(withLabels isLabelled: Bool, in drawing: inout SVGDocument) {
    let axis = SVGDocument.Stroke(colour: Palette.axis, width: 0.8)
    for tick in vertical.ticks {
      let y = y(tick)
      drawing.line((left, y), (right, y), .init(colour: Palette.grid, width: 0.7))
      drawing.line((left - 3, y), (left, y), axis)
      drawing.text(
        vertical.label(tick), at: (left - 5, y + 3), size: 8.5, anchor: .end, colour: Palette.axis)
    }
    var labelEnd = -Double.infinity
    for tick in horizontal.ticks {
      let x = x(tick)
      drawing.line((x, bottom), (x, bottom + 3), axis)
      let label = horizontal.label(tick)
      let halfWidth = 2.4 * Double(label.count)
      // A label that would run into the one before it is left out.
      guard isLabelled, x - halfWidth > labelEnd + 2 else { continue }
      labelEnd = x + halfWidth
      drawing.text(label, at: (x, bottom + 12), size: 8.5, anchor: .middle, colour: Palette.axis)
    }
    drawing.line((left, top), (left, bottom), axis)
    drawing.line((left, bottom), (right, bottom), axis)
  }
}
