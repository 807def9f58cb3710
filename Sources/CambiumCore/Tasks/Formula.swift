/// A formula in the notation of Python: numbers, variables, `pi`, `+ - * / **`, parentheses, and functions of one
/// argument.
indirect enum Formula: Sendable, Equatable {
  /// A number.
  case constant(Double)
  /// The variable of that index.
  case variable(Int)
  /// A function of a value.
  case call(Function, Formula)
  /// Two values joined.
  case binary(Operator, Formula, Formula)

  /// Functions of one argument.
  enum Function: String, Sendable {
    case negation = "-"
    case squareRoot = "sqrt"
    case exponential = "exp"
    case logarithm = "ln"
    case sine = "sin"
    case cosine = "cos"
    case tangent = "tan"
    case hyperbolicTangent = "tanh"
    case arcsine = "arcsin"
    case arccosine = "arccos"
    case arctangent = "arctan"
  }

  /// Operators between two values.
  enum Operator: String, Sendable {
    case plus = "+"
    case minus = "-"
    case times = "*"
    case over = "/"
    case toThePower = "**"
  }

  /// The value for these values of the variables; not-a-number or an infinity where it is not defined.
  func value(of variables: [Double]) -> Double {
    switch self {
    case .constant(let value): return value
    case .variable(let index): return variables[index]
    case .call(let function, let argument): return function.value(at: argument.value(of: variables))
    case .binary(let operation, let left, let right):
      let (left, right) = (left.value(of: variables), right.value(of: variables))
      switch operation {
      case .plus: return left + right
      case .minus: return left - right
      case .times: return left * right
      case .over: return left / right
      case .toThePower: return power(left, right)
      }
    }
  }
}

extension Formula.Function {
  /// The function's value.
  func value(at x: Double) -> Double {
    switch self {
    case .negation: -x
    case .squareRoot: x.squareRoot()
    case .exponential: CambiumCore.exponential(x)
    case .logarithm: CambiumCore.logarithm(x)
    case .sine: CambiumCore.sine(x)
    case .cosine: CambiumCore.cosine(x)
    case .tangent: CambiumCore.sine(x) / CambiumCore.cosine(x)
    case .hyperbolicTangent: CambiumCore.hyperbolicTangent(x)
    case .arcsine: CambiumCore.arcsine(x)
    case .arccosine: CambiumCore.arccosine(x)
    case .arctangent: CambiumCore.arctangent(x)
    }
  }
}
