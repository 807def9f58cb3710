internal import CambiumCore

/// How large the gradients of each layer are, from the inputs to the outputs: a panel for each of the deepest networks.
struct LayerUpdateFigure {
  /// The figure as SVG.
  let svg: String

  private static let panelWidth = 226.0
  private static let panelHeight = 186.0

  /// The figure of a summary; nil where no network has a hidden layer.
  init?(of summary: LayerUpdateSummary, name: String) {
    let depth = summary.learners.map(\.layers).max() ?? 0
    let deepest = summary.learners.filter { $0.layers == depth }
    guard depth > 1, !deepest.isEmpty else { return nil }
    let grid = PanelGrid(
      count: deepest.count, mostColumns: 3, panelWidth: Self.panelWidth, panelHeight: Self.panelHeight)
    var drawing = SVGDocument(width: grid.width, height: grid.height)
    let gradients = deepest.flatMap { $0.epochs.flatMap(\.gradients) }
    for (index, learner) in deepest.enumerated() {
      Self.draw(
        learner, depth: depth, vertical: .logarithmic(gradients, span: 1e8), at: grid.origin(of: index),
        in: &drawing)
    }
    svg = drawing.rendered(
      title: "Gradients by layer in \(name)",
      description:
        "For each learner the root mean square gradient of a weight in each layer, from the inputs on, on a logarithmic "
        + "axis; one line for each of some epochs.")
  }

  private static func draw(
    _ learner: LayerUpdateSummary.Learner, depth: Int, vertical: PlotScale, at origin: (x: Double, y: Double),
    in drawing: inout SVGDocument
  ) {
    let layers = (1...depth).map(Double.init)
    let frame = PlotFrame(
      left: origin.x + 40, right: origin.x + panelWidth - 52, top: origin.y + 20,
      bottom: origin.y + panelHeight - 38,
      horizontal: PlotScale(kind: .linear, lower: 0.7, upper: Double(depth) + 0.3, ticks: layers),
      vertical: vertical)
    drawing.text(learner.name, at: (frame.left, origin.y + 12), size: 10, isBold: true)
    frame.drawAxes(withLabels: true, in: &drawing)
    drawing.text(
      "layer, from the inputs on", at: ((frame.left + frame.right) / 2, frame.bottom + 24), size: 9,
      anchor: .middle, colour: Palette.faint)
    var labelEnds: [Double] = []
    for (index, epoch) in LayerUpdateSummary.shown(learner.epochs).enumerated() {
      let places = zip(layers, epoch.gradients).map { (x: frame.x($0), y: frame.y($1)) }
      let colour = Palette.colour(index)
      drawing.polyline(places, .init(colour: colour, width: 1.6))
      for place in places { drawing.circle(place, radius: 2, fill: colour) }
      guard let last = places.last else { continue }
      // Labels that would lie on each other move apart.
      var y = last.y
      while labelEnds.contains(where: { abs($0 - y) < 9 }) { y += 9 }
      labelEnds.append(y)
      drawing.text("epoch \(epoch.epoch)", at: (last.x + 5, y + 3), size: 8.5, colour: colour)
    }
  }
}
