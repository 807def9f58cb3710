internal import Cambium
internal import CambiumCore

/// What each output of a grown network adds up, in words.
struct ReadoutDescription {
  let network: Network
  let inputNames: [String]
  let outputs: OutputNames

  var text: String {
    let heading =
      switch network.task {
      case .regression where !network.links.isEmpty:
        "READOUT, the logarithm of the target in its standard deviations"
      case .regression: "READOUT, in standard deviations of the target"
      case .classification(2): "READOUT, the log-odds of the class"
      case .classification: "READOUT, the log of each class's share, up to what all have in common"
      }
    return ([heading] + (0..<network.readout.columns).map(block)).joined(separator: "\n")
  }

  private func block(ofOutput output: Int) -> String {
    let units = UnitDescription(network: network, inputNames: inputNames)
    let weights = network.readout.column(output)
    let order = weights.indices.dropFirst().filter { weights[$0] != 0 }.sorted {
      abs(weights[$0]) > abs(weights[$1])
    }
    let words = order.map { "\(signed(weights[$0])) \(units.name(ofSource: $0))" }
    let all = (words + ["constant \(Decimal.short(weights[0], digits: 3))"]).joined(separator: ", ")
    return "  \(outputs.names[output])\n"
      + TextLayout.wrapped("      " + all, width: Explanation.width, indent: 6)
  }
}
