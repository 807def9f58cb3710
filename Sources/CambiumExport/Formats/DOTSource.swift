internal import Cambium
internal import CambiumCore

/// The graph of a grown network in the language of Graphviz: inputs to the left, answers to the right.
///
/// Lines are the thicker the larger a weight is beside the others of the same unit or answer; blue where it is positive,
/// red where it is negative. Of a radial unit a weight is the inverse width, and lines are grey.
struct DOTSource {
  let plan: ExportPlan
  let network: Network

  var text: String {
    let lines =
      plan.origin.map { "// \($0)" }
      + [
        "digraph \(Self.literal(plan.name)) {", "  rankdir=LR; ranksep=1.2; nodesep=0.15;",
        "  node [fontname=\"Helvetica\", fontsize=11, shape=box, style=rounded];",
        "  edge [arrowsize=0.5];",
      ] + inputs + units + answers + ["}"]
    return lines.joined(separator: "\n") + "\n"
  }

  private var inputs: [String] {
    let names = plan.model.preprocessing.featureNames.enumerated()
      .filter { network.reads(source: $0.offset + 1) }
    let nodes = names.map { "    x\($0.offset + 1) [label=\(Self.literal($0.element)), shape=plain];" }
    return nodes.isEmpty ? [] : ["  { rank=source;"] + nodes + ["  }"]
  }

  private var units: [String] {
    network.units.enumerated().flatMap { index, unit in
      let name = "u\(index + 1)"
      let weights = unit.connections.filter { $0.source > 0 }.map { connection in
        (source: connection.source, weight: connection.weight)
      }
      return ["  \(name) [label=\(Self.literal("\(name)  \(unit.activation.rawValue)"))];"]
        + edges(weights, to: name, isSigned: unit.activation.form != .radial)
    }
  }

  private var answers: [String] {
    let names = plan.outputCount == 1 ? plan.answers.names.suffix(1) : plan.answers.names[...]
    let nodes = names.enumerated().map { index, name in
      "    y\(index + 1) [label=\(Self.literal(network.links.isEmpty ? name : "\(name)  exp")), shape=plain];"
    }
    return ["  { rank=sink;"] + nodes + ["  }"]
      + nodes.indices.flatMap { output in
        let weights = network.readout.column(output).enumerated().dropFirst().filter { $0.element != 0 }
        return edges(weights.map { ($0.offset, $0.element) }, to: "y\(output + 1)", isSigned: true)
      }
  }

  private func edges(
    _ weights: [(source: Int, weight: Double)], to target: String, isSigned: Bool
  ) -> [String] {
    let largest = weights.map { abs($0.weight) }.max() ?? 0
    return weights.map { source, weight in
      let colour = !isSigned ? "#777777" : weight < 0 ? "#c0392b" : "#2471a3"
      let width = largest > 0 ? 0.3 + 2.2 * abs(weight) / largest : 0.3
      let name = source <= network.inputCount ? "x\(source)" : "u\(source - network.inputCount)"
      return "  \(name) -> \(target) [color=\"\(colour)\", penwidth=\(Decimal.short(width, digits: 3)), "
        + "tooltip=\"\(Decimal.short(weight))\"];"
    }
  }

  /// A text in quotes.
  private static func literal(_ text: String) -> String {
    "\"" + printable(text).replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}
