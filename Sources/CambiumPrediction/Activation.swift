/// The nonlinear function of a unit.
///
/// Ridge units apply f to z = w·φ + b. A radial unit applies exp(z) to z = −Σ s_j²(φ_j − c_j)². A product unit answers
/// with z = (w·φ + b)(v·φ + c) itself. ``form`` tells which.
public enum Activation: String, Sendable, Codable, CaseIterable, Hashable {
  /// 1 / (1 + e^−z), in 0…1.
  case logistic
  /// tanh z, in −1…1.
  case tanh
  /// sin z, in −1…1.
  case sin
  /// cos z, in −1…1.
  case cos
  /// sign(z) · log(1 + |z|), unbounded.
  case log
  /// log(1 + e^z), above 0.
  case softplus
  /// z², at least 0.
  case square
  /// z³, unbounded.
  case cube
  /// e^(−z²), in 0…1.
  case gaussian
  /// e^z of z = −Σ s_j²(φ_j − c_j)², in 0…1: a bump with a centre and a width for each source.
  case radial
  /// max(0, z), at least 0.
  case relu
  /// arctan z, in −π/2…π/2.
  case arctan
  /// sin z / z, 1 at 0, in −0.217…1.
  case sinc
  /// log(1 + z²), at least 0.
  case logSquare
  /// z⁴, at least 0.
  case quartic
  /// z e^(−z²/2), the first Hermite function, in −0.607…0.607.
  case hermite1
  /// (1 − z²) e^(−z²/2), the second Hermite function with its sign turned, in −0.446…1.
  case mexicanHat
  /// (z³ − 3z) e^(−z²/2), the third Hermite function, in −1.380…1.380.
  case hermite3
  /// z itself, of z = (w·φ + b)(v·φ + c), unbounded: how two directions of the inputs act on one another.
  ///
  /// Differences of squares, (a·φ + b)² − (c·φ + d)², are the same functions; but an interaction of two inputs, the
  /// plainest, is a product of one connection each, and a difference of squares of two.
  case product
}

extension Activation {
  /// How z comes of the sources that a unit reads.
  public enum Form: Sendable {
    /// z = w·φ + b: constant across one direction.
    case ridge
    /// z = −Σ s_j²(φ_j − c_j)²: a distance from a centre.
    case radial
    /// z = (w·φ + b)(v·φ + c).
    case product
  }

  /// How z comes of the sources that a unit reads.
  public var form: Form {
    switch self {
    case .radial: .radial
    case .product: .product
    default: .ridge
    }
  }
}

extension Activation {
  /// The values that the function takes, of a radial unit for the z ≤ 0 that it has; infinite where there is no bound.
  ///
  /// They are those of the function itself: of an installed unit the clipped range is narrower.
  public var range: ClosedRange<Double> {
    switch self {
    case .logistic, .gaussian, .radial: 0...1
    case .tanh, .sin, .cos: -1...1
    case .log, .cube, .product: -.infinity...(.infinity)
    case .softplus, .square, .relu, .logSquare, .quartic: 0...(.infinity)
    case .arctan: -Double.pi / 2...Double.pi / 2
    case .sinc: -0.21723362821122166...1  // at tan z = z
    case .hermite1: -0.6065306597126334...0.6065306597126334  // e^(−½)
    case .mexicanHat: -0.44626032029685964...1  // −2 e^(−3/2)
    case .hermite3: -1.3801190461607493...1.3801190461607493  // at z² = 3 − √6
    }
  }
}

extension Activation {
  /// Reads an activation by its name; an error names those that are like it, else all.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let word = try container.decode(String.self)
    guard let activation = Activation(rawValue: word) else {
      let names = Activation.allCases.map(\.rawValue)
      let hasNearMiss = !NearMiss.names(nearestTo: word, among: names).isEmpty
      let expectation =
        hasNearMiss
        ? NearMiss.expectation("a choice", for: word, among: names)
        : "one of \(listed(names, atMost: names.count))"
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "expected \(expectation)")
    }
    self = activation
  }
}
