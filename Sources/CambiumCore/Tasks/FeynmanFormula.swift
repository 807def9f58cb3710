/// A formula of the Feynman lectures on physics, with ranges for its variables.
///
/// Formulas and ranges: Udrescu and Tegmark 2020, *AI Feynman: a physics-inspired method for symbolic regression*,
/// Science Advances 6; as kept in the Penn Machine Learning Benchmarks (MIT licence).
struct FeynmanFormula: Sendable {
  /// A variable and the range from which it is drawn evenly.
  struct Variable: Sendable {
    let name: String
    let low: Double
    let high: Double

    init(_ name: String, _ low: Double, _ high: Double) {
      self.name = name
      self.low = low
      self.high = high
    }
  }

  /// Volume, chapter and equation: `I_6_2`; or `test_` and a number.
  let name: String
  /// What it computes.
  let output: String
  /// The formula as written.
  let text: String
  let variables: [Variable]

  init(_ name: String, _ output: String, _ text: String, _ variables: [Variable]) {
    self.name = name
    self.output = output
    self.text = text
    self.variables = variables
  }

  /// All of them.
  static let all = firstVolume + secondVolume + thirdVolume + bonus

  /// The formula, ready to be computed.
  var formula: Formula {
    guard let formula = Formula(text, variables: variables.map(\.name)) else {
      preconditionFailure("the formula \(text) cannot be read")
    }
    return formula
  }

  /// The formula as a task without noise: a thousand even draws of the variables, unless told otherwise.
  var task: SyntheticTask {
    SyntheticTask(
      name: "feynman:\(name)", summary: "\(output) = \(text)", usualRowCount: 1000
    ) { rows, random in
      let formula = formula
      let generator = random.child("inputs").generator()
      let cells = (0..<rows).map { _ in
        while true {
          let x = variables.map { generator.uniform(from: $0.low, to: $0.high) }
          let y = formula.value(of: x)
          // A quotient 0/0 or a root just below 0 is drawn again; nowhere is it more than a rare chance.
          if y.isFinite { return x + [y] }
        }
      }
      return Table(names: variables.map(\.name) + [target], rows: cells)
    }
  }

  /// The target column's name: the output's, unless a variable has it too.
  private var target: String { variables.contains { $0.name == output } ? "\(output)_target" : output }
}
