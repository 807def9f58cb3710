public import CambiumExport

/// Partial dependences in small multiples: for each column the mean answer against its value.
public struct DependenceFigure {
  /// The figure as SVG.
  public let svg: String

  private static let mostPanels = 12

  /// The figure of at least one dependence; of more than twelve, the first twelve. `name` is the model's.
  public init(of dependences: [PartialDependence], name: String) {
    let shown = dependences.prefix(Self.mostPanels)
    let answers = shown.first?.answerNames ?? []
    var grid = PanelGrid(count: shown.count, mostColumns: 3, panelWidth: 214, panelHeight: 170)
    let legend = LearnerLegend(answers, width: grid.width - 2 * grid.margin)
    if answers.count > 1 { grid.legendHeight = legend.height + 8 }
    var drawing = SVGDocument(width: grid.width, height: grid.height)
    if answers.count > 1 { legend.draw(at: (grid.margin + 6, grid.margin), in: &drawing) }
    // One scale for all, so that columns can be compared.
    let scale = PlotScale.linear(shown.flatMap(\.answers.values))
    for (index, dependence) in shown.enumerated() {
      Self.draw(dependence, at: grid.origin(of: index), grid, scale, in: &drawing)
    }
    svg = drawing.rendered(
      title: "Partial dependence of \(name)",
      description:
        "For each input column the mean answer over given rows while the column is set to one value after another and the "
        + "others stay as they are: \(answers.joined(separator: ", ")).")
  }

  private static func draw(
    _ dependence: PartialDependence, at origin: (x: Double, y: Double), _ grid: PanelGrid, _ scale: PlotScale,
    in drawing: inout SVGDocument
  ) {
    let horizontal: PlotScale
    let places: [Double]
    switch dependence.values {
    case .numbers(let numbers):
      (horizontal, places) = (.linear(numbers), numbers)
    case .texts(let texts):
      places = texts.indices.map { Double($0) + 0.5 }
      horizontal = PlotScale(kind: .linear, lower: 0, upper: Double(texts.count), ticks: [])
    }
    let frame = PlotFrame(
      left: origin.x + 44, right: origin.x + grid.panelWidth - 10, top: origin.y + 19,
      bottom: origin.y + grid.panelHeight - 24, horizontal: horizontal, vertical: scale)
    drawing.text(dependence.column, at: (frame.left, origin.y + 12), size: 11, isBold: true)
    frame.drawAxes(withLabels: true, in: &drawing)
    for answer in dependence.answerNames.indices {
      let points = zip(places, dependence.answers.column(answer)).map { (x: frame.x($0), y: frame.y($1)) }
      if case .numbers = dependence.values, points.count > 1 {
        drawing.polyline(points, .init(colour: Palette.colour(answer), width: 1.8))
      } else {
        for point in points { PlotMarker.draw(answer, at: point, isFilled: true, in: &drawing) }
      }
    }
    guard case .texts(let texts) = dependence.values else { return }
    let most = max(3, Int((frame.right - frame.left) / Double(texts.count) / 5))
    for (place, text) in zip(places, texts) {
      let label = text.count > most ? text.prefix(most - 1) + "…" : text
      drawing.text(
        String(label), at: (frame.x(place), frame.bottom + 12), size: 8.5, anchor: .middle,
        colour: Palette.axis)
    }
  }
}
