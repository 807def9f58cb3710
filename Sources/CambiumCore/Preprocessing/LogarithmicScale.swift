/// A logarithmic scale for a column with a long tail to the right: t = ±log(1 + |x − origin| / unit), the sign that of
/// x − origin. It rises everywhere, so that no value is lost.
public struct LogarithmicScale: Sendable, Equatable, Codable {
  /// The smallest training value, finite.
  public let origin: Double
  /// What the scale bends at, finite and above 0: it is straight well below and logarithmic well above.
  public let unit: Double

  /// Columns with less skewness stay as they are.
  public static let leastSkewness = 1.0
  /// Columns with fewer different values stay as they are: they are categories.
  static let leastValueCount = 6

  /// Makes a scale; both finite, the unit above 0.
  public init(origin: Double, unit: Double) {
    precondition(origin.isFinite && unit.isFinite && unit > 0, "logarithmic scale")
    self.origin = origin
    self.unit = unit
  }

  /// The scale for training values whose skewness is above `leastSkewness`; of seven units, the range of the values
  /// and down to a thousandth of it, the one that leaves the least skewness. Nil where none halves it.
  init?(fittingTo values: [Double], weights: [Double]? = nil) {
    guard let skewness = DescriptiveStatistics.skewness(of: values, weights: weights),
      skewness > Self.leastSkewness,
      let low = values.min(), let high = values.max(), (high - low).isFinite,
      Set(values.prefix(10_000)).count >= Self.leastValueCount
    else { return nil }
    var best: (scale: LogarithmicScale, skewness: Double)?
    for step in 0..<7 {
      let unit = (high - low) * power(10, -0.5 * Double(step))
      guard unit > 0 else { break }
      let scale = LogarithmicScale(origin: low, unit: unit)
      let scaled = values.map { scale.value(of: $0) }
      guard let left = DescriptiveStatistics.skewness(of: scaled, weights: weights) else { continue }
      if abs(left) < best?.skewness ?? (0.5 * skewness) { best = (scale, abs(left)) }
    }
    guard let best else { return nil }
    self = best.scale
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
