internal import Cambium
internal import CambiumCore

/// A grown network as formulas for a paper: the inputs that it reads, its units, its answers.
struct LaTeXSource {
  let plan: ExportPlan
  let network: Network
  /// How many significant digits numbers have.
  let digits: Int
  /// What else is to be said, a line each, as comments.
  var remarks: [String] = []

  /// The most terms of a line.
  private static let termsPerLine = 4

  var text: String {
    let comments = (plan.origin + [words] + remarks).map { "% \($0)\n" }.joined()
    let equations = (inputs + network.units.indices.map(unit) + scores + answers).joined(separator: " \\\\\n")
    return comments + "\\begin{align*}\n" + equations + "\n\\end{align*}\n"
  }

  private var words: String {
    let meanings = Self.meanings.filter { meaning in
      plan.uses(meaning.activation) || (meaning.activation == .log && plan.hasLogarithms)
    }
    return (["clip(x, a, b) is x kept between a and b"] + meanings.map(\.words)).joined(separator: "; ") + "."
  }

  private static let meanings: [(activation: Activation, words: String)] = [
    (.logistic, "logistic(z) is 1 / (1 + exp(-z))"),
    (.log, "slog(z) is sign(z) log(1 + |z|)"),
    (.sinc, "sinc(z) is sin(z) / z, and 1 at 0"),
    (.hermite1, "hermite1(z) is z exp(-z^2/2)"),
    (.mexicanHat, "mexicanhat(z) is (1 - z^2) exp(-z^2/2)"),
    (.hermite3, "hermite3(z) is (z^3 - 3z) exp(-z^2/2)"),
  ]

  // MARK: - Equations

  private var inputs: [String] {
    plan.model.preprocessing.features.enumerated().compactMap { index, feature in
      guard network.reads(source: index + 1) else { return nil }
      var raw: String
      switch feature.source {
      case .number(_, let logarithm):
        raw = Self.words(feature.column)
        if let logarithm {
          raw = call(
            "slog", "\\frac{\(difference(raw, logarithm.origin))}{\(number(logarithm.unit))}")
        }
      case .isMissing: raw = "[\(Self.words(feature.column)) \\text{ is missing}]"
      case .level(let text): raw = "[\(Self.words(feature.column)) = \(Self.words(text))]"
      }
      let scaling = feature.scaling
      return
        "x_{\(index + 1)} &= \\frac{\(difference(raw, scaling.mean))}{\(number(scaling.standardDeviation))}"
    }
  }

  private func unit(_ index: Int) -> String {
    let unit = network.units[index]
    var value: String
    switch unit.activation.form {
    case .ridge: value = function(unit.activation, of: sum(terms(unit, .first)))
    case .radial: value = call("exp", radialSum(of: unit))
    case .product:
      value = bracketed(sum(terms(unit, .first))) + " \\cdot " + bracketed(sum(terms(unit, .second)))
    }
    if unit.isClipped {
      value = call("clip", "\(value), \(number(unit.range.lowerBound)), \(number(unit.range.upperBound))")
    }
    return "u_{\(index + 1)} &= \(number(unit.scale)) \\cdot " + bracketed(difference(value, unit.offset))
  }

  private var scores: [String] {
    (0..<network.readout.columns).map { output in
      let weights = network.readout.column(output)
      let terms = weights.indices.filter { weights[$0] != 0 }.map { (source: $0, weight: weights[$0]) }
      return "s_{\(output + 1)} &= \(sum(terms))"
    }
  }

  private var answers: [String] {
    switch plan.answers {
    case .numbers(let targets):
      return targets.enumerated().map { index, target in
        let range = network.outputRanges[index]
        let clipped = call(
          "clip", "s_{\(index + 1)}, \(number(range.lowerBound)), \(number(range.upperBound))")
        let answer = AnswerFormula(of: network, output: index, scaling: target.scaling)
        let constant = answer.constant == 0 && answer.isExponential ? "" : "\(number(answer.constant)) + "
        let factor = answer.factor < 0 ? bracketed(number(answer.factor)) : number(answer.factor)
        return "\(Self.words(target.name)) &= \(constant)\(factor) \\cdot "
          + (answer.isExponential ? call("exp", clipped) : clipped)
      }
    case .classes(let classes) where plan.outputCount == 1:
      return ["P\\left(\(Self.words(classes[1]))\\right) &= \\frac{1}{1 + \(call("exp", "-s_{1}"))}"]
    case .classes(let classes):
      let sum = classes.indices.map { call("exp", "s_{\($0 + 1)}") }.joined(separator: " + ")
      return classes.enumerated().map { index, name in
        "P\\left(\(Self.words(name))\\right) &= \\frac{\(call("exp", "s_{\(index + 1)}"))}{\(sum)}"
      }
    }
  }

  // MARK: - Parts

  private func terms(_ unit: Network.Unit, _ factor: Network.Factor) -> [(source: Int, weight: Double)] {
    unit.connections.filter { $0.factor == factor }.map { ($0.source, $0.weight) }
  }

  private func sum(_ terms: [(source: Int, weight: Double)]) -> String {
    var text = ""
    for (index, (source, weight)) in terms.enumerated() {
      let size = number(abs(weight)) + (source == 0 ? "" : " \\cdot \(name(ofSource: source))")
      let sign = weight < 0 ? "- " : index == 0 ? "" : "+ "
      let isBroken = index > 0 && index.isMultiple(of: Self.termsPerLine)
      text += (isBroken ? "\n  " : index == 0 ? "" : " ") + sign + size
    }
    return text.isEmpty ? "0" : text
  }

  private func radialSum(of unit: Network.Unit) -> String {
    let terms = unit.connections.map { connection in
      let distance = bracketed(difference(name(ofSource: connection.source), connection.centre))
      return "- \(bracketed("\(number(connection.weight)) \\cdot \(distance)"))^{2}"
    }
    return terms.isEmpty ? "0" : terms.joined(separator: "\n  ")
  }

  private func function(_ activation: Activation, of z: String) -> String {
    switch activation {
    case .logistic: call("logistic", z)
    case .tanh: call("tanh", z)
    case .sin: call("sin", z)
    case .cos: call("cos", z)
    case .log: call("slog", z)
    case .softplus: call("ln", "1 + \(call("exp", z))")
    case .square: "\(bracketed(z))^{2}"
    case .cube: "\(bracketed(z))^{3}"
    case .gaussian: call("exp", "-\(bracketed(z))^{2}")
    case .radial: call("exp", z)
    case .relu: call("max", "0, \(z)")
    case .arctan: call("arctan", z)
    case .sinc: call("sinc", z)
    case .logSquare: call("ln", "1 + \(bracketed(z))^{2}")
    case .quartic: "\(bracketed(z))^{4}"
    case .hermite1: call("hermite1", z)
    case .mexicanHat: call("mexicanhat", z)
    case .hermite3: call("hermite3", z)
    case .product: bracketed(z)
    }
  }

  private static let standardFunctions: Set = ["tanh", "sin", "cos", "exp", "ln", "max", "arctan"]

  private func call(_ function: String, _ argument: String) -> String {
    (Self.standardFunctions.contains(function) ? "\\\(function)" : "\\operatorname{\(function)}")
      + bracketed(argument)
  }

  private func bracketed(_ text: String) -> String { "\\left(\(text)\\right)" }

  private func difference(_ text: String, _ value: Double) -> String {
    value == 0 ? text : "\(text) \(value < 0 ? "+" : "-") \(number(abs(value)))"
  }

  private func name(ofSource source: Int) -> String {
    switch source {
    case 0: "1"
    case ...network.inputCount: "x_{\(source)}"
    default: "u_{\(source - network.inputCount)}"
    }
  }

  /// A number; powers of ten where it is very large or small.
  private func number(_ value: Double) -> String { number(value, digits: digits) }

  private func number(_ value: Double, digits: Int) -> String {
    let parts = Decimal.short(value, digits: min(digits, 17)).split(separator: "e")
    guard parts.count == 2, let exponent = Int(parts[1].replacing("+", with: "")) else {
      return String(parts[0])
    }
    return "\(parts[0]) \\times 10^{\(exponent)}"
  }

  /// A text as words in a formula.
  static func words(_ text: String) -> String {
    var words = ""
    for character in printable(text) {
      switch character {
      case "\\": words += "\\textbackslash{}"
      case "^": words += "\\textasciicircum{}"
      case "~": words += "\\textasciitilde{}"
      case "#", "$", "%", "&", "_", "{", "}": words += "\\\(character)"
      default: words.append(character)
      }
    }
    return "\\text{\(words)}"
  }
}

extension Network {
  /// Whether anything reads a source.
  func reads(source: Int) -> Bool {
    (0..<readout.columns).contains { readout[source, $0] != 0 }
      || units.contains { $0.connections.contains { $0.source == source } }
  }
}

extension Network.Unit {
  /// Whether its range cuts anything off: its function may leave it.
  var isClipped: Bool {
    range.lowerBound > activation.range.lowerBound || range.upperBound < activation.range.upperBound
  }
}
