/// The nonlinear function of a unit.
///
/// Ridge units apply f to z = w·φ + b. A radial unit applies exp(z) to z = −Σ s_j²(φ_j − c_j)².
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
}

extension Activation {
  /// Reads an activation by its name; an error lists all names.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let activation = Activation(rawValue: try container.decode(String.self)) else {
      let names = Activation.allCases.map(\.rawValue)
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "expected one of \(listed(names, atMost: names.count))")
    }
    self = activation
  }
}
