internal import Cambium
internal import CambiumCore

/// A model as one Python module that needs NumPy alone and answers for many rows at once.
struct PythonSource {
  let plan: ExportPlan
  let types: NumberTypes

  private var syntax: PythonSyntax { PythonSyntax(real: types.inner) }

  var text: String {
    let parts =
      [heading, "import numpy as np", lists, prediction] + helpers + [encoding]
      + plan.networks.indices.map(network)
    return parts.joined(separator: "\n\n\n").replacing("\"\"\"\n\n\nimport", with: "\"\"\"\n\nimport") + "\n"
  }

  private var heading: String {
    let words = (plan.origin + types.remark).map { $0.replacing("\\", with: "/").replacing("\"", with: "'") }
    return "\"\"\"\(words.joined(separator: "\n"))\n\"\"\""
  }

  private var lists: String {
    func list(_ name: String, _ values: [String]) -> String {
      "\(name) = [" + values.map { "\n    \(PythonSyntax.literal($0))," }.joined()
        + (values.isEmpty ? "]" : "\n]")
    }
    let answers =
      switch plan.answers {
      case .numbers: list("ANSWERS", plan.answers.names)
      case .classes: list("CLASSES", plan.answers.names)
      }
    return [
      list("NUMBERS", plan.numberColumns), list("TEXTS", plan.textColumns), answers,
      "REAL = np.float\(types.inner == .double ? 64 : 32)",
    ].joined(separator: "\n")
  }

  private static let columns = """
    `columns` gives for each name of NUMBERS an array of numbers, NaN where one is missing, and for each name of
        TEXTS a sequence of texts, None, NaN or "" where one is missing: a dict, or a DataFrame.
    """

  private var prediction: String {
    let calls = plan.networks.indices.map { networkName($0) + "(x)" }
    let outputs =
      calls.count == 1
      ? "y = \(calls[0])" : "y = (\(calls.joined(separator: " + "))) / \(syntax.number(Double(calls.count)))"
    let run = """
          with np.errstate(over="ignore", under="ignore", invalid="ignore"):
              x = _encode(columns)
              \(outputs)
      """
    switch plan.answers {
    case .numbers(let targets):
      let deviations = targets.map { syntax.number($0.scaling.standardDeviation) }.joined(separator: ", ")
      let means = targets.map { syntax.number($0.scaling.mean) }.joined(separator: ", ")
      return """
        def predict(columns):
            \"\"\"The answers in their own units, an array for each name of ANSWERS.

            \(Self.columns)
            \"\"\"
        \(run)
            answers = y * np.array([\(deviations)], REAL) + np.array([\(means)], REAL)
            return {name: answers[:, j]\(outgoing) for j, name in enumerate(ANSWERS)}
        """
    case .classes:
      return """
        def predict(columns):
            \"\"\"The most probable class of each row, a list of names; see `probabilities`.\"\"\"
            return [CLASSES[j] for j in np.argmax(probabilities(columns), axis=1)]


        def probabilities(columns):
            \"\"\"The probability of each class of CLASSES, an array of a row for each row.

            \(Self.columns)
            \"\"\"
        \(run)
            return \(plan.outputCount == 1 ? "np.concatenate([1 - y, y], axis=1)" : "y")\(outgoing)
        """
    }
  }

  /// What makes numbers of those that come out.
  private var outgoing: String { types.outer == types.inner ? "" : ".astype(np.float32)" }

  private var helpers: [String] {
    var helpers = ["def _clip(x, low, high):\n    return np.minimum(np.maximum(x, low), high)"]
    if plan.uses(.log) || plan.hasLogarithms {
      helpers.append("def _signed_logarithm(x):\n    return np.copysign(np.log1p(np.abs(x)), x)")
    }
    if plan.uses(.softplus) {
      helpers.append("def _softplus(x):\n    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))")
    }
    if plan.uses(.sinc) {
      helpers.append("def _sinc(x):\n    return np.where(x == 0, 1, np.sin(x) / np.where(x == 0, 1, x))")
    }
    if !plan.numberColumns.isEmpty {
      let limit = syntax.number(ExportPlan.largestInput(types.inner))
      helpers.append(
        """
        def _standardised(difference, deviation):
            return np.where(np.isnan(difference), 0, _clip(difference / deviation, -\(limit), \(limit)))
        """)
    }
    if !plan.textColumns.isEmpty {
      helpers.append(
        """
        def _texts(column):
            return np.array([None if text is None or text != text or text == "" else text for text in column], object)
        """)
    }
    return helpers
  }

  private var encoding: String {
    var lines: [String] = []
    if !plan.numberColumns.isEmpty {
      lines.append("numbers = [np.asarray(columns[name], REAL) for name in NUMBERS]")
    }
    if !plan.textColumns.isEmpty { lines.append("texts = [_texts(columns[name]) for name in TEXTS]") }
    lines.append("return [")
    for input in plan.inputs {
      switch input {
      case .number(let column, let logarithm, let scaling):
        var raw = "numbers[\(column)]"
        if let logarithm {
          raw =
            "_signed_logarithm((\(syntax.difference(raw, logarithm.origin))) / \(syntax.number(logarithm.unit)))"
        }
        lines.append(
          "    _standardised(\(syntax.difference(raw, scaling.mean)), \(syntax.number(scaling.standardDeviation))),"
        )
      case .missingNumber(let column, let present, let missing):
        lines.append(
          "    np.where(np.isnan(numbers[\(column)]), REAL(\(syntax.number(missing))), REAL(\(syntax.number(present)))),"
        )
      case .text(let column, let text, let other, let same):
        let word = text.map(PythonSyntax.literal) ?? "None"
        lines.append(
          "    np.where(texts[\(column)] == \(word), REAL(\(syntax.number(same))), REAL(\(syntax.number(other)))),"
        )
      }
    }
    return "def _encode(columns):\n" + (lines + ["]"]).map { "    \($0)" }.joined(separator: "\n")
  }

  private func networkName(_ index: Int) -> String {
    "_network" + (plan.networks.count > 1 ? "\(index + 1)" : "")
  }

  private func network(_ index: Int) -> String {
    let network = plan.networks[index]
    var lines = NetworkCode(network: network, syntax: syntax).statements
    let scores = (0..<plan.outputCount).map { "s\($0 + 1)" }
    lines.append(
      "y = np.stack([np.broadcast_to(s, x[0].shape) for s in [\(scores.joined(separator: ", "))]], axis=1)")
    switch network.task {
    case .regression:
      let low = network.outputRanges.map { syntax.number($0.lowerBound) }.joined(separator: ", ")
      let high = network.outputRanges.map { syntax.number($0.upperBound) }.joined(separator: ", ")
      lines.append("y = _clip(y, np.array([\(low)], REAL), np.array([\(high)], REAL))")
      if !network.links.isEmpty {
        let origins = network.links.map { syntax.number($0.origin) }.joined(separator: ", ")
        let factors = network.links.map { syntax.number($0.factor) }.joined(separator: ", ")
        lines.append("y = np.array([\(origins)], REAL) + np.array([\(factors)], REAL) * np.exp(y)")
      }
      lines.append("return y.astype(REAL)")
    case .classification(2): lines.append("return (1 / (1 + np.exp(-y))).astype(REAL)")
    case .classification:
      lines += [
        "y = np.exp(y - np.max(y, axis=1, keepdims=True))",
        "return (y / np.sum(y, axis=1, keepdims=True)).astype(REAL)",
      ]
    }
    return "def \(networkName(index))(x):\n" + lines.map { "    \($0)" }.joined(separator: "\n")
  }
}

/// How Python with NumPy writes numbers, functions and statements.
struct PythonSyntax: CodeSyntax {
  let real: NumberTypes.Real

  func double(_ value: Double) -> String { "\(value)" }

  func float(_ value: Float) -> String { "\(value)" }

  func function(_ name: String) -> String {
    switch name {
    case "atan": "np.arctan"
    case "fmax": "np.maximum"
    default: "np." + name
    }
  }

  func helper(_ name: String) -> String { "_" + name }

  func declaration(of name: String, as value: String, isVariable: Bool) -> String { "\(name) = \(value)" }

  func statement(_ text: String) -> String { text }

  /// A text in quotes, plain ASCII.
  static func literal(_ text: String) -> String {
    var literal = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": literal += "\\" + String(scalar)
      case _ where scalar.isASCII && scalar.value >= 0x20 && scalar.value < 0x7F:
        literal.unicodeScalars.append(scalar)
      default:
        let digits = String(scalar.value, radix: 16)
        literal += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
      }
    }
    return literal + "\""
  }
}
