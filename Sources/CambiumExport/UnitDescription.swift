internal import Cambium
internal import CambiumCore

/// Each unit of a grown network in words: its function, what it reads, what was pruned.
struct UnitDescription {
  let network: Network
  let inputNames: [String]

  var text: String {
    let heading = "UNITS, ring by ring; weights are of standardised sources, the largest first"
    guard !network.units.isEmpty else { return heading + "\n  none: the outputs are linear in the inputs" }
    let blocks = network.units.enumerated().map { index, unit in block(of: unit, number: index + 1) }
    return ([heading] + blocks).joined(separator: "\n")
  }

  private func block(of unit: Network.Unit, number: Int) -> String {
    let connections = counted(unit.connections.count, "connection")
    let covered = unit.coveredFirst.map { ", \(counted($0, "sample")) covered first" } ?? ""
    let title =
      "  u\(number)  \(unit.activation.rawValue), \(connections), \(unit.prunedConnections) pruned" + covered
    let parts =
      switch unit.activation.form {
      case .ridge: sumParts(of: unit, .first)
      case .radial: radialParts(of: unit)
      case .product: "\(sumParts(of: unit, .first)); times \(sumParts(of: unit, .second))"
      }
    return title + "\n" + TextLayout.wrapped("      " + parts, width: Explanation.width, indent: 6)
  }

  private func sumParts(of unit: Network.Unit, _ factor: Network.Factor) -> String {
    let connections = unit.connections.filter { $0.factor == factor }
    let bias = connections.first { $0.source == 0 }?.weight ?? 0
    let weights = connections.filter { $0.source > 0 }.sorted { abs($0.weight) > abs($1.weight) }
    let words = weights.map { "\(signed($0.weight)) \(name(ofSource: $0.source))" }
    return (words + ["bias \(Decimal.short(bias, digits: 3))"]).joined(separator: ", ")
  }

  private func radialParts(of unit: Network.Unit) -> String {
    // exp(−s²(φ − c)²) falls to 1/e at the distance 1/s from the centre.
    unit.connections.sorted { abs($0.weight) > abs($1.weight) }.map { connection in
      let centre = Decimal.short(connection.centre, digits: 3)
      let reach = connection.weight == 0 ? "any" : Decimal.short(1 / abs(connection.weight), digits: 3)
      return "\(name(ofSource: connection.source)) within \(reach) of \(centre)"
    }.joined(separator: ", ")
  }

  /// What a source is called where people read of it.
  func name(ofSource source: Int) -> String {
    switch source {
    case 0: "1"
    case ...network.inputCount: inputNames[source - 1]
    default: "u\(source - network.inputCount)"
    }
  }
}

/// A weight with its sign: `+0.531`, `-2`.
func signed(_ weight: Double) -> String {
  (weight < 0 ? "" : "+") + Decimal.short(weight, digits: 3)
}
