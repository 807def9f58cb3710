internal import CambiumCore
internal import CambiumStatistics

/// Error against size: for each data set what each learner's connections buy, and which learners are on the front.
struct SizeErrorFigure {
  /// The figure as SVG.
  let svg: String

  /// A learner's mean error and size on a data set.
  struct Point: Equatable {
    var learner: Int
    var connections: Double
    var error: Summary
  }

  /// The figure of a table; nil where no learner has finished.
  init?(of table: ResultTable, name: String) {
    let panels = table.rows.map { row in
      (
        row: row,
        points: row.entries.enumerated().compactMap { index, entry in
          entry.error.flatMap { error in
            entry.connections.map { Point(learner: index, connections: $0, error: error) }
          }
        }
      )
    }.filter { !$0.points.isEmpty }
    guard !panels.isEmpty else { return nil }
    var grid = PanelGrid(count: panels.count, panelWidth: 214, panelHeight: 186)
    let legend = LearnerLegend(table.learners, width: grid.width - 2 * grid.margin)
    grid.legendHeight = legend.height + 8
    var drawing = SVGDocument(width: grid.width, height: grid.height)
    legend.draw(at: (grid.margin + 6, grid.margin), in: &drawing)
    for (index, panel) in panels.enumerated() {
      Self.draw(
        panel.points, title: panel.row.data, measure: panel.row.measure, at: grid.origin(of: index),
        width: grid.panelWidth, height: grid.panelHeight, in: &drawing)
    }
    svg = drawing.rendered(
      title: "Error against size in \(name)",
      description:
        "For each data set, mean test error of each learner against its mean number of connections on a logarithmic axis, "
        + "with the standard deviation over the runs. Filled markers, joined by a line, are those that no other learner "
        + "beats in both.")
  }

  private static func draw(
    _ points: [Point], title: String, measure: Metric, at origin: (x: Double, y: Double),
    width: Double, height: Double, in drawing: inout SVGDocument
  ) {
    let ends = points.flatMap { [max(0, $0.error.mean - $0.error.standardDeviation), $0.error.mean] }
    let upper = points.map { $0.error.mean + $0.error.standardDeviation }
    let means = points.map(\.error.mean)
    let least = means.min() ?? 0
    let isWide = measure.applies(to: .regression) && least > 0 && (means.max() ?? 0) > 6 * least
    let frame = PlotFrame(
      left: origin.x + 36, right: origin.x + width - 10, top: origin.y + 19, bottom: origin.y + height - 38,
      horizontal: .logarithmic(points.flatMap { [0.8 * $0.connections, 1.25 * $0.connections] }),
      vertical: isWide ? .logarithmic(means + upper) : .linear(ends + upper))
    drawing.text(title, at: (frame.left, origin.y + 12), size: 11, isBold: true)
    drawing.text(
      measure.title, at: (frame.right, origin.y + 12), size: 9, anchor: .end, colour: Palette.faint)
    frame.drawAxes(withLabels: true, in: &drawing)
    drawing.text(
      "connections", at: ((frame.left + frame.right) / 2, frame.bottom + 24), size: 9, anchor: .middle,
      colour: Palette.faint)
    let front = ParetoFront.places(of: points.map { ($0.connections, $0.error.mean) })
    drawFront(front.map { points[$0] }, in: frame, of: &drawing)
    for (index, point) in points.enumerated() {
      let place = (x: frame.x(point.connections), y: frame.y(point.error.mean))
      if point.error.standardDeviation > 0 {
        drawing.line(
          (place.x, frame.y(point.error.mean - point.error.standardDeviation)),
          (place.x, frame.y(point.error.mean + point.error.standardDeviation)),
          .init(colour: Palette.colour(point.learner), width: 1, opacity: 0.7))
      }
      PlotMarker.draw(point.learner, at: place, isFilled: front.contains(index), in: &drawing)
    }
  }

  /// A staircase: what error a number of connections reaches.
  private static func drawFront(_ front: [Point], in frame: PlotFrame, of drawing: inout SVGDocument) {
    guard front.count > 1 else { return }
    var line: [(x: Double, y: Double)] = []
    for point in front {
      let (x, y) = (frame.x(point.connections), frame.y(point.error.mean))
      if let last = line.last { line.append((x, last.y)) }
      line.append((x, y))
    }
    drawing.polyline(line, .init(colour: Palette.faint, width: 0.9, dashes: [3, 2]))
  }
}
