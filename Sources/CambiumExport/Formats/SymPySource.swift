internal import Cambium
internal import CambiumCore

/// A grown network as a Python module that states its formulas as SymPy expressions.
struct SymPySource {
  let plan: ExportPlan
  let network: Network
  /// How many significant digits numbers have; nil for all.
  let digits: Int?

  private var syntax: SymPySyntax { SymPySyntax(digits: digits) }

  var text: String {
    let parts = [heading, inputs, units, answers, expression]
    return parts.joined(separator: "\n\n") + "\n"
  }

  private var heading: String {
    let words = plan.origin.map { $0.replacing("\\", with: "/").replacing("\"", with: "'") }
    return """
      \"\"\"\(words.joined(separator: "\n"))

      `columns` has a symbol for each raw column of numbers, and `flags` one for each text and each missing value: 1 where
      the cell is it, else 0. `definitions` are the inputs x1, x2, … and the units u1, u2, … in order, and `answers` the
      outputs in terms of them; `expression(name)` is an answer with all of them put in.
      \"\"\"
      import sympy
      from sympy import Abs, Dummy, Max, Min, Symbol

      definitions = []


      def _define(name, value):
          symbol = Dummy(name, real=True)
          definitions.append((symbol, value))
          return symbol


      def _clip(value, low, high):
          return Min(Max(value, low, evaluate=False), high, evaluate=False)


      def _signed_logarithm(value):
          return sympy.sign(value) * sympy.log(1 + Abs(value))


      def _softplus(value):
          return sympy.log(1 + sympy.exp(value))


      def _sinc(value):
          return sympy.sinc(value)

      """
  }

  private var inputs: String {
    var lines = ["columns = {name: Symbol(name, real=True) for name in ["]
    lines += plan.numberColumns.map { "    \(PythonSyntax.literal($0))," } + ["]}"]
    let features = plan.model.preprocessing.features
    lines.append("flags = {name: Symbol(name, real=True) for name in [")
    for feature in features {
      if case .number = feature.source { continue }
      lines.append("    \(PythonSyntax.literal(feature.name)),")
    }
    lines += ["]}", "x = []"]
    for (index, input) in plan.inputs.enumerated() {
      var raw: String
      if case .number(let column, let logarithm, _) = input {
        raw = "columns[\(PythonSyntax.literal(plan.numberColumns[column]))]"
        if let logarithm {
          raw =
            "_signed_logarithm((\(syntax.difference(raw, logarithm.origin))) / \(syntax.number(logarithm.unit)))"
        }
      } else {
        raw = "flags[\(PythonSyntax.literal(features[index].name))]"
      }
      let scaling = features[index].scaling
      let value =
        "(\(syntax.difference(raw, scaling.mean))) / \(syntax.number(scaling.standardDeviation))"
      lines.append("x.append(_define(\"x\(index + 1)\", \(value)))")
    }
    return lines.joined(separator: "\n")
  }

  private var units: String {
    NetworkCode(network: network, syntax: syntax).statements.joined(separator: "\n")
  }

  private var answers: String {
    var lines = ["answers = {"]
    func add(_ name: String, _ value: String) {
      lines.append("    \(PythonSyntax.literal(name)): \(value),")
    }
    switch plan.answers {
    case .numbers(let targets):
      for (index, target) in targets.enumerated() {
        let range = network.outputRanges[index]
        let answer = AnswerFormula(of: network, output: index, scaling: target.scaling)
        let clipped =
          "_clip(s\(index + 1), \(syntax.number(range.lowerBound)), \(syntax.number(range.upperBound)))"
        add(
          target.name,
          "\(syntax.number(answer.constant)) + \(syntax.bracketed(answer.factor)) * "
            + (answer.isExponential ? "sympy.exp(\(clipped))" : clipped))
      }
    case .classes(let classes) where plan.outputCount == 1:
      add(classes[0], "1 / (1 + sympy.exp(s1))")
      add(classes[1], "1 / (1 + sympy.exp(-s1))")
    case .classes(let classes):
      let scores = classes.indices.map { "s\($0 + 1)" }
      for (name, score) in zip(classes, scores) {
        let others = scores.map { $0 == score ? "1" : "sympy.exp(\($0) - \(score))" }
        add(name, "1 / (\(others.joined(separator: " + ")))")
      }
    }
    return (lines + ["}"]).joined(separator: "\n")
  }

  private var expression: String {
    """

    def expression(name):
        \"\"\"The answer of that name in terms of raw columns and flags alone.\"\"\"
        value = sympy.sympify(answers[name])
        for symbol, definition in reversed(definitions):
            value = value.xreplace({symbol: sympy.sympify(definition)})
        return value
    """
  }
}

/// How SymPy writes numbers, functions and statements: units become symbols with a definition.
struct SymPySyntax: CodeSyntax {
  let digits: Int?
  let real = NumberTypes.Real.double

  func double(_ value: Double) -> String {
    digits.map { Decimal.short(value, digits: $0) } ?? "\(value)"
  }

  func float(_ value: Float) -> String { double(Double(value)) }

  func function(_ name: String) -> String {
    switch name {
    case "log1p": "(lambda value: sympy.log(1 + value))"
    case "fmax": "Max"
    default: "sympy." + name
    }
  }

  func helper(_ name: String) -> String { "_" + name }

  func declaration(of name: String, as value: String, isVariable: Bool) -> String {
    name.hasPrefix("u") ? "\(name) = _define(\"\(name)\", \(value))" : "\(name) = \(value)"
  }

  func statement(_ text: String) -> String { text }
}
