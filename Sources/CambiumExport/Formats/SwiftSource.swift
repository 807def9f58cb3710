internal import Cambium
internal import CambiumCore

/// A model as one Swift file that depends on the C library's functions alone.
struct SwiftSource {
  let plan: ExportPlan
  let types: NumberTypes

  private var real: String { SwiftSyntax.name(of: types.inner) }
  private var number: String { SwiftSyntax.name(of: types.outer) }
  private var syntax: SwiftSyntax { SwiftSyntax(real: types.inner) }

  var text: String {
    let members =
      [lists, prediction] + helpers + [encoding] + plan.networks.indices.map(network)
    let body = members.joined(separator: "\n\n").split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "  " + $0 }.joined(separator: "\n")
    return """
      \((plan.origin + types.remark).map { "// \($0)" }.joined(separator: "\n"))

      #if canImport(Glibc)
        import Glibc
      #elseif canImport(Musl)
        import Musl
      #else
        import Darwin
      #endif

      /// A model's answers; see `predict`.
      enum \(typeName) {
      \(body)
      }

      """
  }

  /// The name with a capital letter; another where Swift has a type of that name that the file needs.
  private var typeName: String {
    let name = plan.name.prefix(1).uppercased() + plan.name.dropFirst()
    return ["Double", "Float", "String", "Int", "Array", "Bool", "Any", "Self", "Type", "Protocol"].contains(
      name)
      ? name + "Model" : name
  }

  private var arguments: [String] {
    (plan.numberColumns.isEmpty ? [] : ["numbers"]) + (plan.textColumns.isEmpty ? [] : ["texts"])
  }

  private var parameters: String {
    ((plan.numberColumns.isEmpty ? [] : ["numbers: [\(number)]"])
      + (plan.textColumns.isEmpty ? [] : ["texts: [String?]"])).joined(separator: ", ")
  }

  private var passing: String { arguments.map { "\($0): \($0)" }.joined(separator: ", ") }

  private var lists: String {
    func list(_ words: String, _ name: String, _ values: [String]) -> String {
      "/// \(words)\nstatic let \(name): [String] = ["
        + (values.isEmpty ? "" : "\n" + values.map { "  \(SwiftSyntax.literal($0)),\n" }.joined()) + "]"
    }
    let answers =
      switch plan.answers {
      case .numbers: list("The numbers that are predicted, in order.", "answerNames", plan.answers.names)
      case .classes: list("The classes, in order.", "classNames", plan.answers.names)
      }
    return [
      list("The columns of numbers, in order.", "numberNames", plan.numberColumns),
      list("The columns of texts, in order.", "textNames", plan.textColumns), answers,
    ].joined(separator: "\n")
  }

  private var prediction: String {
    let outputs: String
    if plan.networks.count == 1 {
      outputs = "let y = network(x)"
    } else {
      let calls = plan.networks.indices.map { "network\($0 + 1)(x)" }.joined(separator: ", ")
      outputs = """
        let members = [\(calls)]
        let y = members[0].indices.map { j in members.reduce(0) { $0 + $1[j] } / \(syntax.number(Double(plan.networks.count))) }
        """
    }
    let start = "let x = encode(\(passing))\n\(outputs)\n"
    let columns =
      (plan.numberColumns.isEmpty ? "" : "/// `numbers` are those of `numberNames`, NaN where missing.\n")
      + (plan.textColumns.isEmpty ? "" : "/// `texts` are those of `textNames`, nil where missing.\n")
    switch plan.answers {
    case .numbers(let targets):
      let answers = targets.enumerated().map { index, target in
        outgoing(
          "y[\(index)] * \(syntax.number(target.scaling.standardDeviation)) + \(syntax.bracketed(target.scaling.mean))"
        )
      }
      return function(
        "/// The numbers of `answerNames`, in their own units.\n\(columns)", "predict", parameters,
        "[\(number)]",
        start + "return [\n" + answers.map { "  \($0),\n" }.joined() + "]")
    case .classes:
      let shares =
        plan.outputCount == 1
        ? "[\(outgoing("1 - y[0]")), \(outgoing("y[0]"))]"
        : types.outer == types.inner ? "y" : "y.map { Float($0) }"
      return function(
        "/// The probability of each class of `classNames`.\n\(columns)", "probabilities", parameters,
        "[\(number)]",
        start + "return \(shares)")
        + "\n\n"
        + function(
          "/// The most probable class; of equals the first.\n\(columns)", "predict", parameters, "String",
          """
          let shares = probabilities(\(passing))
          return classNames[shares.indices.reduce(0) { shares[$1] > shares[$0] ? $1 : $0 }]
          """)
    }
  }

  /// A number of those that come out.
  private func outgoing(_ value: String) -> String {
    types.outer == types.inner ? value : "\(number)(\(value))"
  }

  private func function(
    _ words: String, _ name: String, _ parameters: String, _ result: String, _ body: String,
    access: String = ""
  ) -> String {
    let lines = body.split(separator: "\n").map { "  \($0)\n" }.joined()
    return "\(words)\(access)static func \(name)(\(parameters)) -> \(result) {\n\(lines)}"
  }

  private var helpers: [String] {
    var helpers: [String] = []
    func add(_ name: String, _ parameters: String, _ body: String) {
      helpers.append(function("", name, parameters, real, body, access: "private "))
    }
    add("clip", "_ x: \(real), _ low: \(real), _ high: \(real)", "x < low ? low : x > high ? high : x")
    if plan.uses(.log) || plan.hasLogarithms {
      add("signedLogarithm", "_ x: \(real)", "x < 0 ? -log1p(-x) : log1p(x)")
    }
    if plan.uses(.softplus) { add("softplus", "_ x: \(real)", "max(x, 0) + log1p(exp(-abs(x)))") }
    if plan.uses(.sinc) { add("sinc", "_ x: \(real)", "x == 0 ? 1 : sin(x) / x") }
    if !plan.numberColumns.isEmpty {
      let limit = syntax.number(ExportPlan.largestInput(types.inner))
      add(
        "standardised", "_ difference: \(real), _ deviation: \(real)",
        "difference.isNaN ? 0 : clip(difference / deviation, -\(limit), \(limit))")
    }
    return helpers
  }

  private var encoding: String {
    let values = plan.inputs.map { input in
      switch input {
      case .number(let column, let logarithm, let scaling):
        var raw = types.outer == types.inner ? "numbers[\(column)]" : "Double(numbers[\(column)])"
        if let logarithm {
          raw =
            "signedLogarithm((\(syntax.difference(raw, logarithm.origin))) / \(syntax.number(logarithm.unit)))"
        }
        return
          "standardised(\(syntax.difference(raw, scaling.mean)), \(syntax.number(scaling.standardDeviation)))"
      case .missingNumber(let column, let present, let missing):
        return "numbers[\(column)].isNaN ? \(syntax.number(missing)) : \(syntax.number(present))"
      case .text(let column, let text, let other, let same):
        let word = text.map(SwiftSyntax.literal) ?? "nil"
        return "texts[\(column)] == \(word) ? \(syntax.number(same)) : \(syntax.number(other))"
      }
    }
    let lines =
      ["var x = [\(real)](repeating: 0, count: \(values.count))"]
      + values.enumerated().map { "x[\($0)] = \($1)" } + ["return x"]
    return function("", "encode", parameters, "[\(real)]", lines.joined(separator: "\n"), access: "private ")
  }

  private func network(_ index: Int) -> String {
    let network = plan.networks[index]
    var lines = NetworkCode(network: network, syntax: syntax).statements
    let scores = (0..<plan.outputCount).map { "s\($0 + 1)" }
    switch network.task {
    case .regression:
      let values = scores.enumerated().map { output, score in
        let range = network.outputRanges[output]
        return syntax.output(
          ofScore: "clip(\(score), \(syntax.number(range.lowerBound)), \(syntax.number(range.upperBound)))",
          by: network.link(ofOutput: output))
      }
      lines += ["return ["] + values.map { "  \($0)," } + ["]"]
    case .classification(2): lines.append("return [1 / (1 + exp(-s1))]")
    case .classification:
      lines += [
        "let scores: [\(real)] = [\(scores.joined(separator: ", "))]", "let largest = scores.reduce(s1, max)",
        "let shares = scores.map { exp($0 - largest) }", "let sum = shares.reduce(0, +)",
        "return shares.map { $0 / sum }",
      ]
    }
    let name = "network" + (plan.networks.count > 1 ? "\(index + 1)" : "")
    return function(
      "", name, "_ x: [\(real)]", "[\(real)]", lines.joined(separator: "\n"), access: "private ")
  }
}

/// How Swift writes numbers, functions and statements.
struct SwiftSyntax: CodeSyntax {
  let real: NumberTypes.Real

  static func name(of real: NumberTypes.Real) -> String { real == .double ? "Double" : "Float" }

  func double(_ value: Double) -> String { "\(value)" }

  func float(_ value: Float) -> String { "\(value)" }

  func function(_ name: String) -> String { name == "fmax" ? "max" : name }

  func helper(_ name: String) -> String { name == "signed_logarithm" ? "signedLogarithm" : name }

  func declaration(of name: String, as value: String, isVariable: Bool) -> String {
    "\(isVariable ? "var" : "let") \(name): \(Self.name(of: real)) = \(value)"
  }

  func statement(_ text: String) -> String { text }

  /// A text in quotes.
  static func literal(_ text: String) -> String {
    var literal = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": literal += "\\" + String(scalar)
      case _ where scalar.properties.generalCategory == .control:
        literal += "\\u{\(String(scalar.value, radix: 16))}"
      default: literal.unicodeScalars.append(scalar)
      }
    }
    return literal + "\""
  }
}
