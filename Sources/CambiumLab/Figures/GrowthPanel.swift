/// The panel of one data set: error above, coverage below, over one axis of units.
struct GrowthPanel {
  let title: String
  let isRegression: Bool
  let curves: [GrowthCurve]

  /// The dashes of a fixed network's line, by its place among the learners.
  static func dashes(ofLearner index: Int) -> [Double] { Palette.dashes[index % Palette.dashes.count] }

  func draw(atX x: Double, y: Double, width: Double, height: Double, in drawing: inout SVGDocument) {
    let left = x + 34
    let right = x + width - 8
    drawing.text(title, at: (left, y + 12), size: 11, isBold: true)
    drawing.text(
      isRegression ? "RMSE / sd" : "error, %", at: (right, y + 12), size: 9, anchor: .end,
      colour: Palette.faint)
    let units = PlotScale.linear(unitCounts, from: 0, leastStep: 1)
    let error = PlotFrame(
      left: left, right: right, top: y + 19, bottom: y + height - 96, horizontal: units, vertical: errorScale)
    let coverage = PlotFrame(
      left: left, right: right, top: y + height - 80, bottom: y + height - 34, horizontal: units,
      vertical: PlotScale(kind: .linear, lower: 0, upper: 100, ticks: [0, 50, 100]))
    error.drawAxes(withLabels: false, in: &drawing)
    drawing.text(
      "training rows covered, %", at: (right, y + height - 84), size: 9, anchor: .end, colour: Palette.faint)
    coverage.drawAxes(withLabels: true, in: &drawing)
    drawing.text(
      "units", at: ((left + right) / 2, y + height - 10), size: 9, anchor: .middle, colour: Palette.faint)
    for curve in curves where !curve.isGrown { drawFixed(curve, in: error, of: &drawing) }
    for curve in curves where curve.isGrown { drawBand(curve, in: error, of: &drawing) }
    for curve in curves where curve.isGrown {
      drawGrown(curve, error: error, coverage: coverage, of: &drawing)
    }
    for curve in curves where curve.isGrown { drawTest(curve, in: error, of: &drawing) }
  }

  private var unitCounts: [Double] {
    let counts = curves.filter(\.isGrown).flatMap { $0.trainError.map(\.units) + [$0.test.units] }
    return counts.isEmpty ? [0, 1] : counts
  }

  /// Errors of regressions may span powers of ten; error rates may be 0, which no logarithm shows.
  private var errorScale: PlotScale {
    let errors = curves.flatMap { curve in
      (curve.trainError + curve.heldOutError).map(\.mean)
        + (curve.isGrown ? [curve.test.least, curve.test.greatest] : [curve.test.mean])
    }
    guard isRegression else { return .linear(errors, from: 0) }
    let least = errors.min() ?? 0
    return least > 0 && (errors.max() ?? 0) > 6 * least ? .logarithmic(errors) : .linear(errors)
  }

  private func drawFixed(_ curve: GrowthCurve, in frame: PlotFrame, of drawing: inout SVGDocument) {
    let y = frame.y(curve.test.mean)
    drawing.line(
      (frame.left, y), (frame.right, y),
      .init(
        colour: Palette.colour(curve.learner), width: 1.4, dashes: Self.dashes(ofLearner: curve.learner)))
  }

  private func drawBand(_ curve: GrowthCurve, in frame: PlotFrame, of drawing: inout SVGDocument) {
    guard curve.trainError.count > 1 else { return }
    let upper = curve.trainError.map { (frame.x($0.units), frame.y($0.greatest)) }
    let lower = curve.trainError.map { (frame.x($0.units), frame.y($0.least)) }
    drawing.polygon(upper + lower.reversed(), fill: Palette.colour(curve.learner), opacity: 0.14)
  }

  private func drawGrown(
    _ curve: GrowthCurve, error: PlotFrame, coverage: PlotFrame, of drawing: inout SVGDocument
  ) {
    let colour = Palette.colour(curve.learner)
    func trace(_ points: [GrowthCurve.Point], in frame: PlotFrame, _ stroke: SVGDocument.Stroke) {
      let places = points.map { (x: frame.x($0.units), y: frame.y($0.mean)) }
      if places.count == 1 { drawing.circle(places[0], radius: 1.8, fill: stroke.colour) }
      if places.count > 1 { drawing.polyline(places, stroke) }
    }
    trace(curve.heldOutError, in: error, .init(colour: colour, width: 1.1, dashes: [1.5, 2]))
    trace(curve.trainError, in: error, .init(colour: colour, width: 1.8))
    trace(curve.coverage, in: coverage, .init(colour: colour, width: 1.8))
  }

  private func drawTest(_ curve: GrowthCurve, in frame: PlotFrame, of drawing: inout SVGDocument) {
    let colour = Palette.colour(curve.learner)
    // Side by side where learners end at the same size.
    let rank = curves.filter { $0.isGrown && $0.learner < curve.learner && $0.test.units == curve.test.units }
      .count
    let x = frame.x(curve.test.units) + 7 * Double(rank)
    if curve.test.greatest > curve.test.least {
      drawing.line(
        (x, frame.y(curve.test.least)), (x, frame.y(curve.test.greatest)), .init(colour: colour, width: 1.2))
    }
    drawing.circle((x, frame.y(curve.test.mean)), radius: 3, fill: "#ffffff", stroke: colour)
  }
}
