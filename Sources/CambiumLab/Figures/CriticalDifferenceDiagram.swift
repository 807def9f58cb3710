internal import CambiumCore
internal import CambiumExport
public import CambiumStatistics

/// A critical-difference diagram: learners on an axis of average ranks, and bars over those that do not differ.
///
/// The best ranks are at the right. The names of the better half stand at the right, those of the other at the left, the
/// outermost on top. A thick bar joins a clique; Nemenyi's critical difference is drawn above the axis, as long as it is no
/// longer than that (Demšar 2006, *Statistical comparisons of classifiers over multiple data sets*, JMLR 7, figure 1).
public struct CriticalDifferenceDiagram {
  /// The diagram as SVG.
  public let svg: String

  /// The diagram of a comparison.
  public init(of comparison: LearnerComparison) {
    let layout = Layout(of: comparison)
    var drawing = SVGDocument(width: layout.width, height: layout.height)
    layout.drawAxis(in: &drawing)
    layout.drawCriticalDifference(in: &drawing)
    layout.drawLearners(in: &drawing)
    layout.drawCliques(in: &drawing)
    layout.drawCaption(in: &drawing)
    svg = drawing.rendered(
      title: "Average ranks of \(comparison.learners.count) learners",
      description: comparison.order.map {
        "\(comparison.learners[$0]): \(NumberFormat.fixed(comparison.averageRanks[$0], decimals: 2))"
      }.joined(separator: ", ") + ". " + layout.caption)
  }
}

/// Where everything lies.
private struct Layout {
  private let comparison: LearnerComparison
  private let left: Double
  private let right: Double
  private let levels: [Int]
  /// From the end of a name's line to the name, the rank between them.
  private let rankWidth: Double

  let width: Double
  var height: Double { captionTop + Self.captionLine * Double(captionLines.count - 1) + 10 }

  private static let margin = 12.0
  private static let nameSize = 12.0
  private static let nameLine = 20.0
  private static let captionSize = 9.5
  private static let captionLine = 13.0
  private static let rankSize = 9.5
  /// From the end of the axis to the end of a name's line.
  private static let elbow = 14.0
  private static let barLine = 9.0
  private static let barOverhang = 5.0
  private static let axisY = 54.0
  private static let ink = "#222222"

  init(of comparison: LearnerComparison) {
    self.comparison = comparison
    let steps = Double(comparison.learners.count - 1)
    let length = min(620, max(300, 42 * steps))
    let worst = NumberFormat.fixed(comparison.averageRanks.max() ?? 1, decimals: 2)
    rankWidth = TextWidth.pixels(worst, size: Self.rankSize) + 10
    let split = (comparison.order.count + 1) / 2
    func widest(_ places: ArraySlice<Int>) -> Double {
      places.map { TextWidth.pixels(comparison.learners[$0], size: Self.nameSize) }.max() ?? 0
    }
    let beside = Self.margin + Self.elbow + rankWidth
    left = beside + widest(comparison.order[split...])
    right = left + length
    width = right + beside + widest(comparison.order[..<split])
    levels = Self.levels(of: comparison, gap: (2 * Self.barOverhang + 4) * steps / length)
  }

  /// For each clique the lowest level on which its bar keeps a gap, in ranks, from all others.
  private static func levels(of comparison: LearnerComparison, gap: Double) -> [Int] {
    var ends: [Double] = []  // the worst rank of the last bar on each level
    return comparison.cliques.map { clique in
      let ranks = clique.map { comparison.averageRanks[$0] }
      let (best, worst) = (ranks.min() ?? 0, ranks.max() ?? 0)
      let level = ends.firstIndex { $0 < best - gap } ?? ends.count
      if level == ends.count { ends.append(worst) } else { ends[level] = worst }
      return level
    }
  }

  private func x(_ rank: Double) -> Double {
    right - (rank - 1) / Double(comparison.learners.count - 1) * (right - left)
  }

  private func barY(_ level: Int) -> Double { Self.axisY + 13 + Self.barLine * Double(level) }
  private var firstNameY: Double { barY(levels.max() ?? -1) + 20 }
  private var split: Int { (comparison.order.count + 1) / 2 }
  private var captionTop: Double { firstNameY + Self.nameLine * Double(split) + 8 }

  func drawAxis(in drawing: inout SVGDocument) {
    let stroke = SVGDocument.Stroke(colour: Self.ink, width: 1)
    let count = comparison.learners.count
    let spacing = (right - left) / Double(count - 1)
    let step = spacing >= 16 ? 1 : spacing >= 4 ? 5 : 25
    drawing.line((left, Self.axisY), (right, Self.axisY), stroke)
    for rank in 1...count {
      let isLabelled = rank == 1 || rank % step == 0
      let place = x(Double(rank))
      drawing.line((place, Self.axisY - (isLabelled ? 7 : 4)), (place, Self.axisY), stroke)
      if isLabelled {
        drawing.text(
          "\(rank)", at: (place, Self.axisY - 11), size: 10.5, anchor: .middle, colour: Self.ink)
      }
      guard rank < count, spacing >= 24 else { continue }
      drawing.line((place - spacing / 2, Self.axisY - 4), (place - spacing / 2, Self.axisY), stroke)
    }
  }

  func drawCriticalDifference(in drawing: inout SVGDocument) {
    let difference = comparison.criticalDifference
    let words = "CD = " + NumberFormat.fixed(difference, decimals: 2)
    guard difference <= Double(comparison.learners.count - 1) else {
      drawing.text(words + ", longer than the axis", at: (left, 16), size: 10.5, colour: Self.ink)
      return
    }
    let end = left + difference / Double(comparison.learners.count - 1) * (right - left)
    let stroke = SVGDocument.Stroke(colour: Self.ink, width: 1.4)
    drawing.line((left, 23), (end, 23), stroke)
    for place in [left, end] { drawing.line((place, 19), (place, 27), stroke) }
    // Centred where the bar is long enough for the words.
    let isLong = end - left >= TextWidth.pixels(words, size: 10.5)
    drawing.text(
      words, at: (isLong ? (left + end) / 2 : left, 14), size: 10.5, anchor: isLong ? .middle : .start,
      colour: Self.ink)
  }

  func drawLearners(in drawing: inout SVGDocument) {
    for (place, learner) in comparison.order.enumerated() {
      let isRight = place < split
      let level = isRight ? place : comparison.order.count - 1 - place
      let y = firstNameY + Self.nameLine * Double(level)
      let rank = comparison.averageRanks[learner]
      let side = isRight ? 1.0 : -1
      let end = (isRight ? right : left) + side * Self.elbow
      drawing.polyline(
        [(x(rank), Self.axisY), (x(rank), y), (end, y)], .init(colour: Palette.axis, width: 1))
      drawing.text(
        NumberFormat.fixed(rank, decimals: 2), at: (end + side * 4, y + 3.5), size: Self.rankSize,
        anchor: isRight ? .start : .end, colour: Palette.faint)
      drawing.text(
        comparison.learners[learner], at: (end + side * rankWidth, y + 4), size: Self.nameSize,
        anchor: isRight ? .start : .end, colour: Self.ink)
    }
  }

  func drawCliques(in drawing: inout SVGDocument) {
    for (clique, level) in zip(comparison.cliques, levels) {
      let places = clique.map { x(comparison.averageRanks[$0]) }
      drawing.line(
        ((places.min() ?? left) - Self.barOverhang, barY(level)),
        ((places.max() ?? right) + Self.barOverhang, barY(level)), .init(colour: Self.ink, width: 4))
    }
  }

  var caption: String {
    let count = comparison.dataSetCount
    let test = "after Holm's correction (α = \(numberText(comparison.level)))."
    return "Average ranks over \(count == 1 ? "one data set" : "\(count) data sets"), the best at the right. "
      + (comparison.cliques.isEmpty
        ? "All neighbours differ by Wilcoxon's test \(test) "
        : "Bars join learners that Wilcoxon's test does not tell apart \(test) ")
      + "CD is Nemenyi's critical difference."
  }

  private var captionLines: [String] {
    let characters = Int((width - 2 * Self.margin) / (Self.captionSize * 0.52))
    return TextLayout.wrapped(caption, width: characters).split(separator: "\n").map(String.init)
  }

  func drawCaption(in drawing: inout SVGDocument) {
    for (index, line) in captionLines.enumerated() {
      drawing.text(
        line, at: (width / 2, captionTop + Self.captionLine * Double(index)), size: Self.captionSize,
        anchor: .middle, colour: Palette.faint)
    }
  }
}
