/// A logarithmic scale for a column with a long tail to the right: t = ±log(1 + |x − origin| / unit), the sign that of
/// x − origin. It rises everywhere, so that no value is lost.
public struct LogarithmicScale: Sendable, Equatable, Codable {
  /// The smallest training value, finite.
  public let origin: Double
  /// What the scale bends at, finite and above 0: it is straight well below and logarithmic well above.
  public let unit: Double

  /// Makes a scale; both finite, the unit above 0.
  public init(origin: Double, unit: Double) {
    precondition(origin.isFinite && unit.isFinite && unit > 0, "logarithmic scale")
    self.origin = origin
    self.unit = unit
  }

  /// A number on the scale.
  public func value(of number: Double) -> Double {
    let distance = (number - origin) / unit
    return distance < 0 ? -logarithm(1 - distance) : logarithm(1 + distance)
  }

  /// The number of a value on the scale.
  public func restored(_ value: Double) -> Double {
    let distance = value < 0 ? 1 - exponential(-value) : exponential(value) - 1
    return origin + unit * distance
  }

  private enum Key: String, CodingKey { case origin, unit }

  /// Reads a scale and checks it.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let origin = try container.decode(Double.self, forKey: .origin)
    let unit = try container.decode(Double.self, forKey: .unit)
    guard origin.isFinite, unit.isFinite, unit > 0 else {
      throw InputError.nonsense(
        in: container, found: "origin \(origin) and unit \(unit)",
        expected: "finite numbers, the unit above 0")
    }
    self.init(origin: origin, unit: unit)
  }
}
