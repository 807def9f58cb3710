internal import CambiumCore
internal import CambiumStatistics

/// The test errors of all runs: for each data set a box and its points for each learner.
struct ErrorFigure {
  /// The figure as SVG.
  let svg: String

  /// The fewest runs of which a box is drawn; fewer are shown as points and their mean.
  static let fewestRunsForBox = 5
  /// The most runs that are all shown as points.
  static let mostPoints = 20
  private static let lineHeight = 17.0

  /// The figure of a table; nil where no learner has finished.
  init?(of table: ResultTable, name: String) {
    let rows = table.rows.filter { $0.entries.contains { !$0.runs.isEmpty } }
    guard !rows.isEmpty else { return nil }
    let longest = table.learners.map(\.count).max() ?? 0
    let labelWidth = min(110, 12 + 5.2 * Double(longest))
    let grid = PanelGrid(
      count: rows.count, mostColumns: 3, panelWidth: 190 + labelWidth,
      panelHeight: 54 + Self.lineHeight * Double(table.learners.count))
    var drawing = SVGDocument(width: grid.width, height: grid.height)
    for (index, row) in rows.enumerated() {
      Self.draw(
        row, learners: table.learners, at: grid.origin(of: index), labelWidth: labelWidth,
        width: grid.panelWidth, in: &drawing)
    }
    svg = drawing.rendered(
      title: "Test errors in \(name)",
      description:
        "For each data set and learner the test errors of the runs: the box holds the middle half, its line is the median, "
        + "whiskers reach to the furthest run within one and a half boxes, the cross is the mean, points are runs."
    )
  }

  private static func draw(
    _ row: ResultTable.Row, learners: [String], at origin: (x: Double, y: Double), labelWidth: Double,
    width: Double, in drawing: inout SVGDocument
  ) {
    let top = origin.y + 19
    let height = lineHeight * Double(learners.count)
    let frame = PlotFrame(
      left: origin.x + labelWidth, right: origin.x + width - 14, top: top, bottom: top + height,
      horizontal: scale(of: row),
      vertical: PlotScale(kind: .linear, lower: 0, upper: Double(learners.count), ticks: []))
    drawing.text(row.data, at: (frame.left, origin.y + 12), size: 11, isBold: true)
    drawing.text(
      row.measure.title, at: (frame.right, origin.y + 12), size: 9, anchor: .end, colour: Palette.faint)
    for tick in frame.horizontal.ticks {
      let x = frame.x(tick)
      drawing.line((x, frame.top), (x, frame.bottom), .init(colour: Palette.grid, width: 0.7))
    }
    frame.drawAxes(withLabels: true, in: &drawing)
    for (index, learner) in learners.enumerated() {
      let y = top + (Double(index) + 0.5) * lineHeight
      drawing.text(
        learner, at: (frame.left - 6, y + 3), size: 9, anchor: .end, colour: Palette.text)
      draw(row.entries[index].runs.map(\.error), of: index, atY: y, in: frame, of: &drawing)
    }
  }

  /// Errors that span powers of ten are on a logarithmic axis, unless some are 0.
  private static func scale(of row: ResultTable.Row) -> PlotScale {
    let errors = row.entries.flatMap { $0.runs.map(\.error) }
    let least = errors.min() ?? 0
    return least > 0 && (errors.max() ?? 0) > 10 * least ? .logarithmic(errors) : .linear(errors)
  }

  private static func draw(
    _ errors: [Double], of learner: Int, atY y: Double, in frame: PlotFrame, of drawing: inout SVGDocument
  ) {
    guard let box = BoxStatistics(of: errors), let summary = Summary(of: errors) else { return }
    let colour = Palette.colour(learner)
    let half = 4.5
    if errors.count >= fewestRunsForBox {
      let (low, high) = (frame.x(box.lowerQuartile), frame.x(box.upperQuartile))
      let whisker = SVGDocument.Stroke(colour: colour, width: 1)
      drawing.line((frame.x(box.lowerWhisker), y), (low, y), whisker)
      drawing.line((high, y), (frame.x(box.upperWhisker), y), whisker)
      drawing.rectangle(
        x: low, y: y - half, width: high - low, height: 2 * half, fill: colour, opacity: 0.16, stroke: colour)
      let median = frame.x(box.median)
      drawing.line((median, y - half), (median, y + half), .init(colour: colour, width: 2))
    }
    let points = errors.count <= mostPoints ? errors : box.outliers
    for error in points {
      drawing.circle((frame.x(error), y), radius: 1.6, fill: colour)
    }
    let mean = frame.x(summary.mean)
    for slope in [-1.0, 1] {
      drawing.line(
        (mean - 3, y - 3 * slope), (mean + 3, y + 3 * slope), .init(colour: Palette.text, width: 1.1))
    }
  }
}
