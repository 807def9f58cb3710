internal import CambiumCore

/// The weights of the first units of a network while they were trained: a line for each connection, and a cross where it was
/// pruned.
struct WeightPathFigure {
  /// The figure as SVG.
  let svg: String

  /// The most connections that can be told apart in a panel.
  static let mostLines = 30
  private static let panelWidth = 236.0
  private static let panelHeight = 172.0

  /// The figure of a replay; nil where it tells no paths, or of too many connections.
  ///
  /// - Parameter title: Which network it is.
  init?(of replay: GrowthReplay, title: String) {
    let paths = (replay.paths ?? []).filter { $0.epochs > 1 }
    guard !paths.isEmpty, paths.allSatisfy({ $0.lines.count <= Self.mostLines }) else { return nil }
    var grid = PanelGrid(
      count: paths.count, mostColumns: 3, panelWidth: Self.panelWidth, panelHeight: Self.panelHeight)
    grid.legendHeight = 18
    var drawing = SVGDocument(width: grid.width, height: grid.height)
    Self.drawLegend(at: (grid.margin + 6, grid.margin + 8), in: &drawing)
    for (index, path) in paths.enumerated() {
      Self.draw(path, unit: index + 1, at: grid.origin(of: index), in: &drawing)
    }
    svg = drawing.rendered(
      title: "Weights in training, \(title)",
      description:
        "For each of the first units a panel, with a line for the weight of each connection over the epochs of its "
        + "training. Lines that end in a cross were pruned there.")
  }

  /// How many connections were pruned in training.
  static func prunedCount(of replay: GrowthReplay) -> Int {
    (replay.paths ?? []).reduce(0) { count, path in
      count + path.lines.count { $0.weights.count < path.epochs }
    }
  }

  private static func drawLegend(at place: (x: Double, y: Double), in drawing: inout SVGDocument) {
    var x = place.x
    for (isPruned, text) in [(false, "connection that stays"), (true, "pruned at the cross")] {
      drawing.line((x, place.y), (x + 22, place.y), stroke(isPruned: isPruned))
      if isPruned { drawCross(at: (x + 22, place.y), in: &drawing) }
      drawing.text(text, at: (x + 30, place.y + 3), size: 9, colour: Palette.text)
      x += 150
    }
  }

  private static func stroke(isPruned: Bool) -> SVGDocument.Stroke {
    .init(colour: Palette.colour(isPruned ? 1 : 0), width: 1.1, opacity: 0.85)
  }

  private static func drawCross(at place: (x: Double, y: Double), in drawing: inout SVGDocument) {
    for slope in [-1.0, 1] {
      drawing.line(
        (place.x - 3, place.y - 3 * slope), (place.x + 3, place.y + 3 * slope),
        .init(colour: Palette.colour(1), width: 1.3))
    }
  }

  private static func draw(
    _ path: WeightPath, unit: Int, at origin: (x: Double, y: Double), in drawing: inout SVGDocument
  ) {
    let kept = path.lines.count { $0.weights.count == path.epochs }
    let weights = path.lines.flatMap(\.weights) + [0]
    let frame = PlotFrame(
      left: origin.x + 36, right: origin.x + panelWidth - 12, top: origin.y + 22,
      bottom: origin.y + panelHeight - 36,
      horizontal: .linear([0, Double(path.epochs)], from: 0, leastStep: 1), vertical: .linear(weights))
    drawing.text(
      "unit \(unit): \(path.activation.rawValue)", at: (frame.left, origin.y + 13), size: 11, isBold: true)
    drawing.text(
      "\(kept) of \(path.lines.count) stay", at: (frame.right, origin.y + 13), size: 9, anchor: .end,
      colour: Palette.faint)
    frame.drawAxes(withLabels: true, in: &drawing)
    drawing.line(
      (frame.left, frame.y(0)), (frame.right, frame.y(0)), .init(colour: Palette.axis, width: 0.7))
    drawing.text(
      "epochs", at: ((frame.left + frame.right) / 2, frame.bottom + 24), size: 9, anchor: .middle,
      colour: Palette.faint)
    // Those that were pruned lie on top: they are what the figure is for.
    let lines = path.lines.sorted { $0.weights.count > $1.weights.count }
    for line in lines {
      let isPruned = line.weights.count < path.epochs
      let places = line.weights.enumerated().map { (x: frame.x(Double($0 + 1)), y: frame.y($1)) }
      if places.count > 1 { drawing.polyline(places, stroke(isPruned: isPruned)) }
      if isPruned, let end = places.last { drawCross(at: end, in: &drawing) }
    }
  }
}
