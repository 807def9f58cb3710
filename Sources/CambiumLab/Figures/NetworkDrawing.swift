internal import CambiumCore
internal import Foundation

/// A grown network ring by ring: the inputs in the middle, each unit on a ring of its own in the order of installation, and
/// rays from the units outward to the bark, where the outputs are.
struct NetworkDrawing {
  private static let size = 460.0
  private static let bark = 212.0
  /// Successive units are turned by the golden angle, which spreads any number of them evenly.
  private static let goldenAngle = Double.pi * (3 - 5.0.squareRoot())
  /// With more of them, there is no room for names.
  private static let mostNames = 14

  private let units: [GrowthReplay.Unit]
  private let inputs: [String]
  private let title: String

  /// The drawing of the units of a replay; nil where it has none to show.
  init?(of replay: GrowthReplay, title: String) {
    guard !replay.units.isEmpty else { return nil }
    units = replay.units
    inputs = replay.inputs
    self.title = title
  }

  private var pith: Double { inputs.count <= Self.mostNames ? 44 : 56 }

  /// The radius of a unit's ring.
  private func ring(of unit: Int) -> Double {
    let first = pith + 26
    return first + (Self.bark - 20 - first) * Double(unit + 1) / Double(max(units.count, 4))
  }

  private func place(radius: Double, angle: Double) -> (x: Double, y: Double) {
    (Self.size / 2 + radius * sin(angle), Self.size / 2 - radius * cos(angle))
  }

  private func angle(ofUnit unit: Int) -> Double { Self.goldenAngle * (Double(unit) + 0.5) }

  /// Where a source lies: an input, or a unit.
  private func place(ofSource source: Int) -> (x: Double, y: Double) {
    guard source > inputs.count else {
      return place(radius: pith, angle: 2 * Double.pi * Double(source - 1) / Double(inputs.count))
    }
    let unit = source - inputs.count - 1
    return place(radius: ring(of: unit), angle: angle(ofUnit: unit))
  }

  /// The drawing as SVG. What belongs to a unit is a group with its number, `data-unit`, counted from 1.
  var svg: String {
    var drawing = SVGDocument(width: Self.size, height: Self.size)
    let centre = (x: Self.size / 2, y: Self.size / 2)
    drawing.group(["stroke-width": "2.5"]) {
      $0.circle(centre, radius: Self.bark, fill: "none", stroke: Palette.faint)
    }
    let widest = units.flatMap { $0.readout.map(abs) }.max() ?? 0
    for (index, unit) in units.enumerated() {
      drawing.group(["data-unit": "\(index + 1)"]) { drawing in
        drawing.group(["stroke-width": "0.7"]) {
          $0.circle(centre, radius: ring(of: index), fill: "none", stroke: Palette.grid)
        }
        drawConnections(of: unit, index: index, in: &drawing)
        drawRay(of: unit, index: index, widest: widest, in: &drawing)
      }
    }
    // Names and circles lie above all lines.
    for (index, unit) in units.enumerated() {
      drawing.group(["data-unit": "\(index + 1)"]) { drawUnit(unit, index: index, in: &$0) }
    }
    for (index, name) in inputs.enumerated() { drawInput(index, name, in: &drawing) }
    return drawing.rendered(
      title: title,
      description:
        "The inputs lie in the middle. Each unit lies on a ring of its own, in the order of installation from the inside "
        + "out. Whole lines are positive weights, dashed lines negative ones; the wider, the larger. Rays to the outermost "
        + "circle are the units' weights in the outputs.")
  }

  private func drawConnections(of unit: GrowthReplay.Unit, index: Int, in drawing: inout SVGDocument) {
    let target = place(ofSource: inputs.count + 1 + index)
    let read = zip(unit.sources, unit.weights).filter { $0.0 > 0 }
    let largest = read.map { abs($0.1) }.max() ?? 0
    for (source, weight) in read {
      drawing.line(
        place(ofSource: source), target,
        stroke(weight, largest: largest, isRadial: unit.activation == .radial))
    }
  }

  private func drawRay(of unit: GrowthReplay.Unit, index: Int, widest: Double, in drawing: inout SVGDocument)
  {
    guard let weight = unit.readout.max(by: { abs($0) < abs($1) }), weight != 0 else { return }
    let angle = angle(ofUnit: index)
    drawing.line(
      place(radius: ring(of: index), angle: angle), place(radius: Self.bark, angle: angle),
      stroke(weight, largest: widest, isRadial: false))
  }

  private func drawUnit(_ unit: GrowthReplay.Unit, index: Int, in drawing: inout SVGDocument) {
    let place = place(ofSource: inputs.count + 1 + index)
    let isNamed = units.count <= Self.mostNames
    drawing.circle(place, radius: isNamed ? 6 : 4.2, fill: Palette.paper, stroke: Palette.text)
    guard isNamed else { return }
    // Towards the middle where the name would leave the drawing.
    let isRight = place.x > Self.size / 2 ? place.x < Self.size - 90 : place.x < 90
    drawName(
      "\(index + 1) \(unit.activation.rawValue)", at: (place.x + (isRight ? 9 : -9), place.y + 3.5),
      size: 10.5,
      anchor: isRight ? .start : .end, in: &drawing)
  }

  /// A name with a rim of the ground, so that lines behind it do not hide it.
  private func drawName(
    _ name: String, at point: (x: Double, y: Double), size: Double, anchor: SVGDocument.Anchor,
    in drawing: inout SVGDocument
  ) {
    drawing.group([
      "paint-order": "stroke", "stroke": Palette.paper, "stroke-width": "3", "stroke-linejoin": "round",
    ]) { $0.text(name, at: point, size: size, anchor: anchor) }
  }

  private func drawInput(_ index: Int, _ name: String, in drawing: inout SVGDocument) {
    let place = place(ofSource: index + 1)
    let isNamed = inputs.count <= Self.mostNames
    drawing.circle(place, radius: isNamed ? 4 : 2.2, fill: Palette.text)
    guard isNamed else { return }
    let offset = place.y < Self.size / 2 - 1 ? -7.0 : 14
    let isBeside = abs(place.y - Self.size / 2) <= 1
    let short = name.count > 12 ? String(name.prefix(11)) + "…" : name
    drawing.text(
      short, at: (place.x, place.y + (isBeside ? 14 : offset)), size: 9, anchor: .middle, colour: Palette.axis
    )
  }

  /// Negative weights are dashed, so that print and the colour-blind tell them apart.
  private func stroke(_ weight: Double, largest: Double, isRadial: Bool) -> SVGDocument.Stroke {
    let share = largest > 0 ? abs(weight) / largest : 0
    let isNegative = weight < 0 && !isRadial
    return SVGDocument.Stroke(
      colour: isRadial ? Palette.colour(2) : Palette.colour(isNegative ? 1 : 0), width: 0.5 + 2.3 * share,
      dashes: isNegative ? [4, 2.5] : [], opacity: 0.75)
  }
}
