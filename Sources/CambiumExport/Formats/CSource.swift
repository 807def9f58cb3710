internal import Cambium
internal import CambiumCore

/// A model as a C99 header: straight-line functions without allocation that need `math.h` alone.
struct CSource {
  let plan: ExportPlan
  let types: NumberTypes

  private var name: String { plan.name }
  private var real: String { CSyntax.name(of: types.inner) }
  private var number: String { CSyntax.name(of: types.outer) }
  private var syntax: CSyntax { CSyntax(name: name, real: types.inner) }

  var text: String {
    let guardName = name.uppercased() + "_H"
    let parts =
      [comment, "#ifndef \(guardName)\n#define \(guardName)\n\n#include <math.h>", counts] + names + helpers
      + [encoding] + plan.networks.indices.map(network) + [prediction, "#endif"]
    return parts.joined(separator: "\n\n") + "\n"
  }

  private var comment: String {
    let usage: String
    switch plan.answers {
    case .numbers:
      usage =
        "\(name)_predict(\(arguments.joined(separator: ", ")), answers) gives the \(plan.answers.names.count) "
        + "number(s) of \(name)_answer_name, in their own units."
    case .classes:
      usage =
        "\(name)_predict(\(arguments.joined(separator: ", ")), shares) gives the probability of each class and "
        + "returns the most probable class, counted from 0; \(name)_answer_name names it."
    }
    var lines = plan.origin + types.remark + [usage]
    if !plan.numberColumns.isEmpty {
      lines.append("numbers[j] is the number of the column \(name)_number_name(j), NAN where it is missing.")
    }
    if !plan.textColumns.isEmpty {
      lines.append(
        "texts[j] is the text of the column \(name)_text_name(j), in UTF-8; a null pointer where it is missing."
      )
    }
    lines.append("Not to be compiled with -ffast-math: missing numbers would not be seen.")
    return "/* "
      + lines.map { $0.replacing("*/", with: "* /").replacing("/*", with: "/ *") }
      .joined(separator: "\n   ") + " */"
  }

  /// What callers hand in, by name.
  private var arguments: [String] {
    (plan.numberColumns.isEmpty ? [] : ["numbers"]) + (plan.textColumns.isEmpty ? [] : ["texts"])
  }

  private var parameters: String {
    ((plan.numberColumns.isEmpty ? [] : ["const \(number) *numbers"])
      + (plan.textColumns.isEmpty ? [] : ["const char *const *texts"])).joined(separator: ", ")
  }

  private var counts: String {
    let upper = name.uppercased()
    return """
      enum {
        \(upper)_NUMBERS = \(plan.numberColumns.count),
        \(upper)_TEXTS = \(plan.textColumns.count),
        \(upper)_INPUTS = \(plan.inputs.count),
        \(upper)_ANSWERS = \(plan.answers.names.count)
      };
      """
  }

  private var names: [String] {
    [("number", plan.numberColumns), ("text", plan.textColumns), ("answer", plan.answers.names)]
      .filter { !$0.1.isEmpty }
      .map { kind, names in
        let list = names.map { "    " + CSyntax.literal($0) }.joined(separator: ",\n")
        return """
          static inline const char *\(name)_\(kind)_name(int index) {
            static const char *const names[] = {
          \(list)
            };
            return names[index];
          }
          """
      }
  }

  private var helpers: [String] {
    func f(_ function: String) -> String { syntax.function(function) }
    var helpers: [String] = []
    func add(_ helper: String, _ parameters: String, _ body: String) {
      helpers.append("static inline \(real) \(name)_\(helper)(\(parameters)) {\n  \(body)\n}")
    }
    add("clip", "\(real) x, \(real) low, \(real) high", "return x < low ? low : x > high ? high : x;")
    if plan.uses(.log) || plan.hasLogarithms {
      add(
        "signed_logarithm", "\(real) x", "return x < 0 ? -\(f("log1p"))(-x) : \(f("log1p"))(x);")
    }
    if plan.uses(.softplus) {
      add(
        "softplus", "\(real) x", "return \(f("fmax"))(x, 0) + \(f("log1p"))(\(f("exp"))(-\(f("fabs"))(x)));")
    }
    if plan.uses(.sinc) { add("sinc", "\(real) x", "return x == 0 ? 1 : \(f("sin"))(x) / x;") }
    if !plan.numberColumns.isEmpty {
      let limit = syntax.number(ExportPlan.largestInput(types.inner))
      add(
        "standardised", "\(real) difference, \(real) deviation",
        "return isnan(difference) ? 0 : \(name)_clip(difference / deviation, -\(limit), \(limit));")
    }
    if !plan.textColumns.isEmpty {
      helpers.append(
        """
        static inline int \(name)_is(const char *text, const char *other) {
          if (!text) return 0;
          while (*text && *text == *other) text++, other++;
          return *text == *other;
        }
        """)
    }
    return helpers
  }

  private var encoding: String {
    let lines = plan.inputs.enumerated().map { index, input in
      let value: String
      switch input {
      case .number(let column, let logarithm, let scaling):
        var raw = "numbers[\(column)]"
        if let logarithm {
          raw =
            "\(name)_signed_logarithm((\(syntax.difference(raw, logarithm.origin))) / \(syntax.number(logarithm.unit)))"
        }
        value =
          "\(name)_standardised(\(syntax.difference(raw, scaling.mean)), \(syntax.number(scaling.standardDeviation)))"
      case .missingNumber(let column, let present, let missing):
        value = "isnan(numbers[\(column)]) ? \(syntax.number(missing)) : \(syntax.number(present))"
      case .text(let column, let text?, let other, let same):
        value =
          "\(name)_is(texts[\(column)], \(CSyntax.literal(text))) ? \(syntax.number(same)) : \(syntax.number(other))"
      case .text(let column, nil, let other, let same):
        value = "texts[\(column)] ? \(syntax.number(other)) : \(syntax.number(same))"
      }
      return "  x[\(index)] = \(value);\n"
    }
    return "static inline void \(name)_encode(\(parameters), \(real) *x) {\n" + lines.joined() + "}"
  }

  private func networkName(_ index: Int) -> String {
    "\(name)_network" + (plan.networks.count > 1 ? "\(index + 1)" : "")
  }

  private func network(_ index: Int) -> String {
    let network = plan.networks[index]
    var lines = NetworkCode(network: network, syntax: syntax).statements
    if !lines.contains(where: { $0.contains("x[") }) { lines.insert("(void)x;", at: 0) }
    for output in 0..<plan.outputCount {
      let score = "s\(output + 1)"
      switch network.task {
      case .regression:
        let range = network.outputRanges[output]
        let clipped =
          "\(name)_clip(\(score), \(syntax.number(range.lowerBound)), \(syntax.number(range.upperBound)))"
        lines.append("y[\(output)] = \(syntax.output(ofScore: clipped, by: network.link(ofOutput: output)));")
      case .classification(2): lines.append("y[\(output)] = 1 / (1 + \(syntax.function("exp"))(-\(score)));")
      case .classification: lines.append("y[\(output)] = \(score);")
      }
    }
    if plan.outputCount > 1, case .classification = network.task {
      lines += [
        "\(real) largest = y[0], sum = 0;",
        "for (int j = 1; j < \(plan.outputCount); j++) if (y[j] > largest) largest = y[j];",
        "for (int j = 0; j < \(plan.outputCount); j++) sum += y[j] = \(syntax.function("exp"))(y[j] - largest);",
        "for (int j = 0; j < \(plan.outputCount); j++) y[j] /= sum;",
      ]
    }
    return "static inline void \(networkName(index))(const \(real) *x, \(real) *y) {\n"
      + lines.map { "  \($0)\n" }.joined() + "}"
  }

  private var prediction: String {
    var lines = [
      "\(real) x[\(plan.inputs.count)], y[\(plan.outputCount)];",
      "\(name)_encode(\((arguments + ["x"]).joined(separator: ", ")));",
      "\(networkName(0))(x, y);",
    ]
    if plan.networks.count > 1 {
      lines.append("\(real) other[\(plan.outputCount)];")
      for index in 1..<plan.networks.count {
        lines.append("\(networkName(index))(x, other);")
        lines.append("for (int j = 0; j < \(plan.outputCount); j++) y[j] += other[j];")
      }
      lines.append("for (int j = 0; j < \(plan.outputCount); j++) y[j] /= \(plan.networks.count);")
    }
    switch plan.answers {
    case .numbers(let targets):
      for (index, target) in targets.enumerated() {
        lines.append(
          "answers[\(index)] = "
            + outgoing(
              "y[\(index)] * \(syntax.number(target.scaling.standardDeviation)) + \(syntax.bracketed(target.scaling.mean))"
            )
            + ";")
      }
      return function("void", "\(number) *answers", lines)
    case .classes(let classes):
      if plan.outputCount == 1 {
        lines += ["shares[0] = \(outgoing("1 - y[0]"));", "shares[1] = \(outgoing("y[0]"));"]
      } else {
        lines.append("for (int j = 0; j < \(classes.count); j++) shares[j] = \(outgoing("y[j]"));")
      }
      lines += [
        "int best = 0;",
        "for (int j = 1; j < \(classes.count); j++) if (shares[j] > shares[best]) best = j;",
        "return best;",
      ]
      return function("int", "\(number) *shares", lines)
    }
  }

  /// A number of those that come out.
  private func outgoing(_ value: String) -> String {
    types.outer == types.inner ? value : "(\(number))(\(value))"
  }

  private func function(_ type: String, _ result: String, _ lines: [String]) -> String {
    "static inline \(type) \(name)_predict(\(parameters), \(result)) {\n" + lines.map { "  \($0)\n" }.joined()
      + "}"
  }
}

/// How C writes numbers, functions and statements.
struct CSyntax: CodeSyntax {
  let name: String
  let real: NumberTypes.Real

  func double(_ value: Double) -> String { "\(value)" }

  func float(_ value: Float) -> String { "\(value)f" }

  static func name(of real: NumberTypes.Real) -> String { real == .double ? "double" : "float" }

  func function(_ name: String) -> String { real == .double ? name : name + "f" }

  func helper(_ name: String) -> String { "\(self.name)_\(name)" }

  func declaration(of name: String, as value: String, isVariable: Bool) -> String {
    "\(isVariable ? "" : "const ")\(Self.name(of: real)) \(name) = \(value);"
  }

  func statement(_ text: String) -> String { text + ";" }

  /// A text in quotes; what is not plain ASCII as octal digits, so that no compiler sees anything else in it.
  static func literal(_ text: String) -> String {
    var literal = "\""
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "?"):
        literal += "\\" + String(Character(Unicode.Scalar(byte)))
      case 0x20..<0x7F: literal += String(Character(Unicode.Scalar(byte)))
      default:
        let octal = String(byte, radix: 8)
        literal += "\\" + String(repeating: "0", count: 3 - octal.count) + octal
      }
    }
    return literal + "\""
  }
}
