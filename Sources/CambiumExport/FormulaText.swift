internal import Cambium
internal import CambiumCore

/// A grown network as formulas, one definition a line, with all digits.
struct FormulaText {
  let network: Network
  let preprocessing: Preprocessing
  let outputs: OutputNames

  var text: String {
    var heading = "FORMULA, in full; clip(x, low, high) is x kept between low and high"
    if network.units.contains(where: { $0.activation == .log }) || readsLogarithms {
      heading += ",\n  signlog(x) is log(1 + x), and -log(1 - x) below 0"
    }
    for (activation, meaning) in Self.meanings
    where network.units.contains(where: { $0.activation == activation }) {
      heading += ",\n  \(meaning)"
    }
    let definitions = inputs + network.units.indices.map(unit) + answers
    let lines = definitions.map { TextLayout.wrapped("  " + $0, width: Explanation.width, indent: 6) }
    return ([heading] + lines).joined(separator: "\n")
  }

  /// Functions that are named in formulas, since they would repeat their argument, with what they are.
  private static let meanings: [(Activation, String)] = [
    (.sinc, "sinc(x) is sin(x) / x, and 1 at 0"),
    (.hermite1, "hermite1(x) is x exp(-x^2/2)"),
    (.mexicanHat, "mexicanhat(x) is (1 - x^2) exp(-x^2/2)"),
    (.hermite3, "hermite3(x) is (x^3 - 3 x) exp(-x^2/2)"),
  ]

  private var readsLogarithms: Bool {
    preprocessing.features.enumerated().contains { index, feature in
      if case .number(_, .some) = feature.source { isRead(source: index + 1) } else { false }
    }
  }

  private var inputs: [String] {
    preprocessing.features.enumerated().compactMap { index, feature in
      guard isRead(source: index + 1) else { return nil }
      let raw =
        switch feature.source {
        case .number(_, nil): "[\(feature.column)]"
        case .number(_, let scale?):
          "signlog(([\(feature.column)] - \(bracketed(scale.origin))) / \(Decimal.full(scale.unit)))"
        case .isMissing: "missing([\(feature.column)])"
        case .level(let text): "([\(feature.column)] is \"\(text)\")"
        }
      let deviation = Decimal.full(feature.scaling.standardDeviation)
      return "x\(index + 1) = (\(raw) - \(bracketed(feature.scaling.mean))) / \(deviation)"
    }
  }

  private func unit(_ index: Int) -> String {
    let unit = network.units[index]
    let inner =
      switch unit.activation.form {
      case .ridge: sum(of: unit, .first)
      case .radial: radialSum(of: unit)
      case .product: "(\(sum(of: unit, .first)))*(\(sum(of: unit, .second)))"
      }
    let clipped =
      "clip(\(function(unit.activation, of: inner)), "
      + "\(Decimal.full(unit.range.lowerBound)), \(Decimal.full(unit.range.upperBound)))"
    return "u\(index + 1) = (\(clipped) - \(bracketed(unit.offset))) * \(bracketed(unit.scale))"
  }

  private var answers: [String] {
    switch network.task {
    case .regression:
      outputs.names.indices.map { output in
        let range = network.outputRanges[output]
        let answer = AnswerFormula(of: network, output: output, scaling: outputs.scalings[output])
        let clipped =
          "clip(\(linear(output)), "
          + "\(Decimal.full(range.lowerBound)), \(Decimal.full(range.upperBound)))"
        return "[\(outputs.names[output])] = "
          + (answer.constant == 0 && answer.isExponential ? "" : "\(bracketed(answer.constant)) + ")
          + "\(bracketed(answer.factor)) * \(answer.isExponential ? "exp(\(clipped))" : clipped)"
      }
    case .classification(2):
      ["P(\(outputs.names[0])) = 1 / (1 + exp(-(\(linear(0)))))"]
    case .classification:
      outputs.names.indices.map { "s\($0 + 1) = \(linear($0))" }
        + outputs.names.indices.map { output in
          let sum = outputs.names.indices.map { "exp(s\($0 + 1))" }.joined(separator: " + ")
          return "P(\(outputs.names[output])) = exp(s\(output + 1)) / (\(sum))"
        }
    }
  }

  private func linear(_ output: Int) -> String {
    let weights = network.readout.column(output)
    return sum(weights.indices.filter { weights[$0] != 0 }.map { ($0, weights[$0]) })
  }

  private func sum(of unit: Network.Unit, _ factor: Network.Factor) -> String {
    sum(unit.connections.filter { $0.factor == factor }.map { ($0.source, $0.weight) })
  }

  private func sum(_ terms: [(source: Int, weight: Double)]) -> String {
    var text = ""
    for (source, weight) in terms {
      let size = Decimal.full(abs(weight)) + (source == 0 ? "" : "*" + name(ofSource: source))
      if text.isEmpty {
        text = (weight < 0 ? "-" : "") + size
      } else {
        text += (weight < 0 ? " - " : " + ") + size
      }
    }
    return text.isEmpty ? "0" : text
  }

  private func radialSum(of unit: Network.Unit) -> String {
    let terms = unit.connections.map { connection in
      let distance = "\(name(ofSource: connection.source)) - \(bracketed(connection.centre))"
      return "(\(bracketed(connection.weight))*(\(distance)))^2"
    }
    return terms.isEmpty ? "0" : "-(" + terms.joined(separator: " + ") + ")"
  }

  private func function(_ activation: Activation, of z: String) -> String {
    switch activation {
    case .logistic: "1/(1 + exp(-(\(z))))"
    case .tanh: "tanh(\(z))"
    case .sin: "sin(\(z))"
    case .cos: "cos(\(z))"
    case .log: "signlog(\(z))"
    case .softplus: "log(1 + exp(\(z)))"
    case .square: "(\(z))^2"
    case .cube: "(\(z))^3"
    case .gaussian: "exp(-(\(z))^2)"
    case .radial: "exp(\(z))"
    case .relu: "max(0, \(z))"
    case .arctan: "atan(\(z))"
    case .sinc: "sinc(\(z))"
    case .logSquare: "log(1 + (\(z))^2)"
    case .quartic: "(\(z))^4"
    case .hermite1: "hermite1(\(z))"
    case .mexicanHat: "mexicanhat(\(z))"
    case .hermite3: "hermite3(\(z))"
    case .product: z
    }
  }

  private func name(ofSource source: Int) -> String {
    source == 0 ? "1" : source <= network.inputCount ? "x\(source)" : "u\(source - network.inputCount)"
  }

  /// Whether anything reads an input.
  private func isRead(source: Int) -> Bool {
    (0..<network.readout.columns).contains { network.readout[source, $0] != 0 }
      || network.units.contains { $0.connections.contains { $0.source == source } }
  }

  private func bracketed(_ value: Double) -> String {
    value < 0 ? "(\(Decimal.full(value)))" : Decimal.full(value)
  }
}
