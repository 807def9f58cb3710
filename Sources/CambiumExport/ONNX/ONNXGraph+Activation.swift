internal import CambiumCore

extension ONNXGraph {
  /// f(z), value by value, of operators that every runtime has.
  mutating func apply(_ activation: Activation, to z: String) -> String {
    switch activation {
    case .logistic: return logistic(z)
    case .tanh: return add("Tanh", [z])
    case .sin: return add("Sin", [z])
    case .cos: return add("Cos", [z])
    case .log: return signedLogarithm(z)
    case .softplus:
      let small = add("Exp", [add("Neg", [add("Abs", [z])])])
      return add("Add", [add("Relu", [z]), logarithmOfOnePlus(small)])
    case .square: return add("Mul", [z, z])
    case .cube: return add("Mul", [add("Mul", [z, z]), z])
    case .gaussian: return add("Exp", [add("Neg", [add("Mul", [z, z])])])
    case .radial: return add("Exp", [z])
    case .relu: return add("Relu", [z])
    case .arctan: return arctangent(z)
    case .sinc:
      let isZero = add("Equal", [z, scalar(0)])
      let divisor = add("Where", [isZero, scalar(1), z])
      return add("Where", [isZero, scalar(1), add("Div", [add("Sin", [z]), divisor])])
    case .logSquare: return logarithmOfOnePlus(add("Mul", [z, z]))
    case .quartic:
      let square = add("Mul", [z, z])
      return add("Mul", [square, square])
    case .hermite1: return add("Mul", [z, bell(z)])
    case .mexicanHat:
      let factor = add("Mul", [add("Sub", [scalar(1), z]), add("Add", [scalar(1), z])])
      return add("Mul", [factor, bell(z)])
    case .hermite3:
      let factor = add("Sub", [add("Mul", [z, z]), scalar(3)])
      return add("Mul", [z, add("Mul", [factor, bell(z)])])
    case .product: return z
    }
  }

  /// 1 / (1 + e^−z).
  mutating func logistic(_ z: String) -> String {
    let one = scalar(1)
    return add("Div", [one, add("Add", [one, add("Exp", [add("Neg", [z])])])])
  }

  /// sign(z) log(1 + |z|).
  mutating func signedLogarithm(_ z: String) -> String {
    add("Mul", [add("Sign", [z]), logarithmOfOnePlus(add("Abs", [z]))])
  }

  /// log(1 + a), a ≥ 0, also of small a: log(u) a / (u − 1) of u = 1 + a takes back what u rounds away (Kahan).
  private mutating func logarithmOfOnePlus(_ a: String) -> String {
    let one = scalar(1)
    let u = add("Add", [a, one])
    let rest = add("Sub", [u, one])
    let isNothing = add("Equal", [rest, scalar(0)])
    let isEndless = add("IsInf", [u])
    let divisor = add("Where", [add("Or", [isNothing, isEndless]), one, rest])
    let scaled = add("Mul", [add("Log", [u]), add("Div", [a, divisor])])
    return add("Where", [isNothing, a, scaled])
  }

  /// e^(−z²/2).
  private mutating func bell(_ z: String) -> String {
    add("Exp", [add("Mul", [scalar(-0.5), add("Mul", [z, z])])])
  }

  /// arctan z. Runtimes know it in float32; float64 adds what is missing to y of float32:
  /// arctan((z − tan y) / (1 + z tan y)), so small an angle that it is its own tangent.
  private mutating func arctangent(_ z: String) -> String {
    guard real == .double else { return add("Atan", [z]) }
    let single = add("Cast", [z], [("to", ElementType.float.rawValue)])
    let y = add("Cast", [add("Atan", [single])], [("to", ElementType.double.rawValue)])
    let sine = add("Sin", [y])
    let cosine = add("Cos", [y])
    let numerator = add("Sub", [add("Mul", [z, cosine]), sine])
    let denominator = add("Add", [cosine, add("Mul", [z, sine])])
    return add("Add", [y, add("Div", [numerator, denominator])])
  }
}
