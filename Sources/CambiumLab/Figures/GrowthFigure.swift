internal import CambiumCore

/// Growth curves in small multiples: for each data set error and coverage against the number of units.
struct GrowthFigure {
  /// The figure as SVG.
  let svg: String

  private static let margin = 12.0

  /// The figure of an experiment; nil where no run has a history of rounds.
  init?(of experiment: Experiment, records: [String: RunRecord]) {
    let grown = Set(
      experiment.cells.filter { records[$0.identity]?.result?.report.rounds.isEmpty == false }.map(\.learner))
    guard !grown.isEmpty else { return nil }
    let panels = experiment.data.enumerated().compactMap { index, data in
      GrowthPanel(
        title: data.name, isRegression: data.task == .regression,
        curves: experiment.spec.learners.indices.compactMap { learner in
          let cells = experiment.cells.filter { $0.data == index && $0.learner == learner }
          return GrowthCurve(
            learner: learner, isGrown: grown.contains(learner),
            results: cells.compactMap { records[$0.identity]?.result },
            isRegression: data.task == .regression)
        })
    }
    self.init(
      panels: panels, learners: experiment.spec.learners.map(\.name), grown: grown, name: experiment.name)
  }

  init(panels: [GrowthPanel], learners: [String], grown: Set<Int>, name: String) {
    let grid = PanelGrid(
      count: panels.count, panelWidth: 214, panelHeight: 258, legendHeight: 46, margin: Self.margin)
    var drawing = SVGDocument(width: grid.width, height: grid.height)
    Self.drawLegend(learners, grown: grown, in: &drawing)
    for (index, panel) in panels.enumerated() {
      let origin = grid.origin(of: index)
      panel.draw(
        atX: origin.x, y: origin.y, width: grid.panelWidth, height: grid.panelHeight, in: &drawing)
    }
    svg = drawing.rendered(
      title: "Growth curves of \(name)",
      description:
        "For each data set, error and coverage of the training rows against the number of hidden units, "
        + "means over the runs; test errors of the finished networks as points, of fixed networks as dashed lines."
    )
  }

  /// One entry for each learner, then what the kinds of lines mean.
  private static func drawLegend(
    _ learners: [String], grown: Set<Int>, in drawing: inout SVGDocument
  ) {
    var x = margin + 6
    let y = margin + 10
    for (index, learner) in learners.enumerated() {
      let colour = Palette.colour(index)
      let isGrown = grown.contains(index)
      drawing.line(
        (x, y), (x + 24, y),
        .init(colour: colour, width: 1.8, dashes: isGrown ? [] : GrowthPanel.dashes(ofLearner: index)))
      if isGrown { drawing.circle((x + 12, y), radius: 3, fill: "#ffffff", stroke: colour) }
      drawing.text(learner, at: (x + 29, y + 3.5), size: 11)
      x += 44 + 6.3 * Double(learner.count)
    }
    let keys: [(String, SVGDocument.Stroke?)] = [
      ("training (band: range of the runs)", .init(colour: Palette.faint, width: 1.8)),
      ("held out", .init(colour: Palette.faint, width: 1.1, dashes: [1.5, 2])),
      ("test, mean and range", nil),
      ("test, fixed network", .init(colour: Palette.faint, width: 1.4, dashes: Palette.dashes[0])),
    ]
    x = margin + 6
    for (words, stroke) in keys {
      let line = y + 20
      if let stroke {
        drawing.line((x, line), (x + 24, line), stroke)
      } else {
        drawing.line((x + 12, line - 6), (x + 12, line + 6), .init(colour: Palette.faint, width: 1.2))
        drawing.circle((x + 12, line), radius: 3, fill: "#ffffff", stroke: Palette.faint)
      }
      drawing.text(words, at: (x + 29, line + 3.5), size: 10, colour: Palette.faint)
      x += 44 + 5.4 * Double(words.count)
    }
  }
}
