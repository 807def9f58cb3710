internal import CambiumCore

/// Which function each round chose: for each grown learner a map of rounds and functions, shares over all its runs.
struct ActivationFigure {
  /// The figure as SVG.
  let svg: String

  private static let cell = 15.0
  private static let labelWidth = 74.0
  private static let margin = 12.0
  private static let reachHeight = 26.0

  /// The figure of an experiment; nil where no run kept a unit.
  init?(of experiment: Experiment, records: [String: RunRecord]) {
    let panels = experiment.spec.learners.enumerated().compactMap { index, learner in
      let reports = experiment.cells.filter { $0.learner == index }.compactMap {
        records[$0.identity]?.result?.report
      }
      return ActivationShares(of: reports).map { (name: learner.name, runs: reports.count, shares: $0) }
    }
    guard !panels.isEmpty else { return nil }
    self.init(panels: panels, name: experiment.name)
  }

  init(panels: [(name: String, runs: Int, shares: ActivationShares)], name: String) {
    let columns = panels.map(\.shares.shares.count).max() ?? 1
    let heights = panels.map { 62 + Self.reachHeight + Self.cell * Double($0.shares.activations.count) }
    let width = max(440, 2 * Self.margin + Self.labelWidth + Self.cell * Double(columns) + 64)
    var drawing = SVGDocument(width: width, height: 2 * Self.margin + 20 + heights.reduce(0, +))
    Self.drawKey(endingAtX: width - Self.margin, in: &drawing)
    var y = Self.margin + 20
    for (panel, height) in zip(panels, heights) {
      Self.draw(panel.shares, title: panel.name, runs: panel.runs, atY: y, in: &drawing)
      y += height
    }
    svg = drawing.rendered(
      title: "Functions chosen in \(name)",
      description:
        "For each grown learner, the share of its runs' units that have each nonlinear function, round by round, darker for "
        + "larger shares; above, the share of the runs that reached the round; on the right, the share over all rounds."
    )
  }

  private static func drawKey(endingAtX right: Double, in drawing: inout SVGDocument) {
    drawing.text(
      "share of the units kept", at: (right - 188, margin + 10), size: 9, anchor: .end, colour: Palette.faint)
    for (index, share) in [0, 0.25, 0.5, 1].enumerated() {
      let x = right - 180 + 46 * Double(index)
      drawCell(share, atX: x, y: margin, in: &drawing)
      drawing.text(
        NumberFormat.fixed(100 * share, decimals: 0) + " %", at: (x + cell + 3, margin + 10), size: 9,
        colour: Palette.faint)
    }
  }

  private static func drawCell(_ share: Double, atX x: Double, y: Double, in drawing: inout SVGDocument) {
    // A floor keeps rare choices visible.
    drawing.rectangle(
      x: x + 0.5, y: y + 0.5, width: cell - 1, height: cell - 1,
      fill: share > 0 ? Palette.colour(0) : Palette.grid, opacity: share > 0 ? 0.12 + 0.88 * share : 0.45)
  }

  private static func draw(
    _ shares: ActivationShares, title: String, runs: Int, atY top: Double, in drawing: inout SVGDocument
  ) {
    let left = margin + labelWidth
    let right = left + cell * Double(shares.shares.count)
    drawing.text(title, at: (margin, top + 12), size: 11, isBold: true)
    drawing.text(
      "runs (\(runs))", at: (left - 6, top + 12 + reachHeight), size: 9, anchor: .end, colour: Palette.faint)
    drawing.text("all", at: (right + 8, top + 12 + reachHeight), size: 9, colour: Palette.faint)
    let base = top + 14 + reachHeight
    for (column, reach) in shares.reach.enumerated() {
      let height = (reachHeight - 4) * reach
      drawing.rectangle(
        x: left + cell * Double(column) + 1, y: base - height, width: cell - 2, height: height,
        fill: Palette.faint, opacity: 0.5)
    }
    for (line, activation) in shares.activations.enumerated() {
      let y = base + 6 + cell * Double(line)
      drawing.text(
        activation.rawValue, at: (left - 6, y + cell - 4), size: 9.5, anchor: .end)
      drawing.rectangle(
        x: left, y: y + 0.5, width: right - left, height: cell - 1, fill: Palette.grid, opacity: 0.45)
      for (column, share) in shares.shares.enumerated() where share[line] > 0 {
        drawCell(share[line], atX: left + cell * Double(column), y: y, in: &drawing)
      }
      drawing.text(
        NumberFormat.fixed(100 * shares.total[line], decimals: 0) + " %", at: (right + 8, y + cell - 4),
        size: 9.5, colour: Palette.axis)
    }
    let bottom = base + 6 + cell * Double(shares.activations.count)
    for column in shares.shares.indices where column == 0 || (column + 1) % 5 == 0 {
      drawing.text(
        "\(column * shares.width + 1)", at: (left + cell * (Double(column) + 0.5), bottom + 11), size: 8.5,
        anchor: .middle, colour: Palette.axis)
    }
    drawing.text("round", at: (left - 6, bottom + 11), size: 9, anchor: .end, colour: Palette.faint)
  }
}
