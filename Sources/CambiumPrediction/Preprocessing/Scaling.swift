/// Standardisation of one column: z = (x − mean) / standard deviation, fitted on training rows.
public struct Scaling: Sendable, Equatable, Codable {
  /// The training rows' mean, finite.
  public let mean: Double
  /// The training rows' sample standard deviation (with n − 1), finite and above 0.
  public let standardDeviation: Double

  /// Makes a standardisation; both finite, the standard deviation above 0.
  public init(mean: Double, standardDeviation: Double) {
    precondition(mean.isFinite && standardDeviation.isFinite && standardDeviation > 0, "scaling")
    self.mean = mean
    self.standardDeviation = standardDeviation
  }

  /// A raw value in standard deviations from the mean.
  public func standardised(_ value: Double) -> Double { (value - mean) / standardDeviation }

  /// The raw value of a standardised one.
  public func restored(_ standardised: Double) -> Double { standardised * standardDeviation + mean }

  private enum Key: String, CodingKey { case mean, standardDeviation }

  /// Reads a standardisation and checks it.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let mean = try container.decode(Double.self, forKey: .mean)
    let deviation = try container.decode(Double.self, forKey: .standardDeviation)
    guard mean.isFinite, deviation.isFinite, deviation > 0 else {
      throw InputError.nonsense(
        in: container, found: "mean \(mean) and standard deviation \(deviation)",
        expected: "finite numbers, the standard deviation above 0")
    }
    self.init(mean: mean, standardDeviation: deviation)
  }
}
