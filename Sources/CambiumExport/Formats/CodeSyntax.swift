internal import CambiumCore

/// How a programming language writes what networks compute.
protocol CodeSyntax {
  /// The type of numbers.
  var real: NumberTypes.Real { get }
  /// A number of float64.
  func double(_ value: Double) -> String
  /// A number of float32.
  func float(_ value: Float) -> String
  /// A function of the language's mathematics library, by its name in C.
  func function(_ name: String) -> String
  /// A function that the exported file itself has.
  func helper(_ name: String) -> String
  /// A statement that names a value, which may be changed later or not.
  func declaration(of name: String, as value: String, isVariable: Bool) -> String
  /// A statement: any other, as it is.
  func statement(_ text: String) -> String
}

extension CodeSyntax {
  /// A number; in float32 the nearest, of what is too large the largest.
  func number(_ value: Double) -> String {
    real == .double ? double(value) : float(Float(clamping: value))
  }

  /// A number in brackets where it has a sign.
  func bracketed(_ value: Double) -> String { value < 0 ? "(\(number(value)))" : number(value) }

  /// text − value. In float32 the value is taken off in two parts, so that its own rounding does not spoil a small
  /// difference of large numbers.
  func difference(_ text: String, _ value: Double) -> String {
    let difference = "\(text) - \(bracketed(value))"
    let rest = value - Double(Float(clamping: value))
    return real == .double || rest == 0 ? difference : "\(difference) - \(bracketed(rest))"
  }

  /// The output of a clipped score, whose logarithm was perhaps learned.
  func output(ofScore score: String, by link: LogarithmicLink?) -> String {
    guard let link else { return score }
    return "\(bracketed(link.origin)) + \(bracketed(link.factor)) * \(function("exp"))(\(score))"
  }

  /// f(z) of a variable z.
  func value(of activation: Activation, at z: String) -> String {
    let half = number(0.5)
    return switch activation {
    case .logistic: "1 / (1 + \(function("exp"))(-\(z)))"
    case .tanh: "\(function("tanh"))(\(z))"
    case .sin: "\(function("sin"))(\(z))"
    case .cos: "\(function("cos"))(\(z))"
    case .log: "\(helper("signed_logarithm"))(\(z))"
    case .softplus: "\(helper("softplus"))(\(z))"
    case .square: "\(z) * \(z)"
    case .cube: "\(z) * \(z) * \(z)"
    case .gaussian: "\(function("exp"))(-\(z) * \(z))"
    case .radial: "\(function("exp"))(\(z))"
    case .relu: "\(function("fmax"))(\(z), 0)"
    case .arctan: "\(function("atan"))(\(z))"
    case .sinc: "\(helper("sinc"))(\(z))"
    case .logSquare: "\(function("log1p"))(\(z) * \(z))"
    case .quartic: "(\(z) * \(z)) * (\(z) * \(z))"
    case .hermite1: "\(z) * \(function("exp"))(-\(half) * \(z) * \(z))"
    case .mexicanHat: "(1 - \(z)) * (1 + \(z)) * \(function("exp"))(-\(half) * \(z) * \(z))"
    case .hermite3: "\(z) * ((\(z) * \(z) - 3) * \(function("exp"))(-\(half) * \(z) * \(z)))"
    case .product: z
    }
  }
}

extension Float {
  /// The nearest float32; of what is too large the largest.
  init(clamping value: Double) {
    let largest = Double(Float.greatestFiniteMagnitude)
    self = Float(Swift.min(Swift.max(value, -largest), largest))
  }
}
